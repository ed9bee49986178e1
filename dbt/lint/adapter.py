"""The `adapter` of dbt, for sqlfluff: it renders models without dbt, so macros are dispatched to their defaults."""

from collections.abc import Callable

from jinja2 import pass_context
from jinja2.runtime import Context


@pass_context
def dispatch(context: Context, name: str) -> Callable[..., str]:
    """The default implementation of the macro `name`."""
    return context[f"default__{name}"]
