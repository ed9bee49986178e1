import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from orderpaper.reading.dates import find_days, read_day
from orderpaper.sources.press_blog.dating import date_of

DAYS = st.dates(dt.date(1900, 1, 1), dt.date(2100, 1, 1))


@given(DAYS, st.sampled_from(["{d:%A} {n} {d:%B} {d:%Y}", "{n:02d} {d:%B} {d:%Y}", "{d:%A}, {n}th {d:%B}, {d:%Y}"]))
def test_a_printed_day_is_read_back(day, form):
    printed = form.format(d=day, n=day.day)
    assert read_day(printed).date == day
    assert find_days(f"On {printed} it rained.")[0].date == day


@given(DAYS)
def test_a_wrong_weekday_is_no_date(day):
    wrong = day + dt.timedelta(days=1)
    assert read_day(f"{wrong:%A} {day.day} {day:%B %Y}").date is None


@pytest.mark.parametrize("text", ["31 February 2024", "0 May 2024", "Tuesday 6 November"])
def test_no_such_day_or_no_year_is_no_date(text):
    assert read_day(text).date is None


@pytest.mark.parametrize("text", ["6 November 2018 and more", "6 Nov 2018", "November 2018", ""])
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
