"""Invented names of people and places, from which `populate` draws.

When the lists were made, no member of the Commons had one of these surnames and no seat had one of these names.
"""

WOMEN = """
Abigail Amara Bethan Bridget Catrin Chloé Claire Deborah Eleanor Farah Fiona Gwen Hannah Harriet Imogen Ioana
Jasmin Jennifer Katherine Layla Lorna Maeve Maria Meera Morag Naomi Nadia Olivia Priya Rachel Renée Rhiannon
Rosalind Ruth Shazia Siân Siobhán Sunita Tamsin Theresa Valerie Yasmin Zoë Anne-Marie
""".split()

MEN = """
Adrian Alasdair Amir Andrew Benedict Bilal Calum Christopher Clive Daniel David Dermot Edmund Emyr Faisal Finlay
Gareth George Gregory Hamish Harjit Hugh Imran Jacob James Jerome Kenneth Kwame Leon Lewis Mark Martin Mohan
Nathan Oliver Owain Patrick Peter Rafael Rhys Robert Ronan Samuel Seán Stephen Tariq Thomas Tobias Winston José
""".split()

SURNAMES = """
Abernethy-Roe Achterberg Adeyinka Aldercott Ambleford Anstruther-Bell Appiah-Mensah Ashenhurst Attleby Bagnold
Bakhtiari Balfourth Barrowclough Beaudouin Bellwether Birtwhistle Blennerhassett Bracegirdle Brackenbury
Bramwith Brightmore Broadribb Cadwaladr-Jones Calderbank Carnaby Castellane Chaudhury-Lane Cheesewright
Clutterbuck Coldbeck Comberbach Crackanthorpe Culpepper-Shah Dalrymplett Danquah-Price Dellacourt Dewhurst-Lal
Dockerill Drinkall Dunwoodley Eastaugh Ecclestone-May Egerton-Okoro Entwhistle Fairweathers Fazakerley
Featherstonhaugh Fernyhough Finchingham Fothergale Gathercole Gilfeather Glasscock-Reid Godolphin Gomersall
Greenhalch Grimsditch Gwyther-Rees Hallowell Hardcastle-Ng Hathersage Heptonstall Hesselgrave Higginbottam
Honeychurch Horrabin Huddlestone-Ali Idowu-Grant Inchbald Ingoldsby Jellicoe Jerrold-Fynn Kettleborough
Khatun-Ward Killigrew Kirkbride-Sen Lambertine Langstaffe Leatherbarrow Lillywhite Lockyear Ludgrove MacAskival
MacCrimmond Mallinder Marchbanks McGillycuddy McIlwraithe Merryweather Micklethwaite Molyneaux Mompesson
Nettleship Nightingall Northcote-Rana Nwachukwu O’Flaherane O’Malleyne Oglethorpe Okonjo-Wells Ollerenshaw
Oswaldtwist Pargeter Pemberthy Penhaligon-Cox Peverell Pickersgill Polkinghorne Postlethwaite Prendergast-Ito
Quillfeather Ramsbotham Ravenscroft Rawcliffe Rishworth Rosewarne Rowbotham Saltonstall Satterthwaite Scrimshaw
Shackladye Shufflebotham Silverthorne Skeffingham Sneddonby Somerscale Stainthorpe Stannion Stockdale-Roy
Strangways Sugarwhite Swarbrick Tattersill Thackwray Thistlewood Threlkeld Tollemarch Trelawney Trevanion
Tunnicliffe Twelvetrees Umfreville Uttridge Vallancey Venables-Cho Wadsworthy Waghorn Wainfleet Wallenger
Wetherill Whinfrey Widdrington Winterbourne-Das Wolstenhulme Wraxall Wyndlesham Yaxley Yeardsley Yelverton-Osei
Zouche-Kaur
""".split()

ENGLISH_PLACES = """
Aldermere Ambleford Ashcombe Barrowdale Bexcombe Blackmoor Brackenford Bramhurst Broadmarsh Calderbrook
Castlemere Chalkdown Cheverley Clayborough Coldharbour Copthurst Cranmere Danesbury Deepwater Dunmarsh
Easthampton Elmsworth Fallowfield Fenchester Foxcote Garsdale Gravenhurst Greystoke Haddlesey Harrowgate
Hartmoor Helmsworth Hexborough Holmbury Ironbridge Kelderwick Kingsmarsh Larkhill Lindenshaw Longmead Lythcombe
Marlhurst Merebrook Millhaven Netherby Northmoor Oakhanger Oldcastle Ottermouth Penwick Quarrington Ravensby
Redmarsh Ridgeworth Saltmere Sandwick Shawbridge Silverdale Stanmoor Stonehurst Thornbridge Tidewell Upperdale
Wexcombe Whitcliffe Wickstow Wolverdale Yarrowby
""".split()

SCOTTISH_PLACES = """
Ardvarrich Balmorran Craigdhu Dunlarich Glenarrow Inverallan Kilbrannoch Lochfearn Strathorran Torbeag
""".split()

WELSH_PLACES = """
Aberfelin Bryncelyn Cwmtawe Dyffryn-Glas Llanfarrow Nantgwyn Pentremawr Porthcarreg Rhosfelin Trewern
""".split()

IRISH_PLACES = """
Ballymorran Carrickbawn Drumlessan Glenadoon Killyfad Lisnabreen Magheraban Newtownlough
""".split()
