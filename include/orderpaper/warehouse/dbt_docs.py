"""dbt's own documentation of the models, with its lineage graph, as one page that needs nothing else."""

import importlib.util
from pathlib import Path

from orderpaper.config import Paths

_CATALOG = '{"nodes": {}, "sources": {}, "errors": null, "metadata": {}}'
"""What `dbt docs generate --empty-catalog` writes: types and descriptions stand in the contracts already."""


def newest_manifest(paths: Paths) -> Path | None:
    """The manifest of the run that dbt built last, or None."""
    manifests = paths.runs.glob("*/dbt/manifest.json")
    return max(manifests, key=lambda path: path.stat().st_mtime, default=None)


def render(paths: Paths) -> str | None:
    """The page that `dbt docs generate --static` would write, or None before the first build.

    It is put together when it is asked for, from what the run has left, so that no run pays for it and no database is
    opened.
    """
    manifest = newest_manifest(paths)
    dbt = importlib.util.find_spec("dbt")
    if manifest is None or dbt is None or not dbt.submodule_search_locations:
        return None
    index = next(Path(folder) / "task" / "docs" / "index.html" for folder in dbt.submodule_search_locations)
    return (
        index.read_text(encoding="utf-8")
        .replace('"MANIFEST.JSON INLINE DATA"', _within_script(manifest.read_text(encoding="utf-8")))
        .replace('"CATALOG.JSON INLINE DATA"', _within_script(_CATALOG))
    )


def _within_script(json: str) -> str:
    """JSON that cannot end the script that it stands in."""
    return json.replace("</", "<\\/")
