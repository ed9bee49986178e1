import pytest
from hypothesis import given
from hypothesis import strategies as st

from orderpaper.errors import ParseError
from orderpaper.reading.markup import html_to_text


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ("plain  text", "plain text"),
        ("<p>One</p><p>Two</p>", "One\nTwo"),
        ("<p>One<br>Two</p>", "One\nTwo"),
        ("<p>&pound;5&nbsp;million &amp; more</p>", "£5 million & more"),
        ("<ul><li>One</li><li>Two</li></ul>", "One\nTwo"),
        ("<p> </p><p>One</p><p> </p>", "One"),
        ("<p>see <a href='x'>this <b>link</b></a>.</p>", "see this link."),
        ("<p>a</p>tail", "a\ntail"),
        ("before<!-- hidden -->after", "beforeafter"),
        ("<p>one</p><script>two()</script>three", "one\nthree"),
        (
            "<table><tr><th>Year</th><th>£m</th></tr><tr><td>2024</td><td><p>1</p><p>2</p></td></tr></table>",
            "Year\t£m\n2024\t1 2",
        ),
        ("<table><tr><td>a</td><td></td><td>c</td></tr></table>", "a\t\tc"),
        ("fish &amp; chips < steak", "fish & chips < steak"),
        ("", ""),
    ],
)
def test_markup_to_text(markup, text):
    assert html_to_text(markup) == text


def test_deep_nesting_is_read_whole_or_refused():
    assert html_to_text("<div>" * 1_000 + "end") == "end"
    with pytest.raises(ParseError, match="nested too deep"):
        html_to_text("<div>" * 50_000 + "end")
    with pytest.raises(ParseError, match="cannot be read"):
        html_to_text("<html><frameset><frame></frameset></html>")


@given(st.text())
def test_any_text_is_read_and_its_lines_are_trimmed(markup):
    text = html_to_text(markup)
    assert text == text.strip(" \n")
    assert " \n" not in text
    assert "\n\n" not in text


@given(st.lists(st.text(alphabet="abc £1.", min_size=1).filter(str.strip), min_size=1))
def test_a_line_a_paragraph(paragraphs):
    markup = "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs)
    assert html_to_text(markup).split("\n") == [" ".join(paragraph.split()) for paragraph in paragraphs]
