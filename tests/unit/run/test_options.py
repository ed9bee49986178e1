import datetime as dt
from pathlib import Path

import pytest

from orderpaper.errors import ConfigError
from orderpaper.run.options import LIVE_DAYS, read_options
from orderpaper.simulate import DEFAULT_FROM, DEFAULT_TO


@pytest.fixture
def home(tmp_path: Path) -> dict[str, str]:
    return {"ORDERPAPER_HOME": str(tmp_path / "home")}


def test_without_variables_a_simulated_week_is_loaded(home: dict[str, str]) -> None:
    options = read_options(home)
    assert (options.source, options.from_on, options.to_on) == ("simulated", DEFAULT_FROM, DEFAULT_TO)
    assert options.paths.realm == "simulated"
    assert options.inbox is None


def test_an_empty_variable_is_one_that_is_not_set(home: dict[str, str]) -> None:
    assert read_options(home | dict.fromkeys(["INBOX", "SOURCE", "REPLAY", "FROM", "TO"], "")) == read_options(home)


def test_live_takes_the_last_days(home: dict[str, str]) -> None:
    options = read_options(home | {"SOURCE": "live"})
    assert options.to_on - options.from_on == dt.timedelta(days=LIVE_DAYS)
    assert options.paths.realm == "live"


def test_replay_takes_the_months_captured(home: dict[str, str], tmp_path: Path) -> None:
    capture = tmp_path / "capture"
    (capture / "written_questions").mkdir(parents=True)
    for name in ("2024-01.json", "2024-02.json", "2024-02.fulltext.jsonl", "detail_payloads.json"):
        (capture / "written_questions" / name).touch()
    options = read_options(home | {"SOURCE": "replay", "REPLAY": str(capture)})
    assert (options.from_on, options.to_on) == (dt.date(2024, 1, 1), dt.date(2024, 2, 29))


def test_a_capture_has_a_realm_of_its_own(
    home: dict[str, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    realms = set()
    for name in ("first", "second"):
        (tmp_path / name / "written_questions").mkdir(parents=True)
        (tmp_path / name / "written_questions" / "2024-11.json").touch()
        for spelling in (name, str(tmp_path / name), f"{name}/../{name}"):
            realms.add(read_options(home | {"SOURCE": "replay", "REPLAY": spelling}).paths.realm)
    assert len(realms) == 2
    assert all(realm.startswith("replay-") for realm in realms)


def test_a_relative_inbox_counts_from_where_make_was_called(
    home: dict[str, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "dropped").mkdir()
    monkeypatch.chdir(tmp_path)
    assert read_options(home | {"INBOX": "dropped"}).inbox == tmp_path / "dropped"


@pytest.mark.parametrize(
    ("variables", "sentence"),
    [
        ({"SOURCE": "dead"}, "SOURCE is 'dead'; use one of simulated, live, replay."),
        ({"FROM": "yesterday"}, "FROM is 'yesterday', which is not a date; write it as YYYY-MM-DD."),
        ({"TO": "2025-02-30"}, "TO is '2025-02-30', which is not a date; write it as YYYY-MM-DD."),
        (
            {"FROM": "2025-03-14", "TO": "2025-03-10"},
            "FROM (2025-03-14) is after TO (2025-03-10); swap them, or give both.",
        ),
        ({"SOURCE": "replay"}, "SOURCE=replay needs REPLAY=<folder of captured payloads>."),
        ({"SOURCE": "replay", "REPLAY": "/nowhere"}, "REPLAY is '/nowhere', which does not exist."),
        ({"REPLAY": "/"}, "REPLAY is for SOURCE=replay, but SOURCE is 'simulated'."),
        ({"INBOX": "/dev/null"}, "INBOX is '/dev/null', which is not a folder."),
        (
            {"ORDERPAPER_HOME": "/dev/null/home"},
            "ORDERPAPER_HOME is /dev/null/home, which cannot be written (Not a directory).",
        ),
    ],
)
def test_what_is_wrong_is_one_sentence(home: dict[str, str], variables: dict[str, str], sentence: str) -> None:
    with pytest.raises(ConfigError) as error:
        read_options(home | variables)
    assert str(error.value) == sentence


def test_a_replay_folder_without_a_capture_is_refused(home: dict[str, str], tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"no written_questions/YYYY-MM\.json in it"):
        read_options(home | {"SOURCE": "replay", "REPLAY": str(tmp_path)})
