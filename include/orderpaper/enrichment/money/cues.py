"""The cue words that departments write around sums of each category.

A term is a word, the beginning of a word ("allocat*") or a phrase. A phrase takes precedence over its words. The name
of a cue begins with the category for which it was written. How much it counts for each category, before or after a sum,
near or far, is learned from labelled figures (`category_weights.json`).
"""

import functools

CUES: dict[str, str] = {
    # a public body gives
    "funding.fund": "fund, funds, funded, funding, grant, grants, grant-in-aid, co-fund, co-funded, pupil premium",
    "funding.award": (
        "award, awards, awarded, awarding, allocat*, granted, earmark*, distribut*, ringfenc*, ring-fenc*, divided"
    ),
    "funding.invest": "invest, invests, invested, investing, investment, investments",
    "funding.commit": "commit, commits, committed, committing, commitment, commitments, pledg*, set aside, dedicat*",
    "funding.provide": (
        "provide, provides, provided, providing, give, gives, given, giving, gave, offer, offers, offered, "
        "offering, deliver, delivers, delivered, delivering, make available, made available, making available"
    ),
    "funding.available": "available",
    "funding.announce": "announc*, confirm, confirms, confirmed, confirming, set out, sets out, unveil*, agreed",
    "funding.budget": (
        "budget, budgets, rdel, cdel, del, core spending power, spending power, budget of, budget for, budget "
        "is, budget was"
    ),
    "funding.at-budget": (
        "at budget, at the budget, at autumn budget, at the autumn budget, autumn budget, in the budget, "
        "october budget, recent budget, spring budget, spending review, chancellor"
    ),
    "funding.settlement": "settlement, settlements, barnett, block grant, consequentials",
    "funding.programme": (
        "programme, programmes, scheme, schemes, initiative, initiatives, pilot, pilots, project, projects, "
        "trial, trials, pathfinder, pathfinders, facility, accelerator, plan, growth deal, growth deals, city "
        "deal, recovery plan, recovery grant"
    ),
    "funding.support": "support, supports, supported, supporting, package, assistance, aid, help, boost*",
    "funding.receive": "receiv*, secure, secured, securing, benefited from",
    "funding.contribute": "contribut*, match, matched, matching",
    "funding.capital": (
        "capital, capital spending, resource spending, health spending, day-to-day, day to day, day-to-day "
        "spending, injection, top-up, top up"
    ),
    "funding.through": "through the, backed, under the",
    "funding.purpose": (
        "to support, to improve, to help, to deliver, to extend, to continue, to build, to fund, to enable, "
        "to tackle, to develop, to train, to recruit, to establish, to create, to expand, to boost, to test, "
        "to trial, to cover, to meet, towards covering, towards the cost, towards the costs"
    ),
    # a public body spent, or a thing cost it
    "spend.spend": "spend, spends, spent, spending, expenditure, outturn",
    "spend.cost": "cost, costs, costed, costing, cost growth, cost of",
    "spend.paid": "paid, paid out, pay out, paying out, pays out, disburs*, reimburs*, incurred, payments made",
    "spend.total": "totalling, totaled, totalled, totals, total of, total cost, total spend, amounted to, to date",
    "spend.contract": (
        "contract, contracts, procur*, purchas*, bought, invoice*, supplier, suppliers, supply, consultan*, "
        "value of, contract award, contract value, framework agreement, tender*"
    ),
    "spend.works": (
        "refurbish*, furniture, fitting, fittings, redecorat*, install*, repair, repairs, vat, equipment, "
        "travel, legal, translation, furnish*, how much"
    ),
    "spend.compensation": "compensat*, settlement agreement, settlement agreements, damages",
    "spend.estimate": "forecast, forecasts, estimate, estimates, estimated, expected",
    # an amount for each one: prices, wages, fines, thresholds
    "rate.per": (
        "per, a week, a month, a year, a day, a night, a person, a head, an hour, each, per annum, annually, "
        "weekly, monthly, hourly, daily, pa"
    ),
    "rate.each": (
        "per person, per pupil, per child, per head, per capita, per place, per unit, per hour, per week, per "
        "month, per business, per household, per day, per student, per eligible, per property, per arrival, "
        "per copy, per night, per meal, per mwh, per tonne, per claim, per patient, per case, per member"
    ),
    "rate.price": (
        "price, prices, fare, fares, fee, fees, charge, charges, charged, tariff, tariffs, ticket, tickets, "
        "bill, bills, rent, rents, premium, voucher*, deposit"
    ),
    "rate.fine": "fine, fines, fined, penalt*, fpn, fpns",
    "rate.limit": (
        "threshold, thresholds, limit, limits, cap, caps, capped, ceiling, band, bands, banding, bandings, "
        "nil-rate, minimum, maximum, lower, upper, in excess, worth less"
    ),
    "rate.allowance": (
        "allowance, allowances, relief, reliefs, discount, discounts, rebate, rebates, exempt*, disregard*, "
        "without paying, free of, tax-free, tax free"
    ),
    "rate.wage": (
        "wage, wages, salar*, earn, earns, earning, earnings, pay award, pay rise, pay band, pay scale, "
        "remunerat*, emolument*, income, incomes, bonus*"
    ),
    "rate.benefit": (
        "pension, pensions, benefit, benefits, bursar*, scholarship, scholarships, stipend*, maternity, "
        "entitle*, credit, pip, supplement, payment of, payments of, one-off payment, retention payment, "
        "training grant, lump sum"
    ),
    "rate.rate": "rate, rates, average, typical*, multiplier, stands at, stand at, set at, level, levels",
    "rate.value": (
        "rateable, properties with, property, property worth, properties worth, properties valued, list "
        "price,  turnover, value, valued, values"
    ),
    "rate.person": (
        "eligib*, individual, individuals, applicant, applicants, family, families, household, households, "
        "employee, employees, employer, employers, pensioner, pensioners, student, students, worker, workers, "
        "claimant, claimants"
    ),
    "rate.publish": (
        "spend data, spending data, spend file, spend files, spend control, spending control, spend above, "
        "spending above, spend over, spending over, publish*, decisions over, transactions over"
    ),
    "rate.average-cost": "average cost, unit cost, cost per",
    "rate.item": "goods, item, items, shop*, copies, copy",
    # everything else
    "other.save": "save, saves, saved, saving, savings, efficienc*",
    "other.revenue": (
        "revenue, revenues, receipts, raise, raises, raised, raising, yield*, council tax, duties, collected, "
        "business rates"
    ),
    "other.economy": (
        "econom*, gdp, gva, growth, export, exports, import, imports, trade, trading, market, markets, "
        "industr*, productivity, society"
    ),
    "other.private": (
        "private, private sector, private capital, private investment, private sector investment, investor, "
        "investors, company, companies, developer, developers, commercial, shareholder*, crowd in, leverag*, "
        "unlock*, donation, donations, donor, donors, plc, ltd, operator"
    ),
    "other.loss": (
        "fraud*, error, debt, debts, loss, losses, theft, thefts, stolen, liabilit*, deficit*, black hole, "
        "blackhole, pressure, pressures, unfunded, overspend, arrears, owed, owing, overpa*"
    ),
    "other.recover": (
        "recover, recovered, recovering, debt recovery, cost recovery, seiz*, confiscat*, returned, repaid, "
        "redress, paid back"
    ),
    "other.statistic": (
        "estimated value, benefits to, benefit to, assets, nearest, gross, wealth, stock of, output, worth"
    ),
    "other.tax-relief": (
        "charitable relief, charitable reliefs, tax relief, tax reliefs, rates relief, reliefs provided, "
        "reliefs are, gift aid"
    ),
    "other.average": (
        "median, average monthly, average weekly, average annual, average rent, average earnings, average "
        "income, average claim, ons, survey, data shows, data show, net worth"
    ),
    "other.impact": (
        "uk economy, local economy, to the economy, to the uk economy, to the local economy, to the national "
        "economy, costs the economy, costs the taxpayer, costs society, costs to the economy, economic "
        "benefit, economic benefits, economic impact, media benefit,  economic value, incorrectly paid, "
        "scheme members, cost to themselves"
    ),
    "other.target": "target, targets",
    "other.foreign": "us government, eu, european commission, member states, world bank",
}

_WORDS: dict[str, list[str]] = {}
_BEGINNINGS: list[tuple[str, str]] = []
_PHRASES: dict[str, list[tuple[tuple[str, ...], str]]] = {}
for _cue, _terms in CUES.items():
    for _term in _terms.split(", "):
        _first, *_rest = _term.split(" ")
        if _rest:
            _PHRASES.setdefault(_first, []).append((tuple(_rest), _cue))
        elif _term.endswith("*"):
            _BEGINNINGS.append((_term[:-1], _cue))
        else:
            _WORDS.setdefault(_term, []).append(_cue)


@functools.lru_cache(maxsize=20_000)
def _word_cues(word: str) -> tuple[str, ...]:
    return (*_WORDS.get(word, ()), *(cue for beginning, cue in _BEGINNINGS if word.startswith(beginning)))


def find_cues(words: list[str]) -> list[tuple[int, int, str]]:
    """Return the cues in a list of lower-case words, in order: (first word, one past the last word, cue)."""
    found: list[tuple[int, int, str]] = []
    taken = 0
    for index, word in enumerate(words):
        length = 0
        for rest, cue in _PHRASES.get(word, ()):
            if tuple(words[index + 1 : index + 1 + len(rest)]) == rest:
                found.append((index, index + 1 + len(rest), cue))
                length = max(length, 1 + len(rest))
        if length:
            taken = max(taken, index + length)
        elif index >= taken and (cues := _word_cues(word)):
            found.extend((index, index + 1, cue) for cue in cues)
    return found
