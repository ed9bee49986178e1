import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from orderpaper.errors import ParseError
from orderpaper.reading.dates import check_days, day_of, find_days, looks_like_a_day, read_day
from orderpaper.records import Parsed, Question
from orderpaper.records.accounting import account
from orderpaper.sources.press_blog.dating import date_of

DAYS = st.dates(dt.date(1900, 1, 1), dt.date(2099, 12, 30))


@given(DAYS, st.sampled_from(["{d:%A} {n} {d:%B} {d:%Y}", "{n:02d} {d:%B} {d:%Y}", "{d:%A}, {n}th {d:%B}, {d:%Y}"]))
def test_a_printed_day_is_read_back(day, form):
    printed = form.format(d=day, n=day.day)
    assert read_day(printed).date == day
    assert find_days(f"On {printed} it rained.")[0].date == day


@given(DAYS)
def test_a_wrong_weekday_is_no_date(day):
    wrong = day + dt.timedelta(days=1)
    assert read_day(f"{wrong:%A} {day.day} {day:%B %Y}").date is None


@pytest.mark.parametrize(
    "text",
    [
        "16th May 2024",
        "16th of May, 2024",
        "16 MAY 2024",
        "16. May 2024",
        "16-May-2024",
        "May 16, 2024",
        "16/05/2024",
        "16.05.2024",
        "16-05-2024",
        "2024-05-16",
        "Thu, 16 May 2024",
        "THURSDAY 16TH MAY 2024",
        "Thursday 16/5/2024",
    ],
)
def test_a_day_is_read_in_each_form_in_which_people_print_it(text):
    assert read_day(text).dated() == dt.date(2024, 5, 16)
    assert find_days(f"On {text} it rained.")[0].date == dt.date(2024, 5, 16)
    assert looks_like_a_day(text)


@pytest.mark.parametrize("month", ["Sep", "Sept", "Sept.", "SEPTEMBER"])
def test_a_month_may_be_shortened(month):
    assert read_day(f"6 {month} 2024").date == dt.date(2024, 9, 6)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("05/16/2024", "there is no such day"),
        ("31 February 2024", "there is no such day"),
        ("Friday 16 May 2024", "there is no such day"),
        ("8 March 0023", "is not between 1800 and 2100"),
        ("31/12/9999", "is not between 1800 and 2100"),
        ("Thursday 16 May", "has no year"),
    ],
)
def test_a_day_that_is_none_or_can_be_another_is_refused(text, reason):
    day = read_day(text)
    assert day.date is None
    with pytest.raises(ParseError, match=reason):
        day.dated()


@pytest.mark.parametrize("text", ["05/06/2024", "5.6.2024", "Wednesday 05/06/2024", "5/6/24", "5 Jun 24", "Wed 5-6-24"])
def test_a_day_in_numbers_has_its_day_first(text):
    assert read_day(text).dated() == dt.date(2024, 6, 5)


@pytest.mark.parametrize(("figures", "year"), [("00", 2000), ("24", 2024), ("49", 2049), ("50", 1950), ("98", 1998)])
def test_a_year_of_two_figures_is_of_the_hundred_years_from_1950(figures, year):
    assert read_day(f"4/11/{figures}").date == read_day(f"4 Nov '{figures}").date == dt.date(year, 11, 4)


@pytest.mark.parametrize("text", ["31/2/24", "5/16/24", "Friday 4/11/24", "0/1/24", "31 Feb 24"])
def test_a_short_day_that_does_not_exist_is_refused(text):
    with pytest.raises(ParseError, match="there is no such day"):
        read_day(text).dated()


@given(DAYS, st.integers(-90, 90), st.booleans())
def test_the_year_of_a_day_follows_from_a_day_near_it(day, distance, has_weekday):
    known = dt.date.fromordinal(max(1, day.toordinal() + distance))
    printed = f"{day:%a} {day.day} {day:%b}" if has_weekday else f"{day.day} {day:%b}"
    assert read_day(printed).near([known]) == day
    assert read_day(printed).near([]) is None
    assert read_day(printed).near([day + dt.timedelta(days=150)]) is None


def test_a_day_that_is_near_two_years_has_none():
    assert read_day("4 Nov").near([dt.date(2023, 11, 1), dt.date(2024, 11, 1)]) is None
    assert read_day("Mon 4 Nov").near([dt.date(2023, 11, 1), dt.date(2024, 11, 1)]) == dt.date(2024, 11, 4)


@pytest.mark.parametrize("text", ["2024/05/16", "16 Mai 2024", "Friday 6 May at 10.30"])
def test_a_day_in_no_known_form_is_still_taken_for_one(text):
    assert read_day(text) is None
    assert looks_like_a_day(text)


@pytest.mark.parametrize(
    "text", ["Covid-19 2020", "Budget 2024", "Part 2", "2024-25", "Sunday Trading", "May 2024", ""]
)
def test_a_heading_is_not_taken_for_a_day(text):
    assert not looks_like_a_day(text)


@pytest.mark.parametrize("text", ["31 February 2024", "29 February 2023", "0 May 2024", "Tuesday 6 November"])
def test_no_such_day_or_no_year_is_no_date(text):
    assert read_day(text).date is None


def test_the_29th_of_february_exists_in_leap_years_only():
    assert read_day("Thursday 29 February 2024").date == dt.date(2024, 2, 29)
    (printed,) = find_days("Thursday 29 February")
    assert date_of(printed, "Prime Minister Rishi Sunak was in Dover.") == dt.date(2024, 2, 29)


@pytest.mark.parametrize(
    ("moment", "day"),
    [
        ("2024-06-04T00:00:00", dt.date(2024, 6, 4)),
        ("2024-06-03T23:00:00+00:00", dt.date(2024, 6, 4)),
        ("2024-06-03T22:59:00+00:00", dt.date(2024, 6, 3)),
        ("2024-01-03T23:59:00+00:00", dt.date(2024, 1, 3)),
    ],
    ids=["midnight without an offset", "midnight in summer", "before it", "before midnight in winter"],
)
def test_a_time_of_an_api_is_the_day_in_london(moment, day):
    assert day_of(dt.datetime.fromisoformat(moment)) == day


@pytest.mark.parametrize("year", [204, 2204])
def test_a_misprinted_year_is_refused(year):
    record = Question(ordinal=1, question_type="written", tabled_on=dt.date(year, 11, 4), text="Why?")
    with pytest.raises(ParseError, match=rf"the day {year:04}-11-04 is not between 1800 and 2100"):
        account(Parsed(document_kind="written_question", records=[record]))


@pytest.mark.parametrize("text", ["6 November 2018 and more", "6 Nov and more", "November 2018", ""])
def test_only_a_day_and_nothing_else_is_read(text):
    assert read_day(text) is None


@pytest.mark.parametrize(
    ("title", "text", "date"),
    [
        ("Thursday 12 January", "The Home Secretary Amber Rudd was in Dover.", dt.date(2017, 1, 12)),
        ("Thursday 12 January", "Prime Minister Rishi Sunak was in Dover.", dt.date(2023, 1, 12)),
        ("Thursday 12 January", "Mayor of London, Sadiq Khan, was in Dover.", None),  # 2017 or 2023
        ("Thursday 12 January", "Former Home Secretary Amber Rudd was in Dover.", None),
        ("Thursday 12 January", "Home Secretary Amber Rudd met Prime Minister Rishi Sunak.", None),
        ("Thursday 12 January", "Transport Minister Philippa Garrowby-Lane was in Dover.", None),
        ("Thursday 12 January 2012", "Nobody was in Dover.", dt.date(2012, 1, 12)),
        ("Friday 12 January 2012", "Nobody was in Dover.", None),
        ("Tuesday 18 October", "Home Secretary Suella Braverman was in Dover.", dt.date(2022, 10, 18)),
        ("Tuesday 25 October", "Home Secretary\u00a0Suella Braverman was in Dover.", dt.date(2022, 10, 25)),
    ],
)
def test_the_year_follows_from_weekday_and_office_or_stays_unknown(title, text, date):
    assert date_of(read_day(title), text) == date


@pytest.mark.parametrize("moment", ["0001-01-01T00:00:00+05:00", "9999-12-31T23:59:59-05:00"])
def test_a_moment_before_the_first_day_or_after_the_last_is_refused(moment):
    with pytest.raises(ParseError, match="is not between 1800 and 2100"):
        check_days([dt.datetime.fromisoformat(moment)])
