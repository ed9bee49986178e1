"""The known vulnerabilities of every locked requirement, according to the package index: `make audit`.

The index is the one that pip or uv is configured to use. Some indexes, pip's default among them, also serve a JSON
document for each release, with a list of vulnerabilities. Mirrors often do not, and then the command fails and says so.
"""

import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from urllib.parse import urlsplit

import msgspec
import requests

from orderpaper.errors import ConfigError, OrderPaperError

LOCKS = ("requirements.txt", "requirements-dev.txt")
_REQUIREMENT = re.compile(r"^([A-Za-z0-9._-]+)==([^\s;\\]+)", re.MULTILINE)
_INDEX_VARIABLES = ("PIP_INDEX_URL", "UV_DEFAULT_INDEX", "UV_INDEX_URL")
_WORKERS = 4


class Vulnerability(msgspec.Struct):
    """A known vulnerability of a release."""

    id: str
    aliases: list[str] = []
    fixed_in: list[str] = []
    link: str | None = None
    withdrawn: str | None = None


class _Release(msgspec.Struct):
    vulnerabilities: list[Vulnerability]


def requirements(lock: Path) -> list[tuple[str, str]]:
    """Return the name and version of everything that a lock file pins."""
    return _REQUIREMENT.findall(lock.read_text(encoding="utf-8"))


def index_url() -> str:
    """Return the address below which the index serves its JSON documents.

    Raises:
        ConfigError: no index is configured, or its address is not that of a "simple" index.
    """
    url = next((os.environ[name] for name in _INDEX_VARIABLES if os.environ.get(name)), None) or _pip_index()
    if not url:
        raise ConfigError("No package index is configured; name one: make audit PIP_INDEX_URL=https://…/simple")
    root, found, rest = url.rstrip("/").rpartition("/simple")
    if not found or rest:
        raise ConfigError(
            f"The package index {_shown(url)} does not end in /simple, so the address of its JSON documents is unknown."
        )
    return f"{root}/pypi"


def vulnerabilities(root: str, name: str, version: str) -> list[Vulnerability]:
    """Return the vulnerabilities that the index lists for a release.

    Raises:
        OrderPaperError: the index cannot answer.
    """
    try:
        answer = requests.get(f"{root}/{name}/{version}/json", timeout=30)
        answer.raise_for_status()
        release = msgspec.json.decode(answer.content, type=_Release)
    except (requests.RequestException, msgspec.DecodeError) as error:
        raise OrderPaperError(
            f"The package index {_shown(root)} does not say what is known of {name} {version} ({type(error).__name__});"
            " ask another: make audit PIP_INDEX_URL=https://…/simple"
        ) from error
    return [entry for entry in release.vulnerabilities if not entry.withdrawn]


def audit(locks: list[Path]) -> Iterator[str]:
    """Yield a line for each vulnerability of the releases that the locks pin.

    Raises:
        OrderPaperError: the index is not known, or cannot answer.
    """
    root = index_url()
    first, *others = sorted({requirement for lock in locks for requirement in requirements(lock)})
    # The first is requested alone, so that an index that cannot answer gets one request.
    known = [vulnerabilities(root, *first)]
    with ThreadPoolExecutor(_WORKERS) as pool:
        known += pool.map(lambda requirement: vulnerabilities(root, *requirement), others)
    for (name, version), entries in zip([first, *others], known, strict=True):
        for entry in entries:
            names = " ".join([entry.id, *entry.aliases])
            fixed = f"fixed in {', '.join(entry.fixed_in)}" if entry.fixed_in else "not fixed yet"
            yield f"{name} {version}: {names}, {fixed}; {entry.link or 'no link'}"


def _pip_index() -> str | None:
    """Return the index of pip's own configuration, or None."""
    pip = shutil.which("pip") or shutil.which("pip3")
    if pip is None:
        return None
    said = subprocess.run([pip, "config", "get", "global.index-url"], capture_output=True, text=True, check=False)  # noqa: S603
    return said.stdout.strip() or None


def _shown(url: str) -> str:
    """Return the address of the index without a password."""
    parts = urlsplit(url)
    return parts._replace(netloc=parts.netloc.rpartition("@")[2]).geturl()
