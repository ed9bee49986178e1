"""The wording of answers to written questions: our own sentences, as HTML."""

import datetime as dt
import html
import random
from dataclasses import dataclass

from orderpaper.reading.dates import MONTHS
from orderpaper.simulate.departments import Department, Topic
from orderpaper.simulate.figures import financial_year, millions, qualified, thousands

KINDS = {"substantive": 56, "stock": 13, "table": 6, "list": 7, "referral": 5, "not_held": 7, "cost": 4, "short": 2}
"""Kind of answer → its share, per cent. A `stock` answer is given to several questions in the same words."""

_OPENINGS = (
    "The Government recognises the importance of {subject}, and is working with {recipients} across the country.",
    "Improving {subject} is a priority for {department_the}, and we keep our approach under regular review.",
    "Ministers and officials meet {recipients} regularly to discuss {subject}, most recently in {month}.",
    "We are grateful to all those who work to improve {subject}, often in difficult circumstances.",
    "This Government inherited considerable pressure on {subject}, and has set out how it intends to respond.",
    "Decisions on {subject} are taken locally, within the framework that {department_the} sets nationally.",
)
_FUNDING = (
    "In {fy} we are providing {amount} through the {programme}, on top of what {recipients} receive already.",
    "The {programme}, in which we are investing {exact}, will help {recipients} to plan with more certainty.",
    "For the financial year {fy}, {amount} of funding has been continued to {count} {recipients}.",
    "An additional {exact} has been made available in {fy}, which brings the total for the {programme} to {larger}.",
    "This is a funding increase of {exact} on the previous year.",
    "Since {last_fy}, {amount} has been awarded to {recipients} under the {programme}.",
    "The Department spent {small} on the evaluation of the {programme} in {last_fy}.",
    "We expect to spend {amount} on {subject} over the three years to {later_fy}.",
    "Grants of {small} each were paid to {count} {recipients} in {last_fy}.",
    "The settlement for {fy} includes a further £{tens} million for {subject}, an uplift of £{few} million.",
    "Successful {recipients} can apply for {amount} from the {programme} until the end of {fy}.",
)
_DELIVERY = (
    "Officials are working with {recipients} to make sure that support reaches the places that need it most.",
    "The {programme} is open to {recipients} in every region, and guidance on how to apply is published online.",
    "We have asked {recipients} to report on progress every quarter, and will publish a summary each year.",
    "An independent evaluation of the {programme} began in {month}, and its findings will inform later decisions.",
    "Where standards fall short, {recipients} are expected to agree a recovery plan with the Department.",
    "The Department does not intend to set a national target, because needs differ so much from place to place.",
    "Research & development in this field continues, and we will consider its results when they are available.",
)
_CLOSINGS = (
    "Further details will be set out in due course.",
    "We will set out our plans for the years after {fy} at the next fiscal event.",
    "I would be happy to discuss this further with the {member}.",
    "As my {friend} told the House, we will not hesitate to go further where that is needed.",
    "An equality impact assessment was carried out before the {programme} was announced.",
)
_NOT_HELD = (
    "The information requested is not held centrally.",
    "The Department does not collect this information. Data on {subject} is held by {recipients} individually.",
    "The Department does not hold the information in the format requested.",
)
_COST = (
    "The information requested could only be obtained at disproportionate cost.",
    "It is not possible to provide this information without incurring disproportionate cost, as it would require a "
    "manual search of the records of {recipients}.",
)
_SHORT = (
    "I have regular discussions with Cabinet colleagues on a range of matters.",
    "No such assessment has been made.",
    "There are no plans to do so.",
)
_LIST_ITEMS = (
    "a grant of {exact} for {recipients} in {fy}",
    "new guidance for {recipients}, published in {month}",
    "a pilot in {count} areas at a cost of {small}",
    "a single point of contact in {department_the}",
    "training for staff who deal with {subject}",
)
_IN_A_SENTENCE = {
    "Women and Equalities": "Office for Equality and Opportunity",
    "Prime Minister": "Prime Minister’s Office",
    "Attorney General": "Attorney General’s Office",
}
"""Answering bodies whose name in a sentence is not their own."""


@dataclass(frozen=True, slots=True)
class Answering:
    """The facts on which the wording of an answer depends."""

    department: Department
    topic: Topic
    kind: str
    """One of `KINDS`."""
    answered_on: dt.date
    member: str
    """The form in which the asker is addressed: "hon. Member for Aldermere"."""
    colleague: str
    """Another minister: "hon. Friend the Member for Foxcote (Rhys Bagnold)"."""
    refers_to: str | None
    """"the answer given on 3 March 2025 to Question 28991", for a referral."""


def holding_text(department: Department) -> str:
    """Return the holding answer that departments give when they cannot answer on the named day."""
    return (
        f"<p>{_the(department)} has indicated that it will not be possible to answer this question within the usual "
        "time period. An answer is being prepared and will be provided as soon as it is available.</p>"
    )


def answer_html(rng: random.Random, answering: Answering) -> str:
    """Return the text of an answer."""
    words = _words(rng, answering)
    if answering.kind == "referral" and answering.refers_to:
        return _paragraphs(rng, [f"I refer the {answering.member} to {answering.refers_to}."])
    if answering.kind in ("not_held", "cost", "short"):
        sentences = {"not_held": _NOT_HELD, "cost": _COST, "short": _SHORT}[answering.kind]
        return _paragraphs(rng, [rng.choice(sentences).format(**words)])
    paragraphs = [" ".join(s.format(**words) for s in rng.sample(_OPENINGS, rng.choice((1, 1, 2))))]
    if rng.random() < 0.62:
        paragraphs.append(
            " ".join(s.format(**_words(rng, answering)) for s in rng.sample(_FUNDING, rng.choice((1, 1, 2, 2, 3))))
        )
    paragraphs.append(" ".join(s.format(**words) for s in rng.sample(_DELIVERY, rng.choice((1, 2, 2)))))
    if answering.kind != "stock" and rng.random() < 0.5:
        paragraphs.append(rng.choice(_CLOSINGS).format(**words))
    middle = ""
    if answering.kind == "table":
        middle = _table(rng, answering)
    elif answering.kind == "list":
        items = [item.format(**_words(rng, answering)) for item in rng.sample(_LIST_ITEMS, 3)]
        middle = "<p>This includes:</p><ul>" + "".join(f"<li><p>{_escape(item)}</p></li>" for item in items) + "</ul>"
    text = _paragraphs(rng, paragraphs[:-1]) + middle + _paragraphs(rng, paragraphs[-1:])
    return text + (_link(rng, answering) if rng.random() < 0.15 else "")


def corrected_html(rng: random.Random, original: str) -> str:
    """Return an answer after its correction: the original and one more sentence."""
    return original + _paragraphs(
        rng, [f"The figure for the last full year should have been given as {millions(rng)}."]
    )


def _words(rng: random.Random, answering: Answering) -> dict[str, object]:
    day, topic = answering.answered_on, answering.topic
    few = rng.randint(2, 9)
    return {
        **topic.words,
        "department_the": _the(answering.department, "the"),
        "member": answering.member,
        "friend": answering.colleague,
        "fy": financial_year(day, rng.choice((0, 1, 1))),
        "last_fy": financial_year(day, -1),
        "later_fy": financial_year(day, 3),
        "month": f"{rng.choice(MONTHS)} {day.year - 1}",
        "amount": qualified(rng),
        "exact": millions(rng),
        "larger": f"£{rng.randint(500, 900)} million",
        "small": thousands(rng),
        "count": rng.randint(6, 140),
        "tens": few * 10 + rng.randint(0, 9),
        "few": few,
    }


def _the(department: Department, article: str = "The") -> str:
    """Return the name of a department as it stands in a sentence."""
    return f"{article} {_IN_A_SENTENCE.get(department.name, department.name)}"


def _escape(text: str) -> str:
    return html.escape(text, quote=False)


def _paragraphs(rng: random.Random, paragraphs: list[str]) -> str:
    """Return paragraphs as HTML. As in real answers, some have an empty paragraph between them."""
    gap = "<p> </p>" if rng.random() < 0.3 else ""
    return gap.join(f"<p>{_escape(paragraph)}</p>" for paragraph in paragraphs)


def _table(rng: random.Random, answering: Answering) -> str:
    unit = rng.choice(("Funding (£ million)", "Amount", "Spend (£)"))
    rows = [("Financial year", unit, f"Number of {answering.topic.recipients}")]
    for back in range(rng.randint(3, 5), 0, -1):
        figure = {
            "Funding (£ million)": f"{rng.randint(1, 90)}.{rng.randint(0, 9)}",
            "Amount": millions(rng),
            "Spend (£)": f"{rng.randint(100, 999)},{rng.randint(100, 999)}",
        }[unit]
        rows.append((financial_year(answering.answered_on, -back), figure, str(rng.randint(4, 150))))
    cells = [[f"<td><p>{_escape(cell)}</p></td>" for cell in row] for row in rows]
    cells[0] = [cell.replace("<p>", "<p><strong>").replace("</p>", "</strong></p>") for cell in cells[0]]
    body = "".join(f"<tr>{''.join(row)}</tr>" for row in cells)
    return f"<p>The table below gives the figures that are available:</p><table><tbody>{body}</tbody></table>"


def _link(rng: random.Random, answering: Answering) -> str:
    slug = answering.topic.programme.lower().replace(" ", "-").replace("’", "")
    url = f"https://www.gov.uk/government/publications/{slug}-{rng.randint(1, 9)}"
    return f'<p>More information is available at: <a href="{url}" target="_blank">{url}</a>.</p>'
