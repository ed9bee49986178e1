import duckdb
import pytest

from orderpaper.errors import OrderPaperError
from orderpaper.warehouse import cookbook


def test_the_page_has_every_recipe_as_it_stands_in_the_analyses():
    page = cookbook.PATH.read_text(encoding="utf-8")
    recipes = cookbook.read_recipes()
    assert len(recipes) >= 20
    assert [line[3:] for line in page.splitlines() if line.startswith("## ")] == [recipe.title for recipe in recipes]
    for recipe in recipes:
        assert f"```sql\n{recipe.sql}\n```" in page, f"{recipe.name} differs; run `make cookbook`"


def test_a_recipe_is_its_title_query_and_rows(tmp_path, monkeypatch):
    monkeypatch.setattr(cookbook, "_ANALYSES", tmp_path)
    (tmp_path / "why.sql").write_text("{# Why? #}\nselect 'a|b' as text, 2.50::double as share from {{ ref('one') }}\n")
    with duckdb.connect() as connection:
        connection.execute("CREATE TABLE one AS SELECT 1")
        page = cookbook.render(connection)
    assert page.endswith(
        "## Why?\n\n```sql\nselect 'a|b' as text, 2.50::double as share from one\n```\n\n"
        "| text | share |\n| --- | --- |\n| a\\|b | 2.5 |\n"
    )


def test_an_analysis_without_a_title_is_named(tmp_path, monkeypatch):
    monkeypatch.setattr(cookbook, "_ANALYSES", tmp_path)
    (tmp_path / "why.sql").write_text("select 1\n")
    with pytest.raises(OrderPaperError, match=r"why\.sql does not begin with its title"):
        cookbook.read_recipes()
