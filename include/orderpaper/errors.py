"""The errors that Order Paper raises on purpose; each message is one sentence a person can act on."""


class OrderPaperError(Exception):
    """Base class of every expected failure. The user sees its message, without a traceback."""


class StorageError(OrderPaperError):
    """The object storage does not answer, or refuses. The same may succeed later."""


class ConfigError(OrderPaperError):
    """A setting, path or argument is wrong; the message says which and what to do."""


class BusyError(OrderPaperError):
    """Another command is using the same home."""


class UpstreamError(OrderPaperError):
    """A site did not answer as agreed: unreachable, refused, or not in its own format."""


class NotNowError(OrderPaperError):
    """A site has told us to come back later; the message says when. Asking sooner is useless, so nothing retries it."""


class ParseError(OrderPaperError):
    """A document is not understood. The document goes to quarantine with this reason, and the others go on."""


class AuditError(OrderPaperError):
    """The built warehouse failed its audit, so it was not published."""
