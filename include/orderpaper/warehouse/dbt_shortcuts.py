"""Keep dbt from computing again for each model what is the same for all. It is imported only where dbt is.

Most of the processor time of a small build is dbt's own, and this module spares a fifth of it.
"""

from collections.abc import Callable, Iterable, Iterator
from functools import cache
from typing import Any

from dbt.clients.jinja import MacroGenerator
from dbt.context import base
from dbt.context.macro_resolver import TestMacroNamespace
from dbt.context.macros import GLOBAL_PROJECT_NAME, MacroNamespace
from dbt.context.manifest import ManifestContext
from dbt_common.clients import agate_helper, jinja
from dbt_common.clients.jinja import MacroFuzzEnvironment, NativeSandboxEnvironment

_compile = MacroFuzzEnvironment.compile
_environment = jinja.get_environment
_type_tester = agate_helper.build_type_tester
_modules = base.get_context_modules
_own_namespace, _own_to_dict = ManifestContext._build_namespace, ManifestContext.to_dict


class _Macros(dict[str, Any]):
    """What calls each macro, by name, made when it is looked up: dbt makes all 700 for each model, which calls ten."""

    def __init__(self, macros: dict[str, Any], make: Callable[[Any], MacroGenerator]) -> None:
        super().__init__()
        self._macros, self._make = macros, make

    def __missing__(self, name: str) -> MacroGenerator:
        made = self[name] = self._make(self._macros[name])
        return made

    def __contains__(self, name: object) -> bool:
        return super().__contains__(name) or name in self._macros

    def get(self, name: str, default: Any = None) -> Any:
        try:
            return self[name]
        except KeyError:
            return default

    def __iter__(self) -> Iterator[str]:
        return iter(self.keys())

    def keys(self) -> Any:
        for name in self._macros:  # who copies it gets all
            self[name]
        return super().keys()


def _build_namespace(context: ManifestContext) -> MacroNamespace:
    """Give a context the macros and the namespace that dbt's own function gives it."""
    builder = context._get_namespace_builder()
    given = context.manifest.get_macros_by_package()

    def make(macro: Any) -> MacroGenerator:
        return MacroGenerator(macro, ctx, builder.node, builder.thread_ctx)

    internal: dict[str, Any] = {}
    for package in reversed(builder.internal_package_names_order):
        internal |= given.get(package, {})
    own = given.keys() - builder.internal_package_names
    packages = {package: _Macros(given[package], make) for package in own}
    root, local = ({package} & own for package in (builder.root_package, builder.search_package))
    above = {name: macro for package in (*root, *local) for name, macro in given[package].items()}
    context._ctx = ctx = _Macros(internal | above, make)
    namespace = MacroNamespace(
        global_namespace=packages[min(root)] if root - local else {},
        local_namespace=packages[min(local)] if local else {},
        global_project_namespace=_Macros(internal, make),
        packages=packages,
    )
    ctx.update({name: namespace[name] for name in (GLOBAL_PROJECT_NAME, *packages)})
    return namespace


def _to_dict(context: ManifestContext) -> Any:
    """Return everything that templates of a context may name. A macro hides what dbt itself has of the same name."""
    if isinstance(context.namespace, TestMacroNamespace):
        return _own_to_dict(context)
    found = super(ManifestContext, context).to_dict()
    hidden = {name: context.namespace[name] for name in found["builtins"] if name in context.namespace}
    found.update(hidden)
    return found


@cache
def _compiled(native: bool, source: str) -> Any:
    return _compile(_plain_environment(native), source)


def _compile_once(environment: MacroFuzzEnvironment, source: Any, *more: Any, **named: Any) -> Any:
    """Compile a template, or return what it was compiled to before."""
    if more or named or not isinstance(source, str):
        return _compile(environment, source, *more, **named)
    return _compiled(isinstance(environment, NativeSandboxEnvironment), source)


@cache
def _plain_environment(native: bool) -> Any:
    return _environment(native=native)


def _get_environment(node: Any = None, capture_macros: bool = False, native: bool = False) -> Any:
    """Return the environment of templates; all that do not note which macros they call have the same."""
    return _environment(node, capture_macros, native) if capture_macros else _plain_environment(native)


@cache
def _tester(text_columns: frozenset[str], null_values: tuple[str, ...]) -> Any:
    return _type_tester(text_columns, null_values)


def _build_type_tester(text_columns: Iterable[str], string_null_values: Iterable[str] = ("null", "")) -> Any:
    """Return what finds the types of a result. Each new one would bring a parser of dates in words."""
    return _tester(frozenset(text_columns), tuple(string_null_values))


def take() -> None:
    """Let dbt take these shortcuts from now on."""
    ManifestContext._build_namespace = _build_namespace
    ManifestContext.to_dict = _to_dict
    MacroFuzzEnvironment.compile = _compile_once  # type: ignore[assignment, method-assign]
    jinja.get_environment = _get_environment
    agate_helper.build_type_tester = _build_type_tester  # type: ignore[assignment]
    base.get_context_modules = cache(_modules)
