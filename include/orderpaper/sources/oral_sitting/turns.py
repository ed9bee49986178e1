"""Find the turns of a question time that was saved without its speakers, from the wording alone.

In question time, supplementaries of members and replies of a minister alternate. The wording of a sentence suggests who
speaks: members mention "my constituency" and ask "Will the Minister …?"; ministers say "we", and call the member who
asked "my hon. Friend" or "the hon. Lady". Each such cue has a weight. An exchange is divided into the turns with the
greatest total weight (the Viterbi algorithm with two states), so that one misleading sentence does not change the rest.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from orderpaper.reading.lines import Line
from orderpaper.reading.printed import printed_lines
from orderpaper.reading.wrapping import is_cell
from orderpaper.sources.oral_sitting.header import is_of_header
from orderpaper.sources.oral_sitting.speakers import is_title

_MINISTER = r"(?:Minister|Secretary of State|Home Secretary|Foreign Secretary|Chancellor|Prime Minister)"
_CUES: tuple[tuple[str, float], ...] = (
    # In a reply, the minister addresses the member who asked and says "we" of the Government.
    (r"^(?:My|The) (?:right )?(?:hon\.?|noble) (?:and learned )?(?:Friend|Lady|Gentleman|Member)(?! the Minister)", 3),
    (r"^I (?:pay tribute|thank|am (?:very )?grateful|agree|congratulate|commend|share)\b.{0,20}\bhon\.", 2.5),
    (r"\b(?:[Tt]he|to) hon\.? (?:Lady|Gentleman)\b", 2),
    (r"\b[Mm]y (?:right )?hon\.? (?:and learned )?Friend(?! the (?:Minister|Secretary))", 0.7),
    (r"^(?:Yes|No|Indeed|Absolutely)\b[.,—]", 2),
    (r"\bI (?:can|want to|would like to) (?:assure|reassure|tell|inform)\b", 2),
    (r"\bI (?:will|shall|would) (?:certainly )?be (?:very |more than )?(?:happy|delighted|pleased|glad)\b", 2),
    (
        r"\bI (?:am|will|shall) (?:certainly |absolutely )?(?:happy to|look (?:into|at)|write to|meet|ensure|raise)\b",
        1.5,
    ),
    (r"\b(?:[Ww]e|[Oo]ur|I’ve|I have) (?:are|have|will|shall|want|Department|officials|commitment|plan)\b", 1),
    (r"\b[Ww]e\b|\b[Oo]ur\b", 0.7),
    (r"^(?:That is why|I pay tribute to|A massive thank you|As I (?:have )?said)\b", 1),
    # In a supplementary, the member asks, mentions the constituency and refers to the Minister in the third person.
    (r"\?[’”\"')]*$", -4),
    (r"\b[Mm]y (?:own )?(?:constituen|surger|local|town|city|county|borough)", -2.5),
    (r"\b(?:[Cc]onstituents?|[Rr]esidents) (?:of mine|in|from|have|who|tell|told)\b", -1),
    (rf"\b(?:the|[Ww]ill the|[Dd]oes the|[Cc]an the|my (?:right )?hon\.? Friend the) {_MINISTER}\b", -1.2),
    (
        rf"^(?:I|May I) (?:\w+ )?(?:thank|welcome|am grateful to|am pleased)\b.{{0,12}}\b(?:{_MINISTER}|Government)\b",
        -2,
    ),
    (r"^I (?:\w+ )?(?:welcome|met|visited|recently|heard)\b", -1.2),
    (r"^(?:Last (?:week|month|year|night|Friday)|Recently|Yesterday|On (?:Fri|Satur|Sun|Mon)day)\b", -1),
)
"""Pattern and weight: a positive weight suggests a minister's reply, a negative one a supplementary."""
_COMPILED = tuple((re.compile(pattern), weight) for pattern, weight in _CUES)
_CARRIES_ON = re.compile(r"^(?:But|And|However|Also|So|Yet|Nor|Or|If so|If not|He|She|They|It|This|These|Those)\b")
_IS_ASKED = re.compile(r"\?[’”\"')]*$")

_AFTER_QUESTION = 0.8
"""Added for a reply if the sentence before it is a question."""
_WITHOUT_QUESTION = -4.0
"""Added for a reply if the sentence before it is not a question."""
_CARRIED_ON = -2.0
"""Added for a reply that begins with a word such as "But", which continues what was said before."""
_NEW_TURN = -0.5
"""Added for each new supplementary."""
_LEAN = -0.1
"""Added to each sentence, so that one without a cue belongs to the next supplementary, not to the reply before."""
_CUE_LIMIT = 4000
"""Maximum number of characters searched for cues. Longer paragraphs are searched at their beginning and end."""

BROKEN_AFTER = ("hon.", "Hon.", "Mr.", "Mrs.", "Ms.", "Dr.", "Rev.", "St.", "Rt.")
"""Abbreviations after which a sentence may have been split into two lines."""


_LONGER_THAN_HEADINGS = 60
_UIN = re.compile(r"[\[(][0-9]{5,7}[\])]")
_BEGINS = re.compile(r"(?:What|If|Whether|How|When|Where|Which|Who|Why|Pursuant|With reference)\b|[TQ]?[0-9]")
"""Matches the beginning of a tabled question, below which no line above it goes on."""


@dataclass(frozen=True, slots=True)
class Unit:
    """One sentence, or paragraph, of the document: one line, or several that were split after an abbreviation."""

    lines: tuple[Line, ...]
    text: str


def whole_lines(text: str) -> list[Line]:
    """Return the lines of a sitting, each long one that ends no sentence joined to the next, in which it goes on.

    So is a question to its UIN in brackets.
    """
    lines: list[Line] = []
    above: Line | None = None
    for line in printed_lines(text):
        if above and line.number == above.number + 1 and _follows(line, above):
            lines[-1] = lines[-1]._replace(text=f"{lines[-1].text} {line.text}", end=line.end)
        else:
            lines.append(line)
        above = line
    return lines


def _follows(line: Line, above: Line) -> bool:
    if _UIN.fullmatch(line.text):
        return True
    is_whole = above.is_closed or above.text.endswith(("–", "—")) or is_cell(above) or is_of_header(above)
    is_whole = is_whole or (is_title(above) and line.text[0].isupper())
    return len(above.text) >= _LONGER_THAN_HEADINGS and not is_whole and not _BEGINS.match(line.text)


def units(lines: Sequence[Line]) -> list[Unit]:
    """Join lines that were broken after an abbreviation such as "hon."."""
    found: list[list[Line]] = []
    for line in lines:
        if found and found[-1][-1].text.endswith(BROKEN_AFTER):
            found[-1].append(line)
        else:
            found.append([line])
    return [Unit(tuple(group), " ".join(line.text for line in group)) for group in found]


def split_exchange(sentences: Sequence[Unit]) -> list[tuple[str, list[Unit]]]:
    """Return the turns of an exchange that begins with a minister's answer, each with its role and its units.

    The role is "reply" or "supplementary".
    """
    weights = [_weight(unit.text) for unit in sentences]
    total = {"reply": weights[0], "supplementary": float("-inf")}
    came_from: list[dict[str, str]] = []
    for before, unit, weight in zip(sentences, sentences[1:], weights[1:], strict=False):
        switch = _AFTER_QUESTION if _IS_ASKED.search(before.text) else _WITHOUT_QUESTION
        if _CARRIES_ON.match(unit.text):
            switch += _CARRIED_ON
        step = {
            "reply": (("reply", total["reply"]), ("supplementary", total["supplementary"] + switch)),
            "supplementary": (("reply", total["reply"] + _NEW_TURN), ("supplementary", total["supplementary"])),
        }
        best = {state: max(choices, key=lambda choice: choice[1]) for state, choices in step.items()}
        came_from.append({state: choice[0] for state, choice in best.items()})
        total = {"reply": best["reply"][1] + weight, "supplementary": best["supplementary"][1] - weight}
    state = max(total, key=lambda name: total[name])
    states = [state]
    for origin in reversed(came_from):
        state = origin[state]
        states.append(state)
    turns: list[tuple[str, list[Unit]]] = []
    for state, unit in zip(reversed(states), sentences, strict=True):
        if turns and turns[-1][0] == state:
            turns[-1][1].append(unit)
        else:
            turns.append((state, [unit]))
    return turns


def _weight(text: str) -> float:
    shown = text if len(text) <= _CUE_LIMIT else text[: _CUE_LIMIT // 2] + text[-_CUE_LIMIT // 2 :]
    return _LEAN + sum(weight for cue, weight in _COMPILED if cue.search(shown))
