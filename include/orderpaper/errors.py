"""The errors that Order Paper raises on purpose; each message is one sentence a person can act on."""


class OrderPaperError(Exception):
    """Base of every expected failure: shown to the user as one sentence, without a traceback."""


class ConfigError(OrderPaperError):
    """A setting, path or argument is wrong; the message says which and what to do."""


class UpstreamError(OrderPaperError):
    """A site did not answer as agreed: unreachable, refused, or not in its own format."""


class ParseError(OrderPaperError):
    """A document is not understood. Caught per document: the document goes to quarantine with this reason."""


class AuditError(OrderPaperError):
    """The built warehouse failed its audit, so it was not published."""
