"""The secrets of docker-compose.yml, generated into the file `.env` beside it: `make compose-env`."""

import base64
import os
import re
import secrets
from collections.abc import Callable
from pathlib import Path

from orderpaper.config import PROJECT

FILE = PROJECT / ".env"


def _fernet_key() -> str:
    return base64.urlsafe_b64encode(os.urandom(32)).decode()


SECRETS: dict[str, Callable[[], str]] = {
    "POSTGRES_PASSWORD": lambda: secrets.token_urlsafe(32),
    "REDIS_PASSWORD": lambda: secrets.token_urlsafe(32),
    "AIRFLOW_FERNET_KEY": _fernet_key,
    "AIRFLOW_JWT_SECRET": lambda: secrets.token_urlsafe(64),
    "AIRFLOW_SECRET_KEY": lambda: secrets.token_urlsafe(64),
    "ADMIN_PASSWORD": lambda: secrets.token_urlsafe(15),
}
"""The variables of docker-compose.yml that have no default, and how each is made. All may stand in a URL."""


def complete(file: Path = FILE) -> list[str]:
    """Add the secrets that `.env` lacks, and let only its owner read it; return their names.

    What the file has stays: the volumes of Postgres were made with the password that it names.
    """
    with os.fdopen(os.open(file, os.O_RDWR | os.O_CREAT | os.O_APPEND, 0o600), "r+", encoding="utf-8") as env:
        os.fchmod(env.fileno(), 0o600)
        text = env.read()
        missing = [name for name in SECRETS if not re.search(rf"^{name}=.", text, re.MULTILINE)]
        end = "" if not text or text.endswith("\n") else "\n"
        env.write(end + "".join(f"{name}={SECRETS[name]()}\n" for name in missing))
    return missing
