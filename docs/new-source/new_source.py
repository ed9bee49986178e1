"""Make the folder of a new source, its example documents and its test: `make new-source NAME=early_day_motions`.

The files beside this one are the template. In their names and texts, `new_source` becomes the name of the source and
`New source` its title.
"""

import re
import sys
from pathlib import Path

TEMPLATE = Path(__file__).parent
PROJECT = TEMPLATE.parents[1]


def make(name: str, project: Path = PROJECT) -> list[Path]:
    """Write the files of a source into the project, and return them.

    Raises:
        ValueError: the name is not a name of a Python package, or is taken.
    """
    if not re.fullmatch(r"[a-z][a-z0-9]*(_[a-z0-9]+)*", name):
        raise ValueError(f"NAME={name!r}: use lower-case words joined by underscores, such as early_day_motions.")
    if (project / "include" / "orderpaper" / "sources" / name).exists():
        raise ValueError(f"There is a source {name!r} already.")
    title = name.replace("_", " ").capitalize()
    written = []
    for part in ("include", "tests"):
        for path in sorted(path for path in (TEMPLATE / part).rglob("*") if path.suffix in (".py", ".yml", ".json")):
            target = project / str(path.relative_to(TEMPLATE)).replace("new_source", name)
            target.parent.mkdir(parents=True, exist_ok=True)
            text = path.read_text(encoding="utf-8").replace("new_source", name).replace("New source", title)
            target.write_text(text, encoding="utf-8")
            written.append(target)
    return written


def main() -> int:
    """Make the source that the command line names, and say what to do next."""
    try:
        written = make(sys.argv[1] if len(sys.argv) > 1 else "")
    except ValueError as error:
        sys.stderr.write(f"{error}\n")
        return 2
    lines = [str(path.relative_to(PROJECT)) for path in written]
    sys.stdout.write("\n".join([*lines, "", "CONTRIBUTING.md, Add a source, says what to change in them.", ""]))
    return 0


if __name__ == "__main__":
    sys.exit(main())
