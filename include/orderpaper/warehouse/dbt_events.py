"""Keep dbt from making events that nobody reads. It is imported only where dbt is, because that takes two seconds."""

from typing import Any

from dbt_common.events.base_types import BaseEvent, DebugLevel, EventLevel, TestLevel
from dbt_common.events.event_manager import EventManager
from dbt_common.events.event_manager_client import ctx_set_event_manager

_UNREAD = (EventLevel.DEBUG, EventLevel.TEST)


class _Events(EventManager):
    """dbt's own manager of events, without those that nobody reads: dbt makes some 15 of them for each node."""

    def fire_event(self, e: BaseEvent, level: EventLevel | None = None, *more: Any, **named: Any) -> None:
        if (level or e.level_tag()) not in _UNREAD:
            super().fire_event(e, level, *more, **named)


def _without_fields(event: BaseEvent, *values: Any, **fields: Any) -> None:
    """Make an event that nobody reads, without the message of its fields, which costs more than all else in it."""


def drop_unread() -> None:
    """Let dbt drop each event for debugging before it is made into a message."""
    for level in (DebugLevel, TestLevel):
        level.__init__ = _without_fields  # type: ignore[assignment, method-assign]
    ctx_set_event_manager(_Events())
