"""Join the items of a debate to turns, each with all words of one speaker until somebody else is printed."""

import re
from dataclasses import replace

from orderpaper.enrichment.people.attribution import split_attribution
from orderpaper.sources._official_report.turns import LOST, Turn
from orderpaper.sources.hansard.markup import read_question, to_text
from orderpaper.sources.hansard.payload import REFUSED, Item

_FURNITURE = frozenset({"hs_ColumnNumber", "hs_TimeCode"})
QUESTION_TAG = "Question"
_PARAGRAPHS = frozenset(
    {None, "", "hs_Para", "hs_2Para", "hs_brev", "hs_quote", "hs_IndentOne", "hs_IndentTwo", "hs_ParaIndent"}
    | {"ERR_TableWrapper"}
)
"""Styles in which a speaker's words continue without the name: further paragraphs, quotations, lists, tables."""
_EVENT = re.compile(
    r"\[.*\]\.?"
    r"|.* rose\s?[—–-]*"
    r"|(?:Question|Main Question|Motion|Amendment|Bill|Lords amendment|Clause|New clause|Schedule)s?\b.{0,200}"
    r"\b(?:put|agreed to|proposed|made|negatived|read|presented|withdrawn|accordingly|disagreed to|ordered).*"
    r"|(?:Ordered|Resolved)(?:,.*)?"
    r"|(?:The (?:House|Committee) (?:divided|proceeded|adjourned|having)|(?:Debate|Sitting|House) "
    r"(?:adjourned|suspended|resumed)|(?:Debate to be )?resumed|Ayes|Noes|On resuming)\b.*",
    re.DOTALL,
)
"""Reports of proceedings, which Hansard prints in the style of a speaker's paragraph."""


def read_turns(items: list[Item]) -> list[Turn]:
    """Return the turns of a debate. Words that a member adds to a tabled question are a turn of their own.

    A paragraph without a name continues the turn of the member before it. After the Chair, a question of the order
    paper or an event it has no speaker.

    Raises:
        ParseError: the markup of an item cannot be read whole.
    """
    turns: list[Turn] = []
    for item in sorted(items, key=lambda item: item.order_in_section):
        if item.item_type == REFUSED:
            turns.append(LOST)
            continue
        if is_furniture(item):
            continue
        attributed = " ".join((item.attributed_to or "").split())
        speaker = split_attribution(attributed) if attributed else None
        by = (speaker, item.member_id or None, (item.external_id or "").upper() or None)
        if item.hrs_tag == QUESTION_TAG or "<QuestionText" in (item.value or ""):
            question = read_question(item.value or "")
            question = replace(question, uin=item.uin or question.uin)
            if question.tabled:
                turns.append(Turn(question.printed, *by, question))
            elif question.printed:
                turns.append(Turn(question.printed, *by))
            if question.spoken:
                turns.append(Turn(question.spoken, *by))
            continue
        text = to_text(item.value or "")
        if not text:
            continue
        turn = Turn(text, *by)
        if turns and _goes_on(turns[-1], turn, item):
            turns[-1] = replace(turns[-1], text=f"{turns[-1].text}\n{text}")
        else:
            turns.append(turn)
    return turns


def is_furniture(item: Item) -> bool:
    """Return whether an item has no words: a time, the number of a column, or nothing."""
    return item.item_type == "Timestamp" or item.hrs_tag in _FURNITURE or not item.value


def _goes_on(before: Turn, turn: Turn, item: Item) -> bool:
    """Return whether a turn without a speaker is the next paragraph of the turn before it."""
    if turn.speaker or turn.member_id or item.item_type != "Contribution" or item.hrs_tag not in _PARAGRAPHS:
        return False
    return before.is_member and before.question is None and not _EVENT.fullmatch(turn.text)
