"""The grammar of amounts: what is read, to the penny and to the character."""

from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from orderpaper.enrichment.money import find_figures
from orderpaper.enrichment.money.amounts import find_amounts
from orderpaper.enrichment.money.words import read_words

MILLION, BILLION = 10**6, 10**9


@pytest.mark.parametrize(
    ("printed", "low", "high", "currency"),
    [
        ("£13.1 million", 13_100_000, 13_100_000, "GBP"),
        ("£160m", 160 * MILLION, 160 * MILLION, "GBP"),
        ("£200million", 200 * MILLION, 200 * MILLION, "GBP"),
        ("£28-million", 28 * MILLION, 28 * MILLION, "GBP"),
        ("£5 hundred million", 500 * MILLION, 500 * MILLION, "GBP"),
        ("£5 and a half million", 5_500_000, 5_500_000, "GBP"),
        ("5 and a half million pounds", 5_500_000, 5_500_000, "GBP"),
        ("£5·6 million", 5_600_000, 5_600_000, "GBP"),
        ("£5 million¹", 5 * MILLION, 5 * MILLION, "GBP"),
        ("£5 million1", 5 * MILLION, 5 * MILLION, "GBP"),
        ("£300²", 300, 300, "GBP"),
        ("£25¹ million", 25 * MILLION, 25 * MILLION, "GBP"),
        ("£40₁ million", 40 * MILLION, 40 * MILLION, "GBP"),
        ("£1 500 2024", 1_500, 1_500, "GBP"),
        ("₹5 crore", 50 * MILLION, 50 * MILLION, "INR"),
        ("£ 844.5 million", 844_500_000, 844_500_000, "GBP"),
        ("£2.5-3bn", 2_500_000_000, 3 * BILLION, "GBP"),
        ("£1.5bn - £7.8bn", 1_500_000_000, 7_800_000_000, "GBP"),
        ("£20,000-£22,500", 20_000, 22_500, "GBP"),
        ("£4,000–5,000", 4_000, 5_000, "GBP"),
        ("£100,000 to £150,000", 100_000, 150_000, "GBP"),
        ("£1.3 to 1.5 billion", 1_300_000_000, 1_500_000_000, "GBP"),
        ("£1,200", 1_200, 1_200, "GBP"),
        ("£12.21", Decimal("12.21"), Decimal("12.21"), "GBP"),
        ("£108K", 108_000, 108_000, "GBP"),
        ("£1.6M", 1_600_000, 1_600_000, "GBP"),
        ("£1.5 billon", 1_500_000_000, 1_500_000_000, "GBP"),
        ("£ <10m", 10 * MILLION, 10 * MILLION, "GBP"),
        ("£.5m", 500_000, 500_000, "GBP"),
        ("between £.5m and £1.5m", 500_000, 1_500_000, "GBP"),
        (".5p", Decimal("0.005"), Decimal("0.005"), "GBP"),
        ("£0", 0, 0, "GBP"),
        ("half a billion pounds", 500 * MILLION, 500 * MILLION, "GBP"),
        ("two billion pounds", 2 * BILLION, 2 * BILLION, "GBP"),
        ("a thousand pounds", 1_000, 1_000, "GBP"),
        ("one and a half million pounds", 1_500_000, 1_500_000, "GBP"),
        ("two hundred and fifty thousand pounds", 250_000, 250_000, "GBP"),
        ("20 million euros", 20 * MILLION, 20 * MILLION, "EUR"),
        ("five to ten million dollars", 10 * MILLION, 10 * MILLION, "USD"),
        ("5-10 million pounds", 5 * MILLION, 10 * MILLION, "GBP"),
        ("96p", Decimal("0.96"), Decimal("0.96"), "GBP"),
        ("96 pence", Decimal("0.96"), Decimal("0.96"), "GBP"),
        ("€5.3 billion", 5_300_000_000, 5_300_000_000, "EUR"),
        ("US$40m", 40 * MILLION, 40 * MILLION, "USD"),
        ("A$2 million", 2 * MILLION, 2 * MILLION, "AUD"),
        ("3 million US dollars", 3 * MILLION, 3 * MILLION, "USD"),
        ("EUR 7 million", 7 * MILLION, 7 * MILLION, "EUR"),
    ],
)
def test_reads(printed: str, low: object, high: object, currency: str) -> None:
    text = f"It came to {printed} in all."
    (amount,) = find_amounts(text)
    assert (amount.low, amount.high, amount.currency) == (low, high, currency)
    assert text[amount.start : amount.end] in printed


@pytest.mark.parametrize(
    "text",
    [
        "On 4 July 2024 some 650 members met, 12% of them new.",
        "Financial year £000 Harbours 2008-09",
        "Totals for the years £ 2004-05 2005-06",
        "Between 2019 and 2024 numbers rose by 1.2 million to 3.4m.",
        "Page 12 of the compound interest tables shows a film in 1080p.",
        "The £m column is empty and hundreds of pounds are not a sum.",
        "*rounded to the nearest £100m",
        "All figures are rounded to £0.1m",
        "It came to £10s of millions.",
        "It came to £1，500 in all.",
        "Figures are to the nearest thousand pounds.",
        "It came to £1.5.2 in all.",
        "It came to £1,5 in all.",
        "It came to £1 50 000 in all.",
        "It came to £2,,000 in all.",
        "It came to £28, 650 and £29, 188.",
        "It came to £5 million 300 thousand in all.",
        "",
    ],
)
def test_reads_nothing(text: str) -> None:
    assert find_amounts(text) == []


@pytest.mark.parametrize(
    ("text", "surfaces"),
    [
        ("grants of between £5 and £10 million a year", ["£5 and £10 million"]),
        ("£5 million and £10 million", ["£5 million", "£10 million"]),
        ("the fare will rise from £2 to £3", ["£2", "£3"]),
        ("the fare will increase by 1.5%, in time, from £2 to £3", ["£2", "£3"]),
        ("grants ranging from £5,000 to £50,000", ["£5,000 to £50,000"]),
        ("cut by £500 million to £1.2 billion", ["£500 million", "£1.2 billion"]),
        ("lower than £12,570 – 1.0m people; higher – 7.7m", ["£12,570"]),
        ("£500 - 10% of it; £1.2m - 2024-25", ["£500", "£1.2m"]),
        ("£5 to €10", ["£5", "€10"]),
        ("£9 million to £4 million", ["£9 million", "£4 million"]),
        ("the £3.1m million grant", ["£3.1m million"]),
        ("£5 M4 motorway", ["£5"]),
    ],
)
def test_tells_ranges_from_pairs(text: str, surfaces: list[str]) -> None:
    assert [text[a.start : a.end] for a in find_amounts(text)] == surfaces


@pytest.mark.parametrize(
    ("printed", "value", "flag"),
    [
        ("£1 500 000", 1_500_000, "thousands parted by spaces"),
        ("£2\u2009300\u2009000", 2_300_000, "thousands parted by spaces"),
        ("£350\xa0000", 350_000, "thousands parted by spaces"),
        ("1\u202f500\u202f000 pounds", 1_500_000, "thousands parted by spaces"),
        ("£1'500'000", 1_500_000, "other marks than commas"),
        ("£1.500.000", 1_500_000, "other marks than commas"),
        ("£12,34,567", 1_234_567, "commas out of place"),
        ("£110,0000", 1_100_000, "commas out of place"),
        ("£1200,000", 1_200_000, "commas out of place"),
        ("£1,5 million", 1_500_000, "comma read as a decimal point"),
        ("£1,50", Decimal("1.5"), "comma read as a decimal point"),
        ("£1,000.000", 1_000, "three digits after the decimal point"),
        ("−£3 million", -3_000_000, "minus sign"),
        ("-£3 million", -3_000_000, "minus sign"),
        ("£-3m", -3_000_000, "minus sign"),
        ("−3 million euros", -3_000_000, "minus sign"),
    ],
)
def test_what_is_printed_in_another_way_is_read_whole_and_flagged(printed: str, value: object, flag: str) -> None:
    text = f"It came to {printed} in all."
    (figure,) = find_figures(text)
    assert figure.surface == printed
    assert (figure.amount_low, figure.amount_high) == (value, value)
    assert flag in figure.rule


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("It was minus £3m.", -3 * MILLION),
        ("It was –£3m.", -3 * MILLION),
        ("There was a (£4 million) underspend.", -4_000_000),
        ("There was an underspend of (£4 million).", -4_000_000),
        ("The net position was (£4 million) in 2024-25.", -4_000_000),
        ("The cost (£4 million) was met.", 4_000_000),
        ("The grants to be paid (£4 million) are due.", 4_000_000),
        ("Overspend/(underspend): (£4 million).", -4_000_000),
        ("We gave:\n-£4 million for piers.", 4_000_000),
        ("The net position was as follows.\n–£4 million", -4_000_000),
        ("–£4 million", -4_000_000),
        ("It was £2,500-£4,000,000 a year.", 4_000_000),
    ],
)
def test_brackets_and_dashes_are_a_minus_only_where_they_are_one(text: str, value: int) -> None:
    assert [figure.amount_high for figure in find_figures(text)] == [value]


@pytest.mark.parametrize(
    ("text", "surface"),
    [
        ("It came to £5\u200bmillion.", "£5\u200bmillion"),
        ("It came to £6\xad million.", "£6\xad million"),
        ("\ufeffCafe\u0301s had £7 mil\u2060lion.", "£7 mil\u2060lion"),
        ("It came to £69\u202fmillion.", "£69\u202fmillion"),
    ],
)
def test_characters_that_nobody_sees_change_no_sum_and_spans_stay_in_the_stored_text(text: str, surface: str) -> None:
    (figure,) = find_figures(text)
    assert figure.surface == surface == text[figure.start : figure.end]
    assert figure.amount_low >= 5_000_000


def test_a_sum_that_is_struck_out_is_not_stated() -> None:
    assert [figure.surface for figure in find_figures("It came to ~~£5m~~ £6m.")] == ["£6m"]
    assert find_figures("It came to ~~£5m~~ £6m.")[0].qualifier == "exact"


def test_a_scale_printed_twice_is_read_once_and_flagged() -> None:
    (figure,) = find_figures("We gave a £3.1m million grant.")
    assert figure.amount_low == 3_100_000
    assert "scale printed twice" in figure.rule


def test_a_number_that_no_sum_reaches_is_not_read() -> None:
    assert find_amounts("£" + "1" * 40) == []


@pytest.mark.parametrize(
    ("words", "value"),
    [
        ("zero", 0),
        ("twenty-five", 25),
        ("three quarters of a million", 750_000),
        ("quarter of a billion", 250_000_000),
        ("two million three hundred thousand", 2_300_000),
    ],
)
def test_numbers_in_words(words: str, value: int) -> None:
    assert read_words(words) == value


SCALES = {
    "": 1, "k": 1_000, "K": 1_000, " thousand": 1_000, "m": MILLION, " m": MILLION, " million": MILLION,
    "million": MILLION, "bn": BILLION, " billion": BILLION, " bn": BILLION, " trillion": 10**12,
}  # fmt: skip
SIGNS = {"£": "GBP", "€": "EUR", "$": "USD", "US$": "USD", "£ ": "GBP"}
numbers = st.decimals(min_value=0, max_value=99_999, places=2)


def printed(number: Decimal, has_commas: bool) -> str:
    text = f"{number:,f}" if has_commas else f"{number:f}"
    return text.removesuffix(".00")


@given(numbers, st.booleans(), st.sampled_from(sorted(SCALES)), st.sampled_from(sorted(SIGNS)))
def test_any_amount_that_we_can_print_is_read_back_exactly(
    number: Decimal, has_commas: bool, scale: str, sign: str
) -> None:
    surface = f"{sign}{printed(number, has_commas)}{scale}"
    text = f"We will pay {surface}, and no more."
    (amount,) = find_amounts(text)
    assert text[amount.start : amount.end] == surface
    assert (amount.low, amount.high, amount.currency) == (number * SCALES[scale],) * 2 + (SIGNS[sign],)


@given(
    numbers, numbers, st.sampled_from(["m", "bn", " million", " billion"]), st.sampled_from(["-", "–", " - ", " to "])
)
def test_any_range_that_we_can_print_is_read_back_exactly(one: Decimal, other: Decimal, scale: str, joint: str) -> None:
    low, high = sorted((one, other))
    surface = f"£{printed(low, False)}{scale}{joint}£{printed(high, False)}{scale}"
    (amount,) = find_amounts(f"We will pay {surface} of it.")
    assert (amount.low, amount.high) == (low * SCALES[scale], high * SCALES[scale])


@given(
    st.integers(1_000, 999_999_999),
    st.sampled_from([",", " ", "\xa0", "\u2009", "\u202f", "'"]),
    st.sampled_from(["£{}", "{} pounds", "€{}", "{} million pounds"]),
)
def test_thousands_are_read_whatever_parts_them(number: int, mark: str, form: str) -> None:
    surface = form.format(f"{number:,}".replace(",", mark))
    (figure,) = find_figures(f"We will pay {surface} in all.")
    assert figure.surface == surface
    assert figure.amount_low == number * (MILLION if "million" in form else 1)


@given(
    st.from_regex(r"[1-9]\d{0,5}(?:[,.]\d{1,4}){0,3}|[1-9]\d{0,2}(?: \d{3}){1,2}", fullmatch=True),
    st.sampled_from(["", "m", " million", "bn"]),
    st.from_regex(r"\d{0,3}|[,.]\d{1,4}", fullmatch=True),
)
def test_a_number_is_read_to_its_end_or_not_at_all(printed: str, scale: str, more: str) -> None:
    surface = f"£{printed}{'' if ' ' in printed and more.isdigit() else more}{scale}"
    text = f"We will pay {surface}; no more."
    assert [text[amount.start : amount.end] for amount in find_amounts(text)] in ([], [surface])


_UNITS = "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen".split()
_TENS = ["", "", *"twenty thirty forty fifty sixty seventy eighty ninety".split()]


def spelt(number: int) -> str:
    if number < 16:
        return _UNITS[number]
    if number < 20:
        return {16: "sixteen", 17: "seventeen", 18: "eighteen", 19: "nineteen"}[number]
    if number < 100:
        return _TENS[number // 10] + (f"-{_UNITS[number % 10]}" if number % 10 else "")
    return f"{_UNITS[number // 100]} hundred" + (f" and {spelt(number % 100)}" if number % 100 else "")


@given(st.integers(1, 999), st.sampled_from(["", " thousand", " million", " billion"]))
def test_any_amount_in_words_is_read_back_exactly(number: int, scale: str) -> None:
    (amount,) = find_amounts(f"It cost {spelt(number)}{scale} pounds.")
    assert amount.low == number * SCALES[scale]


money_like = st.text(
    st.sampled_from("£€$0123456789.,-–<>½ \n\tmbnkpp()%millionusdand to") | st.characters(), max_size=200
)


@given(money_like)
def test_never_raises_and_spans_slice_in_order_without_overlap(text: str) -> None:
    figures = find_figures(text)
    for figure in figures:
        assert text[figure.start : figure.end] == figure.surface
        assert figure.amount_low <= figure.amount_high
    assert all(one.end <= other.start for one, other in pairwise(figures))


@given(money_like, money_like)
def test_html_that_is_not_of_the_text_is_harmless(text: str, html: str) -> None:
    for figure in find_figures(text, f"<table><tr><td>£m</td><td>{html}</td></tr></table>"):
        assert text[figure.start : figure.end] == figure.surface


@pytest.mark.timeout(20)
@pytest.mark.parametrize(
    "text",
    [
        "£" + "1," * 500_000,
        "£" + "1" * 1_000_000,
        "£1" + " " * 1_000_000,
        "£" + "1.1" * 300_000,
        "£ pounds " + "one and " * 120_000,
        "£ pounds " + "half a " * 150_000,
        "£ pounds " + "1,111" * 200_000,
        "£1 " + "increase " * 100_000,
        "£1 million " + "2024-25 " * 100_000,
        "£1 to " + "Grant Fund " * 90_000,
        "£\n" * 300_000,
        "£m\t" * 20_000,  # each is read by itself; test_work has it twice as long in twice the steps
    ],
    ids=lambda text: text[:14],
)
def test_a_megabyte_of_anything_takes_linear_time(text: str) -> None:
    """Exponential or quadratic matching would not finish in the time limit by orders of magnitude."""
    assert len(find_figures(text)) <= 1
