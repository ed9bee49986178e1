"""Classes of nouns by which the grammar knows who a noun phrase is about.

A phrase is judged by its last noun: "27 small rural primary schools" are schools. A new word belongs in the class of
the words that it is used like.
"""

import re

BODIES_OF_THE_PUBLIC = (
    "police forces|police|forces|councils?|authorit(?:y|ies)|trusts?|schools|academies|colleges|universit(?:y|ies)"
    "|boards?|hospices"
    "|hospitals|governments?|administrations?|agencies|regulators|prisons|commissioners|courts"
    "|libraries|museums|galleries|parishes|ICBs|GPs|PCCs|MCAs|LAs|primary care networks|local government"
)
BODIES_OF_OTHERS = (
    "charit(?:y|ies)|organisations|institutions|institutes|businesses|companies|firms|SMEs|start-?ups|employers"
    "|providers|operators"
    "|manufacturers|clubs|societies|associations|unions|federations|partners|partnerships|consortia|consortiums"
    "|networks"
    "|pharmacies|practices|settings|nurseries|childminders|farms|airports|ports|shipyards|museums|theatres|venues"
    "|churches|cathedrals"
    "|worship|broadcasters|banks|landlords|foundations|NGOs|groups|suppliers|developers|producers|growers"
    "|centres|unit|units|board|secretariat|consortium|taskforce|regulator|inspectorate|commission|bodies"
)
"""Bodies outside government, and the places that they run."""
PEOPLE = (
    "farmers|fishers|fishermen|households|families|teachers|claimants|victims|survivors|researchers|individuals"
    "|carers|veterans"
    "|pensioners|residents|tenants|homeowners|leaseholders|ratepayers|artists|apprentices|customers|consumers"
    "|participants|refugees"
    "|motorists|passengers|students|exporters|importers|applicants|beneficiaries|recipients|migrants|civilians"
    "|trainees|employees|retirees|evacuees|scientists|specialists"
    r"|\w*(?:workers|holders|seekers|users|learners|makers|owners|keepers|icians)"
)
PLACES = "countries|communities|neighbourhoods|towns|cities|regions|counties|islands|territories|nations"
RECEIVERS = "|".join((BODIES_OF_THE_PUBLIC, BODIES_OF_OTHERS, PEOPLE, PLACES))
"""Common nouns that receive money."""
NAMES_OF_BODIES = (
    "Council Councils Trust Police Constabulary Association Authority Authorities University College Foundation Service"
    " Agency Board Institute Society Hospital Club Museum Commission Executive Government Committee Federation Union"
    " Centre Programme Organisation Limited Ltd plc FRA ICB PCC MCA Unit Bank Office Network Partnership Alliance"
    " Gallery Library Theatre"
    " Observatory Laboratory Secretariat Tribunal Court Inspectorate Ombudsman Corporation Company Group School"
    " Academy Church Cathedral"
    " Region Islands Borough Consortium Council Commissioner Commissioners Agencies Trusts Councils Forces Universities"
)
"""Words with which the name of a body ends."""
AMOUNTS_OF_OTHERS = (
    "loss|losses|debts?|deficit|surplus|profits?|revenues?|receipts|yield|proceeds|savings?|exports?|imports?|fraud"
    "|thefts?|arrears"
    "|liabilit(?:y|ies)|overpayments?|underspend|overspend|balances|write-offs?|shortfall|borrowing|dividends?|inheritance"
)
"""Amounts that nobody gives or spends."""
VALUES = (
    "value|worth|turnover|trade|gva|gdp|wealth|assets|sales|reserves|output|earnings|loans|market|economy|stock"
    "|duties|gap"
)
"""The same, but only as the subject of a sentence: "a turnover of £5m" is a threshold."""
PAYERS = (
    "compan(?:y|ies)|firms|industry|businesses|operators?|developers?|investors?|suppliers|landlords|owners|traders"
    "|manufacturers"
    "|retailers|warehouses|consumers|customers|households|families|drivers|motorists|passengers|employers|borrowers"
    "|graduates"
    "|students|taxpayers|individuals|people|banks|insurers|landowners|producers|shareholders?|leaseholders|tenants"
    "|pensioners|workers"
    "|employees|parents|reprocessors|donors|philanthropists|charities|properties|exporters|importers"
)
"""Last words of companies and people who pay."""
COUNTED = "areas|projects|pilots|schemes|places|sites|parts"
"""Nouns that receive money if a number stands before them: "27 police areas"."""
MONEY = (
    "funding|funds?|grants?|grant-funding|grant-in-aid|support|investments?|allocations?|money|budgets?|settlement|aid|assistance"
    "|capital|resources?|package|uplift|boost|increase|spend|spending|expenditure|contributions?|awards?|share|DEL|CDEL"
    "|RDEL|finance|revenue|subsidy|commitments?|extra|plan|deal|injection|donation|payments?|backing|loans?|top-up|each"
)
"""Nouns of what is given."""
PROGRAMMES = (
    "funds?|grants?|programmes?|schemes?|initiatives?|strateg(?:y|ies)|plans?|projects?|lev(?:y|ies)|reviews?|acts?"
    "|guarantee|formula|deals?|premium|bursar(?:y|ies)|allowances?|competitions?|challenges?|settlements?|agreements?"
    "|pilots?|pathfinders?|hubs?|trials?|frameworks?|campaigns?|portfolios?|pledges?"
)
"""Nouns of that through which it is given."""
TOPICS = (
    "UK|AI|SEND|VAT|GDP|GNI|ODA|CDEL|RDEL|DEL|WASH|EU|IT|NI|R&D|SMEs?|PE|ME|EVs?|SR\\d*|TV|HIV|RAAC|STEM|CPI|MRI|LED|PV"
    "|ASC|CCUS|ADHD|FE|CSP|COP\\d*|PPE|CCTV|TOTAL"
)
"""Initials that are not those of a body."""
VERBS_OF_PURPOSE = frozenset(
    "run trial test deliver improve build train recruit extend protect expand develop provide ensure create give"
    " keep make boost tackle cover meet pay continue increase reduce upgrade refurbish rebuild repair modernise"
    " save transform invest attract address reach reform strengthen restore maintain replace purchase procure"
    " pilot promote encourage ease prevent end fix drive bring establish launch open secure set hire employ"
    " convert scale grow bolster accelerate sustain complete get empower stimulate target grant double embed"
    " enhance facilitate implement install incentivise raise acquire carry conduct undertake inspect monitor"
    " respond explore research lead work retain relocate reopen regenerate revitalise unlock identify design clean"
    " clear treat feed house rehouse resettle offset mitigate cut speed begin start kick-start kickstart spend use"
    " go be do have take put connect link join allocate award accompany evaluate assess understand upskill"
    " digitise decarbonise remediate demolish combat counter defend find form foster host inform introduce level"
    " manage move offer operate prepare preserve process produce publish redevelop remove remain retrofit roll"
    " safeguard serve settle share stop subsidise supply transition turn underpin widen deal cope live stay"
    " construct grow".split()
)
"""Verbs after "to" that begin a purpose: "to build schools"."""
VERBS_OF_HELP = frozenset("support help assist enable allow equip compensate reimburse fund back aid encourage".split())
"""Verbs whose object has the money: "£5m to help councils"."""
ARTICLES = frozenset("the a an our its their his her this these those each both some".split())
ENDS_PHRASE = ARTICLES | frozenset(
    "of for to in on from by between across during since at with under over through via into per as that which"
    " who whom whose where when while and or but than within among amongst towards toward against because"
    " including include includes if is are was were be been being has have had will would could can may might"
    " should shall must do does did also not it they we he she there such until about up out so either upon"
    " alongside after before throughout around outside inside without beyond following based given made paid means"
    " mean meant ensure ensures ensuring enabling helping help helps see sees supports supporting whether how what"
    " just nearly almost approximately more most then now already currently collectively plus like whilst although"
    " brings taking".split()
)
"""Words before which a noun phrase ends: prepositions, conjunctions, auxiliary and common verbs, adverbs."""
TAKES_FOR = frozenset(
    "Office Centre Agency Institute Alliance Commissioner Commission Organisation Association Society Coalition"
    " Foundation Department Ministry Secretary Partnership Partnerships".split()
)
"""Words of names after which "for" goes on with the name: "the Centre for Quays"."""
TIME = re.compile(
    r"(?:years?|months?|weeks?|days?|decades?|period|FY\S*|20\d\d\S*|\d\d/\d\d|annum|January|February|March|April|May|June"
    r"|July|August|September|October|November|December|term|parliament|Parliament|phase|quarter"
    r"|rest|remainder|course|lifetime|duration)$"
)
NO_NAME = re.compile(
    r"(?:Department|Ministry|Government|Minister|Secretary|House|Budget|England and Wales|United Kingdom"
    r"|Northern Ireland Protocol|Spring|Summer|Autumn|Winter|Round|Wave|Stage|Year|Parliament|Question|This|These|In"
    r"|Barnett|Work|White Paper|Spending Review|C[Oo][Vv]\S*|(?:the )?(?:UK|[Gg]overnment|England)|The|We|It|An?|At|On"
    r"|For|As|Access|Britain|Total|N/A)$"
    r"|(?:Great Britain|Phase|Project|Operation|Table|Net Zero)\b"
)
