"""Cue words: what departments write around a sum of each category.

A term is a word, a word's beginning ("allocat*") or a phrase; a phrase wins over the words in it. The first letter of
a cue's name says which category it was written for (funding, spend, rate, other); how much it counts for each, before
or after a sum, near or far, is learned from labelled figures (`category_weights.json`).
"""

import functools

CUES: dict[str, str] = {
    # a public body gives
    "f.fund": "fund, funds, funded, funding, grant, grants, grant-in-aid, co-fund, co-funded, pupil premium",
    "f.award": "award, awards, awarded, awarding, allocat*, granted, earmark*, distribut*, ringfenc*, ring-fenc*, divided",
    "f.invest": "invest, invests, invested, investing, investment, investments",
    "f.commit": "commit, commits, committed, committing, commitment, commitments, pledg*, set aside, dedicat*",
    "f.provide": "provide, provides, provided, providing, give, gives, given, giving, gave, offer, offers, offered, "
    "offering, deliver, delivers, delivered, delivering, make available, made available, making available",
    "f.available": "available",
    "f.announce": "announc*, confirm, confirms, confirmed, confirming, set out, sets out, unveil*, agreed",
    "f.budget": "budget, budgets, rdel, cdel, del, core spending power, spending power, budget of, "
    "budget for, budget is, budget was",
    "f.at-budget": "at budget, at the budget, at autumn budget, at the autumn budget, autumn budget, in the budget, "
    "october budget, recent budget, spring budget, spending review, chancellor",
    "f.settlement": "settlement, settlements, barnett, block grant, consequentials",
    "f.programme": "programme, programmes, scheme, schemes, initiative, initiatives, pilot, pilots, project, projects, "
    "trial, trials, pathfinder, pathfinders, facility, accelerator, plan, growth deal, growth deals, city deal, recovery plan, "
    "recovery grant",
    "f.support": "support, supports, supported, supporting, package, assistance, aid, help, boost*",
    "f.receive": "receiv*, secure, secured, securing, benefited from",
    "f.contribute": "contribut*, match, matched, matching",
    "f.capital": "capital, capital spending, resource spending, health spending, day-to-day, day to day, "
    "day-to-day spending, injection, top-up, top up",
    "f.through": "through the, backed, under the",
    "f.purpose": "to support, to improve, to help, to deliver, to extend, to continue, to build, to fund, to enable, "
    "to tackle, to develop, to train, to recruit, to establish, to create, to expand, to boost, to test, to trial, to cover, "
    "to meet, towards covering, towards the cost, towards the costs",
    # a public body spent, or a thing cost it
    "s.spend": "spend, spends, spent, spending, expenditure, outturn",
    "s.cost": "cost, costs, costed, costing, cost growth, cost of",
    "s.paid": "paid, paid out, pay out, paying out, pays out, disburs*, reimburs*, incurred, payments made",
    "s.total": "totalling, totaled, totalled, totals, total of, total cost, total spend, amounted to, to date",
    "s.contract": "contract, contracts, procur*, purchas*, bought, invoice*, supplier, suppliers, supply, consultan*, "
    "value of, contract award, contract value, framework agreement, tender*",
    "s.works": "refurbish*, furniture, fitting, fittings, redecorat*, install*, repair, repairs, vat, equipment, travel, "
    "legal, translation, furnish*, how much",
    "s.compensation": "compensat*, settlement agreement, settlement agreements, damages",
    "s.estimate": "forecast, forecasts, estimate, estimates, estimated, expected",
    # so much for one
    "r.per": "per, a week, a month, a year, a day, a night, a person, a head, an hour, each, per annum, annually, weekly, "
    "monthly, hourly, daily, pa",
    "r.each": "per person, per pupil, per child, per head, per capita, per place, per unit, per hour, per week, per month, "
    "per business, per household, per day, per student, per eligible, per property, per arrival, per copy, per night, "
    "per meal, per mwh, per tonne, per claim, per patient, per case, per member",
    "r.price": "price, prices, fare, fares, fee, fees, charge, charges, charged, tariff, tariffs, ticket, tickets, bill, "
    "bills, rent, rents, premium, voucher*, deposit",
    "r.fine": "fine, fines, fined, penalt*, fpn, fpns",
    "r.limit": "threshold, thresholds, limit, limits, cap, caps, capped, ceiling, band, bands, banding, bandings, "
    "nil-rate, minimum, maximum, lower, upper, in excess, worth less",
    "r.allowance": "allowance, allowances, relief, reliefs, discount, discounts, rebate, rebates, exempt*, disregard*, "
    "without paying, free of, tax-free, tax free",
    "r.wage": "wage, wages, salar*, earn, earns, earning, earnings, pay award, pay rise, pay band, pay scale, remunerat*, "
    "emolument*, income, incomes, bonus*",
    "r.benefit": "pension, pensions, benefit, benefits, bursar*, scholarship, scholarships, stipend*, maternity, entitle*, "
    "credit, pip, supplement, payment of, payments of, one-off payment, retention payment, training grant, lump sum",
    "r.rate": "rate, rates, average, typical*, multiplier, stands at, stand at, set at, level, levels",
    "r.value": "rateable, properties with, property, property worth, properties worth, properties valued, list price, "
    " turnover, value, valued, values",
    "r.person": "eligib*, individual, individuals, applicant, applicants, family, families, household, households, "
    "employee, employees, employer, employers, pensioner, pensioners, student, students, worker, workers, claimant, "
    "claimants",
    "r.publish": "spend data, spending data, spend file, spend files, spend control, spending control, spend above, "
    "spending above, spend over, spending over, publish*, decisions over, transactions over",
    "r.average-cost": "average cost, unit cost, cost per",
    "r.item": "goods, item, items, shop*, copies, copy",
    # everything else
    "o.save": "save, saves, saved, saving, savings, efficienc*",
    "o.revenue": "revenue, revenues, receipts, raise, raises, raised, raising, yield*, council tax, duties, collected, "
    "business rates",
    "o.economy": "econom*, gdp, gva, growth, export, exports, import, imports, trade, trading, market, markets, industr*, "
    "productivity, society",
    "o.private": "private, private sector, private capital, private investment, private sector investment, "
    "investor, investors, company, companies, developer, developers, commercial, shareholder*, "
    "crowd in, leverag*, unlock*, donation, donations, donor, donors, plc, ltd, operator",
    "o.loss": "fraud*, error, debt, debts, loss, losses, theft, thefts, stolen, liabilit*, deficit*, black hole, blackhole, pressure, "
    "pressures, unfunded, overspend, arrears, owed, owing, overpa*",
    "o.recover": "recover, recovered, recovering, debt recovery, cost recovery, seiz*, confiscat*, returned, repaid, redress, paid back",
    "o.statistic": "estimated value, benefits to, benefit to, assets, nearest, gross, wealth, stock of, output, worth",
    "o.tax-relief": "charitable relief, charitable reliefs, tax relief, tax reliefs, rates relief, reliefs provided, "
    "reliefs are, gift aid",
    "o.average": "median, average monthly, average weekly, average annual, average rent, average earnings, average income, "
    "average claim, ons, survey, data shows, data show, net worth",
    "o.impact": "uk economy, local economy, to the economy, to the uk economy, to the local economy, to the national economy, costs the economy, "
    "costs the taxpayer, costs society, costs to the economy, economic benefit, economic benefits, economic impact, media benefit, "
    " economic value, "
    "incorrectly paid, scheme members, cost to themselves",
    "o.target": "target, targets",
    "o.foreign": "us government, eu, european commission, member states, world bank",
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
    """The cues in a row of lower-case words: (first word, one past the last word, cue), in order."""
    found: list[tuple[int, int, str]] = []
    taken = 0
    for index, word in enumerate(words):
        length = 0
        for rest, cue in _PHRASES.get(word, ()):
            if tuple(words[index + 1 : index + 1 + len(rest)]) == rest:
                found.append((index, index + 1 + len(rest), cue))
                length = max(length, 1 + len(rest))
        if index >= taken and not length:
            found.extend((index, index + 1, cue) for cue in _word_cues(word))
        taken = max(taken, index + length)
    return found
