"""What dbt is spared is as dbt itself makes it. Only the tests import dbt, which takes two seconds."""

from types import SimpleNamespace

import pytest

INTERNAL = ["dbt_duckdb", "dbt"]


def given():
    """Return macros of packages, of which some have one name."""
    names = {"dbt": ["a", "b", "c"], "dbt_duckdb": ["b"], "orderpaper": ["c", "d"], "utilities": ["d", "e", "a"]}
    return {
        package: {
            name: SimpleNamespace(name=name, package_name=package, unique_id=f"macro.{package}.{name}") for name in each
        }
        for package, each in names.items()
    }


def target(generator):
    return (generator.macro.unique_id, generator.node, generator.stack) if hasattr(generator, "macro") else {}


@pytest.mark.parametrize("search_package", ["orderpaper", "utilities", "dbt", "dbt_duckdb"])
def test_a_context_has_the_macros_that_dbt_gives_it(monkeypatch, search_package):
    from dbt.clients.jinja import MacroStack
    from dbt.context.base import BaseContext
    from dbt.context.macros import MacroNamespaceBuilder
    from dbt.context.manifest import ManifestContext

    from orderpaper.warehouse import dbt_shortcuts

    stack, node = MacroStack(), SimpleNamespace()
    monkeypatch.setattr(
        BaseContext, "generate_builtins", lambda _: {"c": "hidden", "utilities": "hidden", "log": "own"}
    )
    monkeypatch.setattr(
        ManifestContext,
        "_get_namespace_builder",
        lambda _: MacroNamespaceBuilder("orderpaper", search_package, stack, INTERNAL, node),
    )
    own, ours = (object.__new__(ManifestContext) for _ in range(2))
    for context, build, to_dict in (
        (own, dbt_shortcuts._own_namespace, dbt_shortcuts._own_to_dict),
        (ours, dbt_shortcuts._build_namespace, dbt_shortcuts._to_dict),
    ):
        context._ctx = {}
        context.manifest = SimpleNamespace(get_macros_by_package=given)
        context.namespace = build(context)
        context.found = to_dict(context)
    for name, expected in own.found.items():
        assert name in ours.found
        if target(expected):
            assert target(ours.found[name]) == target(expected)
            assert ours.found[name].context is ours.found
        elif name in ("dbt", "utilities", "orderpaper"):
            assert {each: target(ours.found[name][each]) for each in expected} == {
                each: target(made) for each, made in expected.items()
            }
    assert dict(ours.found).keys() == own.found.keys()
    assert ours.found["log"] == "own"
    assert "f" not in ours.found
    assert ours.found.get("f") is None
    for package in (None, "dbt", "orderpaper", "utilities"):
        for name in "abcdef":
            found, expected = (each.namespace.get_from_package(package, name) for each in (ours, own))
            assert target(found) == target(expected)


def test_a_template_is_compiled_once_for_each_kind_of_result(monkeypatch):
    from dbt_common.clients import jinja

    from orderpaper.warehouse import dbt_shortcuts

    monkeypatch.setattr(jinja.MacroFuzzEnvironment, "compile", dbt_shortcuts._compile_once)
    monkeypatch.setattr(jinja, "get_environment", dbt_shortcuts._get_environment)
    text, value = (jinja.get_template("{{ 1 + n }}", {"n": 1}, native=native) for native in (False, True))
    again = jinja.get_template("{{ 1 + n }}", {"n": 2})
    assert (text.render({"n": 1}), value.render({"n": 1}), again.render({"n": 2})) == ("2", 2, "3")
    with pytest.raises(Exception, match="unexpected"):
        jinja.get_template("{{ 1 + }}", {})


def test_results_have_the_types_that_dbt_gives_them(monkeypatch):
    from dbt_common.clients import agate_helper

    from orderpaper.warehouse import dbt_shortcuts

    rows = [{"number": "007", "day": "2025-03-10", "text": "null"}]
    own = agate_helper.table_from_data_flat(rows, ["number", "day", "text"])
    monkeypatch.setattr(agate_helper, "build_type_tester", dbt_shortcuts._build_type_tester)
    for _ in range(2):
        ours = agate_helper.table_from_data_flat(rows, ["number", "day", "text"])
        assert [dict(row) for row in ours] == [dict(row) for row in own]
