"""The metrics of the semantic layer, dbt/models/metrics.yml, asked of the published warehouse: `make metrics`.

MetricFlow writes the SQL. It is in an environment of its own, `.metrics`, and opens the snapshot read-only.
"""

import os
import subprocess
from pathlib import Path

from orderpaper.config import PROJECT
from orderpaper.errors import OrderPaperError

PROGRAMS = PROJECT / ".metrics" / "bin"


def query(database: Path, metrics: str, by: str, row_count: int) -> None:
    """Print the values of some metrics.

    Args:
        database: the snapshot.
        metrics: names of metrics, separated by commas.
        by: what they are divided by, separated by commas, such as `metric_time__month`; empty for a single value.
        row_count: the most rows to print.

    Raises:
        OrderPaperError: MetricFlow is not installed, or refuses the question.
    """
    if not (PROGRAMS / "mf").exists():
        raise OrderPaperError(f"MetricFlow is not installed in {PROGRAMS}; ask with `make metrics`.")
    project = PROJECT / "dbt"
    environment = os.environ | {
        "DBT_PROFILES_DIR": str(project),
        "DBT_PROJECT_DIR": str(project),
        "DO_NOT_TRACK": "1",
        "ORDERPAPER_BUILD_DATABASE": str(database.resolve()),
        "ORDERPAPER_DBT_TARGET": "published",
    }
    asked = ["--metrics", metrics, "--limit", str(row_count), *(["--group-by", by] if by else [])]
    # MetricFlow reads what dbt's parser leaves in dbt/target.
    for line in (["dbt", "parse", "--quiet"], ["mf", "query", *asked]):
        program = str(PROGRAMS / line[0])
        done = subprocess.run([program, *line[1:]], cwd=project, env=environment, check=False)  # noqa: S603
        if done.returncode:
            raise OrderPaperError(f"MetricFlow could not answer `{' '.join(line)}`; the reason stands above.")
