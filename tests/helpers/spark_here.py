"""Whether Spark can start on this machine."""

import pytest

from orderpaper.errors import OrderPaperError
from orderpaper.warehouse import spark


def why_not() -> str:
    """Say why Spark cannot start here, or nothing."""
    try:
        spark.check_installed()
    except OrderPaperError as error:
        return str(error)
    return ""


needs_spark = [
    pytest.mark.slow,  # Spark takes minutes
    pytest.mark.timeout(3600),
    pytest.mark.skipif(bool(why_not()), reason=why_not()),
]
