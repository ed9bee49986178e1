"""Classes of nouns by which the grammar knows who a noun phrase is about.

A phrase is judged by its last noun: "27 small rural primary schools" are schools. A new word belongs in the class of
the words that it is used like.
"""

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
    "|places of worship|broadcasters|banks|landlords|foundations|NGOs|groups|suppliers|developers|producers|growers"
    "|centres"
)
"""Bodies outside government, and the places that they run."""
PEOPLE = (
    "farmers|fishers|fishermen|households|families|teachers|claimants|victims|survivors|researchers|individuals"
    "|carers|veterans"
    "|pensioners|residents|tenants|homeowners|leaseholders|ratepayers|artists|apprentices|customers|consumers"
    "|participants|refugees"
    "|motorists|passengers|students|workers"
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
    " Region Islands"
)
"""Words with which the name of a body ends."""
AMOUNTS_OF_OTHERS = (
    "loss|losses|debts?|deficit|surplus|profits?|revenues?|receipts|yield|proceeds|savings?|exports?|imports?|fraud"
    "|thefts?|arrears"
    "|liabilit(?:y|ies)|overpayments?|underspend|overspend|write-offs?|shortfall|borrowing|dividends?|inheritance"
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
