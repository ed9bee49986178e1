"""The page on which a person confirms that readers shall see another snapshot."""

import datetime as dt

from orderpaper.config import DATABASE_NAME, Paths
from orderpaper.errors import OrderPaperError
from orderpaper.warehouse import snapshots
from orderpaper.warehouse.content import count_rows
from warehouse_pages import render
from warehouse_pages.tables import Column, Table


def page(paths: Paths, snapshot_id: str, token: str, sort: str) -> str | None:
    """Return the page as HTML, or None if there is no such snapshot, or readers see it already."""
    current = snapshots.current_id(paths)
    if current is None or current == snapshot_id or snapshot_id not in snapshots.kept_ids(paths):
        return None
    damage = None
    try:
        snapshots.check(paths, snapshot_id)
    except OrderPaperError as error:
        damage = str(error)
    table = _rows(_counts(paths, current), {} if damage else _counts(paths, snapshot_id))
    return render.render(
        "snapshot.html.jinja",
        dt.datetime.now(dt.UTC),
        snapshot_id=snapshot_id,
        current=current,
        is_older=snapshot_id < current,
        damage=damage,
        table=table.sorted(sort),
        token=token,
    )


def _counts(paths: Paths, snapshot_id: str) -> dict[str, int]:
    with snapshots.opened(paths.snapshots / snapshot_id / DATABASE_NAME) as connection:
        return count_rows(connection, "marts")


def _rows(now: dict[str, int], then: dict[str, int]) -> Table:
    columns = [
        Column("table", "table"),
        Column("now", "rows that readers see now"),
        Column("then", "rows that they would see"),
        Column("change", "change"),
    ]
    rows = [
        {
            "table": name,
            "now": now.get(name),
            "then": then.get(name),
            "change": then.get(name, 0) - now.get(name, 0),
        }
        for name in sorted(now.keys() | then.keys())
    ]
    return Table(id="changes", columns=columns, rows=rows, empty="There is no mart.")
