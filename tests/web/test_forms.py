"""Forms and fields: what they read, what they refuse and in which words."""

from datetime import date, time
from enum import StrEnum
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from werkzeug.datastructures import MultiDict
from wtforms import Form as PlainForm

from coi.web.fields import ChoiceField, DatePartsField, SeveralField, TimeField, YesNoField, options_of, read_time
from coi.web.forms import AtMost, EmailField, LongTextField, Optional, Required, TextField, WholeNumberField, cleaned


class Kind(StrEnum):
    ONE = "one"
    TWO = "two"


class Sample(PlainForm):
    name = TextField("Name", [Required("Enter the name")], limit=10)
    email = EmailField("Email address", [Optional()])
    notes = LongTextField("Notes", limit=20)
    started = DatePartsField("When did it start?", [Required("Enter the date it started")], subject="Date it started")
    ended = DatePartsField("Date it ended", [Required("Enter the date it ended")], ongoing="It has not ended")
    left = TimeField("Time left", [Required("Enter the time they left")], unknown="The time is not known")
    kind = ChoiceField(
        "Kind", [Required("Select the kind")], options=options_of({Kind.TWO: "Two", Kind.ONE: "One"}), coerce=Kind
    )
    several = SeveralField(
        "Several", [Required("Select one or more")], options=options_of({k: k for k in Kind}), coerce=Kind
    )
    sure = YesNoField("Sure?", [Required("Select yes if you are sure")])
    pounds = WholeNumberField("Pounds", most=500)


def read(**sent: Any) -> Sample:
    """The form after somebody sent this, validated."""
    form = Sample(MultiDict({name.replace("__", "-"): value for name, value in sent.items()}))
    form.validate()
    return form


def test_an_empty_form_says_what_to_enter() -> None:
    errors = {name: messages[0] for name, messages in read().errors.items()}
    assert errors == {
        "name": "Enter the name",
        "started": "Enter the date it started",
        "ended": "Enter the date it ended",
        "left": "Enter the time they left",
        "kind": "Select the kind",
        "several": "Select one or more",
        "sure": "Select yes if you are sure",
    }


@pytest.mark.parametrize(
    ("parts", "message", "control"),
    [
        (("31", "2", "2026"), "Date it started must be a real date", "started-day"),
        (("1", "13", "2026"), "Date it started must be a real date", "started-month"),
        (("x", "1", "2026"), "Date it started must be a real date", "started-day"),
        (("1", "", "2026"), "Date it started must include a month", "started-month"),
        (("", "", "2026"), "Date it started must include a day and a month", "started-day"),
        (("1", "1", "26"), "Date it started must have a year with 4 numbers", "started-year"),
        (("1", "1", "0000"), "Date it started must be a real date", "started-year"),
        (("²", "1", "2026"), "Date it started must be a real date", "started-day"),
        (("0", "0", "0"), "Date it started must have a year with 4 numbers", "started-year"),
    ],
)
def test_a_wrong_date_is_named_with_its_part(parts: tuple[str, str, str], message: str, control: str) -> None:
    form = read(started__day=parts[0], started__month=parts[1], started__year=parts[2])
    assert form.started.errors == [message]
    assert form.started.control_id == control
    assert tuple(form.started.parts.values()) == parts


@pytest.mark.parametrize("month", ["11", "Nov", "november", "NOVEMBER", " 11 "])
def test_a_month_may_be_a_number_or_a_name(month: str) -> None:
    form = read(started__day="5", started__month=month, started__year="2026")
    assert form.started.data == date(2026, 11, 5)


def test_a_date_may_be_ongoing_instead() -> None:
    form = read(ended__ongoing="yes")
    assert (form.ended.data, form.ended.is_ongoing, form.ended.errors) == (None, True, [])


def test_a_date_that_is_ongoing_as_well_is_a_contradiction() -> None:
    form = read(ended__ongoing="yes", ended__day="1", ended__month="2", ended__year="2026")
    assert form.ended.errors == ["Enter a date or select “It has not ended”, not both"]


def test_a_date_without_that_offer_cannot_be_ongoing() -> None:
    assert read(started__ongoing="yes").started.errors == ["Enter the date it started"]


@settings(max_examples=300, deadline=None)
@given(st.tuples(st.text(max_size=6), st.text(max_size=6), st.text(max_size=6)))
def test_no_date_that_can_be_typed_is_a_fault(parts: tuple[str, str, str]) -> None:
    form = read(started__day=parts[0], started__month=parts[1], started__year=parts[2])
    assert (form.started.data is None) == bool(form.started.errors)


@given(st.dates(date(1900, 1, 1), date(2200, 12, 31)))
def test_every_date_can_be_entered(day: date) -> None:
    form = read(started__day=str(day.day), started__month=str(day.month), started__year=str(day.year))
    assert form.started.data == day


def test_a_date_that_is_stored_fills_the_boxes() -> None:
    form = Sample(data={"started": date(2026, 11, 5), "left": time(14, 5)})
    assert form.started.parts == {"day": "5", "month": "11", "year": "2026"}
    assert form.left._value() == "14:05"


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("9:05", time(9, 5)), ("09.05", time(9, 5)), ("9.05am", time(9, 5)), ("9.05 a.m.", time(9, 5)), ("0905", time(9, 5)),
        ("905", time(9, 5)), ("2pm", time(14)), ("2:05 PM", time(14, 5)), ("14:05", time(14, 5)), ("14.05pm", time(14, 5)),
        ("12am", time(0)), ("12pm", time(12)), ("midday", time(12)), ("Noon", time(12)), ("midnight", time(0)), ("00:00", time(0)),
        ("9", None), ("25:00", None), ("9:60", None), ("13am", None), ("0pm", None), ("later", None), ("", None), ("9:5", None),
        ("12:00:00", None), ("-1:00", None),
    ],
)  # fmt: skip
def test_a_time_is_read_as_people_write_it(typed: str, meant: time | None) -> None:
    assert read_time(typed) == meant


@given(st.times())
def test_every_minute_of_the_day_can_be_entered_in_both_clocks(moment: time) -> None:
    meant = moment.replace(second=0, microsecond=0, fold=0)
    assert read_time(f"{meant:%H:%M}") == meant
    assert read_time(f"{meant:%I.%M%p}") == meant


@given(st.text(max_size=12))
def test_no_time_that_can_be_typed_is_a_fault(typed: str) -> None:
    form = read(left=typed)
    assert form.left.is_unknown or (form.left.data is None) == bool(form.left.errors)


def test_a_time_may_be_unknown_by_box_or_by_word() -> None:
    for form in (read(left__unknown="yes"), read(left="Not known")):
        assert (form.left.data, form.left.is_unknown, form.left.errors) == (None, True, [])


def test_a_time_that_is_unknown_as_well_is_a_contradiction() -> None:
    form = read(left="9:05", left__unknown="yes")
    assert form.left.errors == ["Clear the time or the tick at “The time is not known”: only one can be right"]
    assert form.left.data is None


def test_a_wrong_time_says_how_to_write_one() -> None:
    assert read(left="25:00").left.errors == ["Time left must be a real time, like 2:05pm or 14:05"]


def test_a_choice_becomes_its_word_and_a_foreign_one_is_refused() -> None:
    assert read(kind="two").kind.data is Kind.TWO
    assert read(kind="three").kind.errors == ["Select one of the options"]


def test_several_choices_come_once_each() -> None:
    assert read(several=["two", "two", "one"]).several.data == [Kind.TWO, Kind.ONE]
    assert read(several=["two", "three"]).several.errors == ["Select one of the options"]


def test_yes_and_no_are_answers_and_nothing_else_is() -> None:
    assert read(sure="yes").sure.data is True
    form = read(sure="no")
    assert (form.sure.data, form.sure.errors) == (False, [])
    assert [choice.selected for choice in form.sure.iter_choices()] == [False, True]
    assert read(sure="perhaps").sure.errors == ["Select yes or no"]


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("  Siân  Ŵyn-Jones ", "Siân Ŵyn-Jones"),
        ("a\x00b", "ab"),
        ("Łuc\u200bja", "Łucja"),
        ("a\tb\nc", "a b c"),
        ("e\u0301", "é"),
    ],
)
def test_text_is_kept_without_what_nobody_can_see(typed: str, kept: str) -> None:
    form = Sample(MultiDict({"name": typed}))
    assert form.name.data == kept


def test_long_text_keeps_its_lines() -> None:
    assert cleaned("one\r\ntwo\rthree\n") == "one\ntwo\nthree"


def test_nobody_can_turn_the_direction_of_a_text() -> None:
    assert cleaned("Fees \u202efrom\u2066 Kite\u2069\u202c") == "Fees from Kite"


def test_a_text_that_is_too_long_says_how_long_it_may_be() -> None:
    assert read(name="x" * 11).name.errors == ["Name must be 10 characters or fewer"]
    assert AtMost(5).limit == 5


@pytest.mark.parametrize("typed", ["ann", "ann@", "@x.uk", "a b@x.uk", "ann@nhs", "ann@@x.uk", "ann@.uk"])
def test_an_email_address_needs_its_shape(typed: str) -> None:
    assert read(email=typed).email.errors == ["Enter an email address in the correct format, like name@example.com"]


def test_an_email_address_is_kept_in_lower_case() -> None:
    assert read(email=" Ann.O'Neill@Example.NHS.uk ").email.data == "ann.o'neill@example.nhs.uk"


@pytest.mark.parametrize(
    ("typed", "data", "error"),
    [
        ("1,0 0", 100, None), ("", None, None), ("x", None, "Pounds must be a whole number"),
        ("501", None, "Pounds must be between 0 and 500"), ("1.5", None, "Pounds must be a whole number"),
        ("9" * 40, None, "Pounds must be a whole number"), ("٣", None, "Pounds must be a whole number"),
    ],
)  # fmt: skip
def test_a_whole_number(typed: str, data: int | None, error: str | None) -> None:
    form = read(pounds=typed)
    assert form.pounds.data == data
    assert form.pounds.errors == ([error] if error else [])
    assert form.pounds._value() == typed.strip()


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.dictionaries(st.sampled_from([*Sample()._fields]), st.text()))
def test_nothing_that_is_sent_is_a_fault(sent: dict[str, str]) -> None:
    read(**sent)
