"""Tell the name of a constituency from that of a person, where nothing but the words tells which it is."""

import re

from orderpaper.reading.members import may_be_name, may_be_seat

_PLACED = re.compile(
    r"\b(?:North|South|East|West|Central|Inner|Outer)\b|^(?:Mid|Ynys)\b"
    r"|^(?:Borough|Cit(?:y|ies)|Forest|Isles?|Kingdom|Vale|Weald) of "
)
"""Matches the quarter of a county or city, or what it is a part of, which a seat has and few names of persons."""
_ALSO_SURNAMES = re.compile(r"(?P<first>[\w’'.-]+)(?P<others> [\w’'.-]+)* (?:North|South|East|West)")
"""Matches words of which the last may be a surname too."""
_DIVIDED = frozenset(
    "Aberdeen Antrim Ayrshire Barnsley Bedfordshire Belfast Blackpool Bolton Bournemouth Bradford Brent Bristol Bury"
    " Cambridgeshire Cardiff Clwyd Cornwall Coventry Croydon Derby Derbyshire Devon Doncaster Dorset Down Dudley"
    " Dundee Dunfermline Durham Ealing Edinburgh Enfield Essex Falkirk Fife Glamorgan Glasgow Hackney Hampshire Harrow"
    " Hertfordshire Hull Ilford Islington Kent Leeds Leicester Leicestershire Lewisham Londonderry Lothian Luton"
    " Manchester Monklands Newport Norfolk Northampton Norwich Nottingham Oldham Oxford Paisley Plymouth Portsmouth"
    " Reading Renfrewshire Salford Sefton Sheffield Shropshire Somerset Southend Staffordshire Stockton Stoke-on-Trent"
    " Suffolk Sunderland Surrey Swansea Swindon Tayside Thanet Tyneside Tyrone Wakefield Walsall Warrington"
    " Warwickshire Westminster Wiltshire Wirral Wolverhampton Worcestershire Worthing York Yorkshire".split()
)
"""Places of which seats are a quarter: “Luton North”. Other two words that end in a quarter may be a person's name."""
_GIVEN = frozenset(
    "Adam Alan Alex Alexander Alison Amanda Andrew Angela Ann Anna Anne Anthony Barbara Ben Bob Brian Carol"
    " Caroline Catherine Charles Charlotte Chris Christine Christopher Claire Daniel David Deborah Diana Edward"
    " Elizabeth Emily Emma Fiona Frank Gareth Gary George Graham Harriet Helen Ian Jack James Jane Janet Jennifer"
    " Jessica Jim Joanna Joe John Jonathan Joseph Julia Julie Karen Kate Katherine Kathryn Kevin Laura Linda Lisa"
    " Louise Lucy Luke Margaret Maria Mark Martin Mary Matt Matthew Michael Mike Natalie Neil Nicholas Nick Nicola"
    " Oliver Patricia Patrick Paul Paula Peter Philip Rachel Rebecca Richard Robert Robin Rosie Ruth Sam Samuel"
    " Sarah Sharon Simon Sophie Stephen Steve Stuart Susan Tom Thomas Tim Timothy Tony Tracy Vicky Victoria William"
    " Zoe".split()
)
_NAMES = frozenset(
    (
        "Aberafan Maesteg|Amber Valley|Bangor Aberconwy|Birmingham Edgbaston|Birmingham Erdington"
        "|Birmingham Hall Green|Birmingham Hodge Hill|Birmingham Ladywood|Birmingham Northfield"
        "|Birmingham Perry Barr|Birmingham Selly Oak|Birmingham Yardley|Bishop Auckland|Blaenau Gwent"
        "|Blyth Valley|Brighton Kemptown|Brighton Pavilion|Bury St Edmunds|Calder Valley|Cannock Chase"
        "|Castle Point|Ceredigion Preseli|Chipping Barnet|Colne Valley|Cynon Valley|Derbyshire Dales"
        "|Don Valley|Dwyfor Meirionnydd|Ealing Southall|Epping Forest|Great Grimsby|Great Yarmouth"
        "|Hamble Valley|Hazel Grove|Hemel Hempstead|High Peak|Lagan Valley|Liverpool Garston"
        "|Liverpool Riverside|Liverpool Walton|Liverpool Wavertree|Manchester Gorton|Manchester Rusholme"
        "|Manchester Withington|Meon Valley|Mole Valley|Newton Abbot|Plymouth Devonport|Plymouth Moor View"
        "|Preseli Pembrokeshire|Ribble Valley|Richmond Park|Rother Valley|Saffron Walden|Sheffield Hallam"
        "|Sheffield Heeley|Sherwood Forest|Southampton Itchen|Southampton Test|Spen Valley|St Albans|St Ives"
        "|Staffordshire Moorlands|Suffolk Coastal|Surrey Heath|Sussex Weald|Sutton Coldfield|The Cotswolds"
        "|The Wrekin|Tunbridge Wells|Upper Bann|Waveney Valley|Weaver Vale|Welwyn Hatfield|Wyre Forest"
        "|York Outer"
    ).split("|")
)
"""The names of constituencies since 2010 that have the form of a person's name and no word of `_PLACED`."""


def is_seat(words: str) -> bool:
    """Return whether words can be the name of a constituency and not that of a person."""
    if words in _NAMES:
        return True
    return words not in _GIVEN and may_be_seat(words) and (not may_be_name(words) or _is_placed(words))


def _is_placed(words: str) -> bool:
    also = _ALSO_SURNAMES.fullmatch(words)
    may_be_person = also and (also["first"] in _GIVEN or not (also["others"] or also["first"] in _DIVIDED))
    return _PLACED.search(words) is not None and not may_be_person
