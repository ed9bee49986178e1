"""Prepare Superset and serve it until it is stopped: what `make superset` and the container run.

usage: python superset/serve.py [--bind 127.0.0.1:8088]

It runs in Superset's own environment and keeps everything in $SUPERSET_HOME: its database (SQLite), its log, and its
key and the password of user `admin`, which are generated at the first start. What `include/bi/superset` describes is
imported again when it has changed; until then, what a user changes in the pages stays.
"""

import argparse
import hashlib
import logging
import os
import secrets
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from orderpaper.config import PROJECT, create_private
from orderpaper.errors import OrderPaperError
from orderpaper.warehouse import reader

ASSETS = PROJECT / "include" / "bi" / "superset"
USER = "admin"


def main() -> None:
    """Run the command line."""
    parser = argparse.ArgumentParser(description="Prepare Superset and serve it until it is stopped.")
    parser.add_argument("--bind", default="127.0.0.1:8088", help="where it listens")
    bind = parser.parse_args().bind
    started = time.monotonic()
    home = Path(os.environ["SUPERSET_HOME"]).resolve()
    try:
        reader.published()
        home.mkdir(mode=0o700, parents=True, exist_ok=True)
    except (OrderPaperError, OSError) as error:
        sys.exit(str(error))
    is_new = create_private(home / "password", secrets.token_urlsafe(15))
    create_private(home / "secret", secrets.token_urlsafe(48))
    os.environ |= {
        "SUPERSET_CONFIG_PATH": str(Path(__file__).with_name("config.py")),
        "SUPERSET_SECRET_KEY": (home / "secret").read_text(encoding="utf-8"),
    }
    password = (home / "password").read_text(encoding="utf-8")
    if is_new:
        print("Superset makes its database; this first start takes a minute.", flush=True)  # noqa: T201
    log = home / "superset.log"
    try:
        with _said_to(log):
            app = _prepared(home, password)
    except Exception as error:  # noqa: BLE001  # whatever it is, the user needs the sentence and the log has the rest
        sys.exit(f"Superset could not be prepared: {error}. {log} says more.")
    shown = password if is_new else f"as in {home / 'password'}"
    seconds = time.monotonic() - started
    print(f"http://{bind}/  user: {USER}  password: {shown}  (ready after {seconds:.0f} s)", flush=True)  # noqa: T201
    _serve(app, bind, log)


@contextmanager
def _said_to(log: Path) -> Iterator[None]:
    """Let all that is written to the terminal go to a file, because Superset and its libraries say much."""
    with log.open("a", encoding="utf-8") as out:
        kept = [os.dup(number) for number in (1, 2)]
        try:
            for number in (1, 2):
                os.dup2(out.fileno(), number)
            yield
        except Exception:
            logging.getLogger(__name__).exception("Superset could not be prepared")
            raise
        finally:
            for number, original in zip((1, 2), kept, strict=True):
                os.dup2(original, number)
                os.close(original)


def _prepared(home: Path, password: str) -> Any:
    """Return Superset's application, with its database, user and dashboards up to date."""
    from superset.app import create_app

    app = create_app()
    contents = {str(path.relative_to(ASSETS)): path.read_text(encoding="utf-8") for path in ASSETS.rglob("*.yaml")}
    state = repr((app.config["VERSION_STRING"], password, sorted(contents.items())))
    stamp, imported = hashlib.sha256(state.encode()).hexdigest(), home / "imported"
    if not imported.exists() or imported.read_text(encoding="utf-8") != stamp:
        with app.app_context():
            _migrate()
            _import(contents, password)
        imported.write_text(stamp, encoding="utf-8")
    return app


def _migrate() -> None:
    """Bring Superset's database to its present form, with its roles and permissions."""
    import superset
    from flask_migrate import upgrade
    from superset import appbuilder, db, security_manager

    upgrade(directory=str(Path(superset.__file__).with_name("migrations")))
    appbuilder.add_permissions(update_perms=True)
    security_manager.sync_role_definitions()
    db.session.commit()


def _import(contents: dict[str, str], password: str) -> None:
    """Import the database, datasets, charts and dashboards as user `admin`, in place of those of the same uuid."""
    from superset import db, security_manager
    from superset.commands.importers.v1.assets import ImportAssetsCommand
    from superset.connectors.sqla.models import SqlaTable
    from superset.utils.core import override_user

    user = security_manager.find_user(USER) or security_manager.add_user(
        USER, "Order", "Paper", f"{USER}@localhost", security_manager.find_role("Admin"), password
    )
    security_manager.reset_password(user.id, password)
    with override_user(user):
        ImportAssetsCommand(contents).run()
        # The files have the columns that need a label or that charts use. The warehouse says which others there are.
        for dataset in db.session.query(SqlaTable):
            dataset.fetch_metadata()
    db.session.commit()


def _serve(app: Any, bind: str, log: Path) -> None:
    """Answer requests in one process with several threads, until a signal stops it."""
    from gunicorn.app.base import BaseApplication

    settings = {"bind": bind, "threads": 8, "timeout": 120, "errorlog": str(log), "control_socket_disable": True}

    class Server(BaseApplication):
        """Gunicorn for an application that is there already."""

        def load_config(self) -> None:
            for name, value in settings.items():
                self.cfg.set(name, value)

        def load(self) -> Any:
            return app

    Server().run()


if __name__ == "__main__":
    main()
