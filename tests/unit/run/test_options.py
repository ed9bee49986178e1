import datetime as dt
from pathlib import Path

import pytest

from orderpaper.errors import ConfigError
from orderpaper.run.options import LIVE_DAYS, check
from orderpaper.simulate import DEFAULT_FROM, DEFAULT_TO


@pytest.fixture
def capture(tmp_path: Path) -> Path:
    lists = tmp_path / "capture" / "written_questions"
    lists.mkdir(parents=True)
    for name in ("2024-01.json", "2024-02.json", "2024-02.fulltext.jsonl", "detail_payloads.json"):
        (lists / name).touch()
    return lists.parent


def test_by_default_a_simulated_week_is_loaded(tmp_path: Path) -> None:
    options = check(tmp_path / "home")
    assert (options.source, options.from_on, options.to_on) == ("simulated", DEFAULT_FROM, DEFAULT_TO)
    assert options.paths.home == tmp_path / "home"
    assert options.paths.realm == "simulated"
    assert options.inbox is None


def test_live_takes_the_last_days(tmp_path: Path) -> None:
    options = check(tmp_path, "live")
    assert options.to_on - options.from_on == dt.timedelta(days=LIVE_DAYS)
    assert options.paths.realm == "live"


def test_replay_takes_the_months_captured(tmp_path: Path, capture: Path) -> None:
    options = check(tmp_path, "replay", replay=capture)
    assert (options.from_on, options.to_on) == (dt.date(2024, 1, 1), dt.date(2024, 2, 29))


def test_a_capture_has_a_realm_of_its_own(tmp_path: Path, capture: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    other = capture.rename(tmp_path / "other")
    (tmp_path / "capture").symlink_to(other, target_is_directory=True)
    realms = {
        check(tmp_path, "replay", replay=Path(spelling)).paths.realm
        for spelling in ("other", str(other), "other/../other", "capture")
    }
    (realm,) = realms
    assert realm.startswith("replay-")
    moved = other.rename(tmp_path / "moved")
    assert check(tmp_path, "replay", replay=moved).paths.realm != realm


def test_a_relative_inbox_is_resolved_in_the_working_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "dropped").mkdir()
    monkeypatch.chdir(tmp_path)
    assert check(tmp_path, inbox=Path("dropped")).inbox == tmp_path / "dropped"


@pytest.mark.parametrize(
    ("home", "request_", "sentence"),
    [
        (
            "home",
            {"from_on": dt.date(2025, 3, 14), "to_on": dt.date(2025, 3, 10)},
            "FROM (2025-03-14) is after TO (2025-03-10); swap them, or give both.",
        ),
        ("home", {"source": "replay"}, "SOURCE=replay needs REPLAY=<folder of captured payloads>."),
        ("home", {"replay": Path("/")}, "REPLAY is for SOURCE=replay, but SOURCE is 'simulated'."),
        ("/dev/null/home", {}, "ORDERPAPER_HOME is /dev/null/home, which cannot be written (Not a directory)."),
    ],
)
def test_what_does_not_agree_is_one_sentence(tmp_path: Path, home: str, request_: dict, sentence: str) -> None:
    with pytest.raises(ConfigError) as error:
        check(tmp_path / home, **request_)
    assert str(error.value) == sentence


def test_a_replay_folder_without_a_capture_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"no written_questions/YYYY-MM\.json in it"):
        check(tmp_path, "replay", replay=tmp_path)
