import pytest
from hypothesis import given
from hypothesis import strategies as st

from orderpaper.errors import ParseError
from orderpaper.reading.markup import html_to_text
from orderpaper.reading.payloads import text_of
from orderpaper.reading.tidy import TidyText, tidy


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
        ("£25 million<sup>1</sup>, £300<sup> 2 </sup>", "£25 million¹, £300 ²"),
        ("<td>12.5<sup><b>1,2</b></sup></td><td>6<sup>(p)</sup></td>", "12.5¹,²\t6⁽ᵖ⁾"),
        ("5<sup>th</sup> May<sup>[1]</sup>, 10<sup>-6</sup>", "5th May[1], 10⁻⁶"),
        ("CO<sub>2</sub>, NO<sub>x</sub> and H<sub>low</sub>", "CO₂, NOₓ and Hlow"),
        ("<p>We gave <del>£5m</del> <s>£6m</s> £7m.</p>", "We gave ~~£5m~~ ~~£6m~~ £7m."),
        ("£5&#8203;million, mil&shy;lion, £2&thinsp;300&#8239;000", "£5million, million, £2 300 000"),
        ("cafe\u0301s\u2060", "cafés"),
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


@given(
    st.lists(st.text("<p>/ab\x00\t\n\r\v\xa0\u200bé£~", max_size=8), min_size=1, max_size=4),
    st.sampled_from(["", " ", "\n"]),
)
def test_paragraphs_are_read_as_any_markup_is(texts, space):
    markup = space.join(f"<p>{text.replace('<', '')}</p>" for text in texts)
    assert html_to_text(markup) == html_to_text(f"<div>{markup}</div>")


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


odd_text = st.text(st.sampled_from("£5 m\tn\n\xa0\u2009\u202f\u200b\u200d\xad\ufeffe\u0301\u0308\u212b"), max_size=30)


@given(odd_text)
def test_a_tidy_text_keeps_the_place_of_every_character(stored):
    tidied = TidyText.of(stored)
    assert tidied.text == tidy(stored) == tidy(tidied.text)
    spans = [tidied.stored_span(at, at + 1) for at in range(len(tidied.text))]
    assert spans == sorted(spans)
    for (start, end), character in zip(spans, tidied.text, strict=True):
        assert character in tidy(stored[start:end])


def test_a_text_that_is_tidy_is_not_copied():
    text = "£5 million for cafés"
    assert TidyText.of(text).text is text


def test_a_text_of_a_list_has_one_kind_of_space() -> None:
    assert text_of("Tides\xa0and&nbsp;gulls\u200b ", is_list=True) == "Tides and gulls"
