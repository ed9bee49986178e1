"""Stand in for dbt's `adapter` in sqlfluff, and dispatch macros to those of Spark."""

from collections.abc import Callable

from jinja2 import pass_context
from jinja2.runtime import Context


@pass_context
def dispatch(context: Context, name: str) -> Callable[..., str]:
    """The implementation of the macro `name` for Spark, or the default."""
    return context.get(f"spark__{name}") or context[f"default__{name}"]
