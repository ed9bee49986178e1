"""A hyphen at the end of a line is left out if a printer divided the word there, and kept if it is that of its word."""

import re
import time

import pytest
from test_page_breaks import TEXTS, read, said

from orderpaper.errors import ParseError
from orderpaper.reading.hyphens import refuse_divided
from orderpaper.reading.lines import content_lines
from orderpaper.reading.page_breaks import running_text

WORD = re.compile(r"(?<![\w/-])[a-z]{6,}(?![\w/-])")


def divisions(text: str, mark: str) -> list[tuple[str, str, str]]:
    """Return a text with each word of it divided at the end of a line, with the parts of that word."""
    found = []
    for match in WORD.finditer(text):
        middle = (match.start() + match.end()) // 2
        parts = text[match.start() : middle], text[middle : match.end()]
        found.append((f"{text[:middle]}{mark}\n{text[middle:]}", *parts))
    return found


@pytest.mark.parametrize("name", TEXTS)
@pytest.mark.parametrize("mark", ["\xad", "¬"])
def test_a_word_that_says_that_it_is_divided_is_joined_in_any_place(name, mark):
    words = TEXTS[name][1].split()
    for text, *_ in divisions(TEXTS[name][1], mark):
        assert running_text(text).replace("\xad", "").split() == words


@pytest.mark.parametrize("name", TEXTS)
def test_a_word_that_stands_elsewhere_without_its_hyphen_is_joined_in_any_place(name):
    whole = TEXTS[name][1]
    texts = divisions(whole, "-")
    for text, head, tail in texts[:: max(1, len(texts) // 40)]:
        found = running_text(f"{text}\n\n{head}{tail} and {head.upper()}{tail}")
        assert found.split()[: len(whole.split())] == whole.split()
        kept = running_text(f"{text}\n\n{head}-{tail}")
        assert f"{head}-{tail}" in re.sub(r"-\s+", "-", kept)
        assert "".join(kept.split()) == "".join(f"{text}{head}-{tail}".split())


@pytest.mark.parametrize("name", TEXTS)
def test_a_hyphen_that_may_be_of_a_word_is_kept_or_refused_beside_a_divided_word(name):
    whole = TEXTS[name][1]
    texts = divisions(whole, "-")
    for text, head, tail in texts[:: max(1, len(texts) // 40)]:
        try:
            found = running_text(f"Two govern-\nments were asked.\n\n{text}")
        except ParseError as error:
            assert re.match(rf"line [0-9]+: “{head}-” goes on with “{tail}”", str(error))
            continue
        assert found.startswith("Two governments were asked.")
        joined = re.sub(r"-\s+", "-", found)
        assert f"{head}{tail}" in joined or f"{head}-{tail}" in joined


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("We fund govern-\nments.", "We fund governments."),
        ("The juri-\nsdiction is ours.", "The jurisdiction is ours."),
        ("The str-\nength is ours.", "The strength is ours."),
        ("A better rela-\ntion of two Recom-\nmendations.", "A better relation of two Recommendations."),
        ("We act with-\nout them, who are out.", "We act without them, who are out."),
        ("A low-\nincome town, where incomes are low.", "A low-income town, where incomes are low."),
        ("We roll-\nout or re-\nuse.", "We roll- out or re- use."),
        ("It is long-\nterm work.", "It is long-term work."),
        ("We meet pre-\nand post-war needs.", "We meet pre- and post-war needs."),
        ("See https://www.example.org/wp-\ncontent/a.", "See https://www.example.org/wp- content/a."),
        ("An NHS-\nfunded plan of the NHS is funded.", "An NHS-funded plan of the NHS is funded."),
        ("The Anglo-\nWelsh border.", "The Anglo- Welsh border."),
        ("The pi-\nand of the piand.", "The piand of the piand."),
        ("An e-\nmail.", "An e-mail."),
    ],
)
def test_a_hyphen_is_left_out_only_if_the_word_is_known_without_it(text, shown):
    assert running_text(text).split() == shown.split()


@pytest.mark.parametrize("name", TEXTS)
def test_a_row_with_a_hyphen_that_may_be_either_is_refused_by_itself_wherever_it_stands(name):
    """Each word of each text is divided as a word that no list has, so that the hyphen may be either."""
    whole = TEXTS[name][1]
    count = 0
    for match in [*WORD.finditer(whole)]:
        text = f"{whole[: match.start()]}quim-\nzle{whole[match.end() :]}"
        try:
            parsed = read(name, text)
        except ParseError as error:  # it has one row, or the word was one of a label
            count += "may be “quimzle” or “quim-zle”" in str(error)
            continue
        assert "quim" not in str(said(parsed)), match[0]
        count += any("may be “quimzle” or “quim-zle”" in refusal.reason for refusal in parsed.refusals)
    assert count


def test_a_divided_word_keeps_the_numbers_of_the_lines_below():
    for name, (_, whole) in TEXTS.items():
        lines = whole.split("\n")
        for text, *_ in divisions(whole, "\xad")[::20]:
            assert running_text(text).count("\n") == len(lines)
        assert said(read(name, whole)) == said(read(name, running_text(whole)))


def test_hyphens_are_read_in_time_that_grows_with_the_text():
    for text in (
        "a-" * 100_000,
        "a-\n" * 70_000,
        "a" * 200_000 + "-\nb",
        "long-\nterm word-\n" * 20_000,
        "/" * 200_000,
    ):
        start = time.process_time()
        try:
            running_text(text)
        except ParseError as error:
            assert "goes on with" in str(error)
        assert time.process_time() - start < 4


def test_a_row_below_a_long_line_is_read_in_time_that_grows_with_the_text():
    text = ("a" * 990 + "\n") * 8_000
    start = time.process_time()
    for line in content_lines(text):
        refuse_divided(text, [line])
    assert time.process_time() - start < 4


@pytest.mark.parametrize("above", ["fire-\n", "fire-\n \n\n", "One.\nfire-\n"])
def test_a_row_whose_first_word_may_begin_in_the_line_above_is_refused(above):
    text = f"{above}works are sold."
    with pytest.raises(ParseError, match="“fire-” goes on with “works”"):
        refuse_divided(text, content_lines(text)[-1:])
