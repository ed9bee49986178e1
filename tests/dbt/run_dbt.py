"""dbt as the tests run it: in a process of its own, which closes the database when it ends."""

import os
import subprocess
import sys
from pathlib import Path

from orderpaper.config import PROJECT

DBT = PROJECT / "dbt"


def run_dbt(command: list[str], database: Path, folder: Path) -> subprocess.CompletedProcess[str]:
    """Run a dbt command on `database`; its artifacts and logs go to `folder`."""
    return subprocess.run(
        [
            *(sys.executable, "-m", "dbt.cli.main", *command),
            *("--project-dir", str(DBT), "--profiles-dir", str(DBT)),
            *("--target-path", str(folder / "target"), "--log-path", str(folder / "logs")),
        ],
        env={**os.environ, "ORDERPAPER_BUILD_DATABASE": str(database), "DO_NOT_TRACK": "1"},
        capture_output=True,
        text=True,
        check=False,
    )
