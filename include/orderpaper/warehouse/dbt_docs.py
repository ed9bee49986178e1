"""dbt's documentation of the models, with its lineage graph, as one self-contained page."""

import importlib.util
from pathlib import Path

from orderpaper.config import Paths

_CATALOG = '{"nodes": {}, "sources": {}, "errors": null, "metadata": {}}'
"""The catalogue of `dbt docs generate --empty-catalog`. The contracts already give types and descriptions."""


def newest_manifest(paths: Paths) -> Path | None:
    """Return the manifest of dbt's last build, or None."""
    manifests = paths.runs.glob("*/dbt/manifest.json")
    return max(manifests, key=lambda path: path.stat().st_mtime, default=None)


def render(paths: Paths) -> str | None:
    """Return the page that `dbt docs generate --static` would write, or None before the first build.

    It is made on request from the artifacts of the last build, so it adds no time to a run and opens no database.
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
    """Return JSON in which nothing can end the script element around it."""
    return json.replace("</", "<\\/")
