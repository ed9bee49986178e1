"""Documents that a person has set aside, so that one that breaks the build does not keep the others from readers.

`set_aside.json` in the landing zone has the reason for each. Its documents stay in quarantine, whatever their parser
makes of them, until they are released.
"""

import msgspec

from orderpaper.errors import ConfigError, OrderPaperError
from orderpaper.landing.zone import Landing

_NAME = "set_aside.json"


def reasons(landing: Landing) -> dict[str, str]:
    """Return the reason for each document that is set aside, by its id.

    Raises:
        OrderPaperError: the file is damaged.
    """
    try:
        return msgspec.json.decode(landing.store.read(_NAME), type=dict[str, str])
    except FileNotFoundError:
        return {}
    except msgspec.DecodeError as error:
        raise OrderPaperError(
            f"{landing.store.where(_NAME)} is damaged ({error}); remove it to release all documents."
        ) from error


def set_aside(landing: Landing, document_id: str, reason: str) -> None:
    """Set a document aside.

    Raises:
        ConfigError: there is no such document.
    """
    if not landing.is_intact(document_id):
        raise ConfigError(f"There is no document {document_id!r} in {landing.root}; see dim_document.")
    _write(landing, reasons(landing) | {document_id: reason})


def release(landing: Landing, document_id: str) -> None:
    """Release a document that was set aside.

    Raises:
        ConfigError: it is not set aside.
    """
    kept = reasons(landing)
    if kept.pop(document_id, None) is None:
        raise ConfigError(f"The document {document_id!r} is not set aside.")
    _write(landing, kept)


def _write(landing: Landing, kept: dict[str, str]) -> None:
    body = msgspec.json.format(msgspec.json.encode(dict(sorted(kept.items()))), indent=1)
    landing.store.write(_NAME, body)
