import pytest

from orderpaper.run import __main__ as commands


def test_a_backfill_without_its_first_day_says_so(monkeypatch, capsys, tmp_path):
    monkeypatch.setattr("sys.argv", ["orderpaper.run", "backfill"])
    monkeypatch.setenv("ORDERPAPER_HOME", str(tmp_path))
    monkeypatch.delenv("FROM", raising=False)
    assert commands.main() == 2
    assert capsys.readouterr().err == "make backfill needs FROM=YYYY-MM-DD, the first day to fetch.\n"


@pytest.mark.parametrize(("given", "problem"), [("2025-02-30", "not a date"), ("2025-03-31", "is after TO")])
def test_a_backfill_from_a_day_that_cannot_be_says_so(monkeypatch, capsys, tmp_path, given, problem):
    monkeypatch.setattr("sys.argv", ["orderpaper.run", "backfill"])
    monkeypatch.setenv("ORDERPAPER_HOME", str(tmp_path))
    monkeypatch.setenv("FROM", given)
    assert commands.main() == 2
    assert problem in capsys.readouterr().err
