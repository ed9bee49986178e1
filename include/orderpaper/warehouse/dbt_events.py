"""Keep dbt from making events that nobody reads. It is imported only where dbt is, because that takes two seconds."""

from typing import Any

from dbt_common.events.base_types import BaseEvent, EventLevel
from dbt_common.events.event_manager import EventManager
from dbt_common.events.event_manager_client import ctx_set_event_manager

_UNREAD = (EventLevel.DEBUG, EventLevel.TEST)


class _Events(EventManager):
    """dbt's own manager of events, without those that nobody reads: dbt makes some 15 of them for each node."""

    def fire_event(self, e: BaseEvent, level: EventLevel | None = None, *more: Any, **named: Any) -> None:
        if (level or e.level_tag()) not in _UNREAD:
            super().fire_event(e, level, *more, **named)


def drop_unread() -> None:
    """Let dbt drop each event for debugging before it is made into a message."""
    ctx_set_event_manager(_Events())
