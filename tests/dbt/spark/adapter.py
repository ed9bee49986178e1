"""What dbt calls `adapter`, for sqlfluff: macros are dispatched to what they are on Spark."""

from collections.abc import Callable

from jinja2 import pass_context
from jinja2.runtime import Context


@pass_context
def dispatch(context: Context, name: str) -> Callable[..., str]:
    """The implementation of the macro `name` for Spark, or the default."""
    return context.get(f"spark__{name}") or context[f"default__{name}"]
