from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.extract.dateline import extract_dateline, latest_day
from tests.datelines import ALIKE, BLIND, TUNED, WORLD, Form

TODAY = date(2025, 8, 14)


@pytest.mark.parametrize(
    "form", [*TUNED, *BLIND, *WORLD, *ALIKE], ids=lambda form: form.paragraph[:40]
)
def test_a_dateline_is_read_as_data(form: Form) -> None:
    found = extract_dateline(form.paragraph, published=None, fetched=TODAY)

    if form.text is None:
        assert found is None
        return
    assert found is not None
    assert (found.text, found.place, found.agency) == (form.text, form.place, form.agency)
    assert found.date == (date.fromisoformat(form.day) if form.day else None)


def test_the_year_is_that_of_the_page() -> None:
    form = "MINSK, Dec 31 (Reuters) — The council met."
    found = extract_dateline(form, published=date(2020, 1, 2), fetched=TODAY)
    assert found is not None
    assert found.date == date(2019, 12, 31)


def test_a_day_that_is_none_is_left_out() -> None:
    form = "MINSK, Feb 30 (Reuters) — The council met."
    found = extract_dateline(form, published=None, fetched=TODAY)
    assert found is not None
    assert (found.agency, found.date) == ("Reuters", None)


def test_the_29th_of_february_is_in_a_leap_year() -> None:
    assert latest_day(2, 29, not_after=date(2023, 5, 1)) == date(2020, 2, 29)


def test_the_name_of_the_site_counts_as_an_agency() -> None:
    form = "August 13, Valley Post. The council met."
    assert extract_dateline(form, published=None, fetched=TODAY) is None
    found = extract_dateline(form, published=None, fetched=TODAY, agencies=("Valley Post",))
    assert found is not None
    assert (found.text, found.agency) == ("August 13, Valley Post.", "Valley Post")


@given(st.text(max_size=200))
def test_no_text_breaks_the_reader(text: str) -> None:
    found = extract_dateline(text, published=None, fetched=TODAY)
    assert found is None or found.text in text
