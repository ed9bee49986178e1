"""Superset's settings for `make superset`; Superset reads this file because SUPERSET_CONFIG_PATH names it.

Whatever a user of Superset does, it opens one database only: the published warehouse, with the connection for readers.
"""

import os
import threading
from pathlib import Path
from typing import Any

import duckdb_engine
from sqlalchemy.engine import URL
from sqlalchemy.pool import NullPool

from orderpaper.warehouse import reader

_HOME = Path(os.environ["SUPERSET_HOME"])
_opening = threading.Lock()


def _open() -> duckdb_engine.ConnectionWrapper:
    """Open the snapshot that is published now, as a reader."""
    with _opening:  # the first connection to a snapshot sets what those that follow only find
        return duckdb_engine.ConnectionWrapper(reader.connect(reader.published().resolve()))


def DB_CONNECTION_MUTATOR(uri: URL, params: dict[str, Any], *_: object) -> tuple[URL, dict[str, Any]]:  # noqa: N802
    """Replace whatever a connection of Superset would open by the published warehouse, and keep none open."""
    if uri.get_backend_name() != "duckdb":
        raise ValueError(f"This Superset reads the published warehouse only, and not {uri.get_backend_name()}.")
    return uri, {"creator": _open, "poolclass": NullPool}


SECRET_KEY = os.environ["SUPERSET_SECRET_KEY"]
SQLALCHEMY_DATABASE_URI = f"sqlite:///{_HOME / 'superset.db'}"
RATELIMIT_STORAGE_URI = "memory://"

# A snapshot may be replaced at any time, so no result of a query is kept.
CACHE_CONFIG = DATA_CACHE_CONFIG = THUMBNAIL_CACHE_CONFIG = {"CACHE_TYPE": "NullCache"}

APP_NAME = "Order Paper"
FEATURE_FLAGS = {
    "DASHBOARD_VIRTUALIZATION": False,
    # They are Python and templates of users that would run here.
    "ENABLE_TEMPLATE_PROCESSING": False,
    "EMBEDDED_SUPERSET": False,
}
ENABLE_CORS = False
UPLOAD_FOLDER = str(_HOME / "uploads") + "/"
SQLLAB_DEFAULT_DBID = 1
CURRENCIES = ["GBP"]

# The pages load nothing from elsewhere: no telemetry, maps or fonts.
THEME_FONT_URL_ALLOWED_DOMAINS: list[str] = []
TALISMAN_CONFIG = {
    "content_security_policy": {
        "base-uri": ["'self'"],
        "default-src": ["'self'"],
        "img-src": ["'self'", "blob:", "data:"],
        "worker-src": ["'self'", "blob:"],
        "connect-src": ["'self'"],
        "object-src": "'none'",
        "style-src": ["'self'", "'unsafe-inline'"],
        "font-src": ["'self'"],
        "frame-ancestors": ["'none'"],
        "script-src": ["'self'", "'strict-dynamic'"],
    },
    "content_security_policy_nonce_in": ["script-src"],
    "force_https": False,
    "session_cookie_secure": False,
}
SESSION_COOKIE_SAMESITE = "Strict"
LOG_LEVEL = "WARNING"
