"""Simulated saved documents: all five kinds, with the same bytes every time, and with faults that the audit finds."""

import datetime as dt
import re
from pathlib import Path

import pytest

from orderpaper.errors import ConfigError
from orderpaper.simulate import DEFAULT_AS_OF, DEFAULT_FROM, DEFAULT_TO
from orderpaper.simulate.__main__ import main
from orderpaper.simulate.parliament import SimulatedParliament
from orderpaper.simulate.question_window import Window
from orderpaper.simulate.sittings import Span
from orderpaper.sources.inbox.simulated import write


@pytest.fixture(scope="module")
def texts(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    folder = tmp_path_factory.mktemp("saved")
    return [path.read_text() for path in write(folder, seed=1, first=DEFAULT_FROM, last=DEFAULT_TO)]


def test_the_same_bytes_every_time_in_neutral_names(tmp_path: Path) -> None:
    written = [write(tmp_path / name, seed=1, first=DEFAULT_FROM, last=DEFAULT_TO) for name in ("one", "other")]
    contents = [{path.name: path.read_bytes() for path in paths} for paths in written]
    assert contents[0] == contents[1]
    assert len(set(contents[0].values())) == 13
    assert all(re.fullmatch(r"\d{3}_[0-9a-f]{16}\.txt", name) for name in contents[0])
    assert write(tmp_path / "two", seed=2, first=DEFAULT_FROM, last=DEFAULT_TO)[0].name not in contents[0]


def test_all_five_kinds(texts: list[str]) -> None:
    marks = {
        "listing": lambda text: "Asked by: " in text,
        "bare question": lambda text: text.startswith("Question to "),
        "digest": lambda text: text.startswith("← Back to House of Commons Debates\n"),
        "oral sitting": lambda text: re.match(r"(What|If) ", text) is not None,
        "post": lambda text: text.startswith("Skip to main content\n"),
    }
    kinds = [[kind for kind, is_kind in marks.items() if is_kind(text)] for text in texts]
    assert (
        sorted(kinds)
        == [["bare question"]] * 2 + [["digest"]] * 2 + [["listing"]] * 2 + [["oral sitting"]] * 2 + [["post"]] * 5
    )


def test_every_document_but_bare_questions_names_sums(texts: list[str]) -> None:
    assert all("£" in text for text in texts if not text.startswith("Question to "))


def test_listings_repeat_questions_of_the_api_and_add_others(texts: list[str]) -> None:
    served = {
        question.text
        for question in SimulatedParliament().written_questions.within(Window(answered=Span(DEFAULT_FROM, DEFAULT_TO)))
    }
    for text in texts:
        if "Asked by: " in text:
            questions = re.findall(r"^To ask .*$", text, re.MULTILINE)
            assert len(questions) == 11
            assert 8 <= len(served & set(questions)) < 11


def test_some_names_and_parties_are_not_those_of_the_register(texts: list[str]) -> None:
    members = SimulatedParliament().people.members.values()
    register = {(m.name_on(DEFAULT_AS_OF).display, m.party_on(DEFAULT_AS_OF)) for m in members}
    names = {name for name, _ in register}
    printed = re.findall(r"^Asked by: (.*?) \((.*) - .*\)$", "\n".join(texts), re.MULTILINE)
    assert len(printed) == 22
    unknown = [name for name, _ in printed if name not in names]
    wrong = [(name, party) for name, party in printed if name in names and (name, party) not in register]
    assert len(unknown) == 2
    assert len(wrong) >= 2
    assert any("Penelope Farthingale" in text for text in texts)
    assert any("Ottoline Gascoyne-Peel" in text for text in texts)
    assert not {"Penelope Farthingale", "Ottoline Gascoyne-Peel"} & names


def test_documents_are_of_the_days_asked_for(tmp_path: Path) -> None:
    written = write(tmp_path, seed=4, first=dt.date(2019, 3, 5), last=dt.date(2019, 3, 6))
    days = re.findall(r"\b(\d+ March 2019)\nLead MP", "\n".join(path.read_text() for path in written))
    assert set(days) <= {"05 March 2019", "06 March 2019"}
    assert days


def test_nothing_is_written_in_a_recess(tmp_path: Path) -> None:
    assert write(tmp_path / "empty", seed=1, first=dt.date(2025, 8, 4), last=dt.date(2025, 8, 8)) == []
    assert list((tmp_path / "empty").iterdir()) == []


def test_a_folder_that_cannot_be_written_is_said_in_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(ConfigError, match="cannot be written"):
        write(tmp_path / "file" / "inbox", seed=1, first=DEFAULT_FROM, last=DEFAULT_TO)


def test_the_command_lists_what_it_wrote(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["write-documents", "--directory", str(tmp_path), "--from", "2025-03-10", "--to", "2025-03-11"]) == 0
    assert capsys.readouterr().out.count(".txt") == len(list(tmp_path.glob("*.txt"))) == 13
