"""The items of one debate as the Hansard API gives them: how speakers are printed, and the markup."""

import datetime as dt
import html
import random

from orderpaper.simulate.oral_questions import TOPICAL_TYPE, OralQuestion
from orderpaper.simulate.payloads import Json
from orderpaper.simulate.people import COMMONS, PARTY_LABELS, Member

_REVISION = " Let me put the rest on the record too."
"""The sentence that a revision adds to the first turn."""
CHAIR_ID = 1
"""The id of the Speaker, who is not one of the simulated members."""


class Script:
    """The items of a debate, written one after another.

    A member is printed with seat and party the first time, and by name alone after that.
    """

    def __init__(self, rng: random.Random, day: dt.date, house: int, key: str, *, is_revised: bool) -> None:
        self.rng = rng
        self.day = day
        self.items: list[Json] = []
        self._house = house
        self._key = key
        self._revision = _REVISION if is_revised else ""
        self._introduced: set[int] = set()
        self._column = rng.randint(1, 900)
        self._clock = dt.datetime.combine(day, dt.time(11, 30)) + dt.timedelta(minutes=rng.randint(0, 400))

    def says(self, member: Member, text: str, *, post: str | None = None, note: str | None = None) -> None:
        """Add a turn of a member, who speaks as a minister if a post is given."""
        self._clock += dt.timedelta(seconds=20 + len(text) // 12)
        text, self._revision = text + self._revision, ""
        self._add(self._marked(text), self._attributed(member, post, note), member.member_id)

    def chair(self, text: str, name: str = "Mr Speaker") -> None:
        """Add a turn of the Chair."""
        self._add(self._marked(text), name, CHAIR_ID)

    def unattributed(self, value: str, tag: str = "hs_Para") -> None:
        """Add an item that has no speaker: a crowd, a decision, or a quotation that a speaker reads out."""
        self._add(value, None, None, tag=tag)

    def crowd(self, who: str, text: str) -> None:
        """Add something that members say who are not named."""
        self._add(self._marked(text), who, None)

    def column(self) -> None:
        """Add the number of the column that begins here."""
        self._add(f"<span>{self._column}</span>", None, None, tag="hs_ColumnNumber")

    def clock(self) -> None:
        """Add the time of day."""
        item = self._item(f"<p>{self._clock:%-I.%M %p}</p>".lower(), None, None, "hs_TimeCode")
        self.items.append(item | {"ItemType": "Timestamp"})

    def question(self, question: OralQuestion, *, prefix: str = "", spoken: str = "") -> None:
        """Add a question of the order paper with its number, and what the member adds to it in the House."""
        number = f"{'T' if question.kind == TOPICAL_TYPE else prefix}{question.number}"
        marker = self._external_id().replace("-4000-", "-4001-")
        value = (
            f'<Question HRSContentId="{{{self._external_id()}}}">{number}. <QuestionText HRSContentId="{{{marker}}}">'
            f"{self._marked(question.text)} </QuestionText>{self._marked(spoken)}</Question>"
        )
        attributed = self._attributed(question.asker, None, None)
        item = self._item(value, attributed, question.asker.member_id, "Question")
        self.items.append(item | {"UIN": str(question.uin)})

    def _add(self, value: str, attributed: str | None, member_id: int | None, tag: str = "hs_Para") -> None:
        timecode = self._clock.isoformat() if attributed and len(self.items) % 2 else None
        self.items.append(self._item(value, attributed, member_id, tag) | {"Timecode": timecode})

    def _item(self, value: str, attributed: str | None, member_id: int | None, tag: str) -> Json:
        return {
            "ItemType": "Contribution",
            "ItemId": int(self._key.replace("-", "")) * 1000 + len(self.items),
            "MemberId": member_id,
            "AttributedTo": attributed or "",
            "Value": value,
            "OrderInSection": len(self.items) + 1,
            "Timecode": None,
            "ExternalId": self._external_id(),
            "HRSTag": tag,
            "HansardSection": None,
            "UIN": None,
            "IsReiteration": False,
        }

    def _external_id(self) -> str:
        return f"{self._key}-4000-9000-{len(self.items):012d}"

    def _attributed(self, member: Member, post: str | None, note: str | None) -> str:
        name = member.name_on(self.day).display
        if member.member_id in self._introduced and not note:
            return name
        self._introduced.add(member.member_id)
        party = PARTY_LABELS[member.party_on(self.day)]
        brackets = [party] if party else []
        if self._house == COMMONS:
            brackets.insert(0, member.seat_on(self.day).name)
        if post:
            name, brackets = f"The {post.removeprefix('the ')}", [name, *([] if self._house == COMMONS else brackets)]
        return " ".join([name, *(f"({bracket})" for bracket in [*brackets, *([note] if note else [])])])

    def _marked(self, text: str) -> str:
        """Return a text as the API gives it: an empty line between paragraphs, and column numbers in long texts."""
        value = html.escape(text, quote=False).replace("\n", "\r\n\r\n")
        if len(value) > 300:
            self._column += 1
            place = value.index(" ", len(value) // 2) + 1
            number = self._column
            span = f'<span id="{number}" class="column-number" data-column-number="{number}"></span>'
            value = value[:place] + span + value[place:]
        return value
