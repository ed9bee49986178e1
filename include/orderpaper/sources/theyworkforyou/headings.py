"""Group the elements of a file under its headings, or follow the headings above an element."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from orderpaper.sources._official_report.turns import Turn
from orderpaper.sources.theyworkforyou.payload import HEADINGS
from orderpaper.sources.theyworkforyou.words import line_of


@dataclass(slots=True)
class Section:
    """A heading with the turns under it, up to the next heading."""

    level: int
    heading: Any
    above: list["Section"]
    """The wider headings that it stands under."""
    turns: list[Turn] = field(default_factory=list)
    has_narrower: bool = False
    """Whether a narrower heading stands under it."""

    @property
    def is_business(self) -> bool:
        """Return whether a member speaks directly under it, so that a narrower heading begins other business."""
        return any(turn.is_member for turn in self.turns)

    @property
    def is_question_time(self) -> bool:
        """Return whether a turn puts a question of the order paper."""
        return any(turn.question for turn in self.turns)


def sections_of(elements: Iterable[tuple[Any, Turn | None]]) -> list[Section]:
    """Return the sections of a sitting in order. One without turns of its own is left out if it has narrower ones."""
    found = [Section(-1, None, [])]
    open_sections: list[Section] = []
    for element, turn in elements:
        if element.tag not in HEADINGS:
            if turn is not None:
                found[-1].turns.append(turn)
            continue
        level = HEADINGS.index(element.tag)
        open_sections = [section for section in open_sections if section.level < level and not section.is_business]
        for section in open_sections:
            section.has_narrower = True
        found.append(Section(level, element, list(open_sections)))
        open_sections.append(found[-1])
    return [section for section in found if section.turns or (section.heading is not None and not section.has_narrower)]


@dataclass(slots=True)
class Above:
    """The headings above an element of written business: a department, and a heading. Headings in a row are joined."""

    _departments: list[str] = field(default_factory=list)
    _headings: list[str] = field(default_factory=list)
    open_elements: list[Any] = field(default_factory=list)
    """The last headings, if nothing has come under them yet."""

    @property
    def department(self) -> str | None:
        """Return the wider heading."""
        return ": ".join(filter(None, self._departments)) or None

    @property
    def heading(self) -> str | None:
        """Return the narrower heading."""
        return ": ".join(filter(None, self._headings)) or None

    def add(self, heading: Any) -> None:
        """Go on to the next heading."""
        is_department = heading.tag == "major-heading"
        if not self.open_elements:
            self._headings = []
            if is_department:
                self._departments = []
        (self._departments if is_department else self._headings).append(line_of(heading))
        self.open_elements.append(heading)

    def close(self) -> None:
        """Note that something stands under the last headings."""
        self.open_elements = []
