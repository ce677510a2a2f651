"""The life of an interest in words, and that one declaration counts at every body."""

from dataclasses import replace
from datetime import date, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from coi import clock
from coi.database import db
from coi.guidance.vocabulary import BodyType, PolicyFigure, Rulebook
from coi.permissions.vocabulary import Role
from coi.registers.interests import commands
from coi.registers.interests.ending_queries import public_after
from coi.registers.interests.lifecycle import InEditions, LifeFacts, life_of
from coi.registers.interests.presenting import shown_interest
from coi.registers.interests.vocabulary import DeclaredOn, RedactionState
from coi.registers.retention import Periods
from tests.factories.accounts import account_with
from tests.factories.interests import SYSTEM, an_interest, details_of
from tests.factories.organisations import a_body
from tests.factories.people import a_person, an_appointment
from tests.factories.publication import AT, an_edition

START = date(2020, 1, 1)
SIX = Periods(6, 6)


def facts(
    on: date, ended_on: date | None = None, redaction: RedactionState | None = None, periods: Periods = SIX
) -> LifeFacts:
    return LifeFacts(DeclaredOn(START), START, None, ended_on, redaction, on, periods)


def present(found: LifeFacts) -> str:
    return next(stage.word for stage in life_of(found) if stage.is_present)


def test_the_words_follow_each_other():
    ended = date(2021, 8, 31)
    assert present(facts(date(2021, 1, 1))) == "Public"
    assert present(facts(date(2021, 1, 1), redaction=RedactionState.REQUESTED)) == "Withheld"
    assert present(facts(date(2022, 2, 28), ended)) == "Expired"
    assert present(facts(date(2022, 3, 1), ended)) == "Historic"
    assert present(facts(date(2027, 8, 31), ended)) == "Historic"
    assert present(facts(date(2027, 9, 1), ended)) == "Due for disposal"


def test_what_is_public_no_more_is_not_said_to_be_published_next():
    ended = date(2021, 8, 31)
    said = [life_of(facts(on, ended))[2].reason for on in (date(2022, 2, 28), date(2022, 3, 1))]
    assert said == [
        "It is in every edition of the register that is published until 28 February 2022: so far none.",
        "It never was: no edition of the register has it.",
    ]


def test_where_it_was_public_is_what_the_editions_say():
    ended, found = date(2021, 8, 31), InEditions(((2, 2), (4, 6)), date(2021, 3, 1))
    said = [
        life_of(replace(facts(on, ended if on.year > 2021 else None), editions=found))[2].reason
        for on in (date(2021, 4, 1), date(2022, 2, 28), date(2022, 3, 1))
    ]
    which = "editions 2 and 4 to 6, the first of 1 March 2021"
    assert said == [
        f"It is in every edition of the register that is published while it lasts: so far {which}.",
        f"It is in every edition of the register that is published until 28 February 2022: so far {which}.",
        f"It was, in {which}, until 28 February 2022.",
    ]


def test_what_had_not_ended_when_its_holder_left_is_public_for_the_months_after_their_last_day():
    """Rules: REG-02, REG-03."""
    left = date(2021, 8, 31)
    tail, over = (replace(facts(on), left_on=left) for on in (date(2022, 2, 28), date(2022, 3, 1)))
    assert (present(tail), present(over)) == ("Left", "Historic")
    assert life_of(tail)[2].reason.startswith(
        "It is in every edition of the register that is published until 28 February"
    )
    assert life_of(tail)[3].reason == "The last post or seat here was over. It stays public until 28 February 2022."


@given(
    st.dates(START, date(2040, 1, 1)), st.none() | st.dates(START, date(2030, 1, 1)), st.none() | st.sampled_from(RedactionState),
    st.integers(0, 24), st.none() | st.integers(0, 20), st.none() | st.dates(START, date(2030, 1, 1)),
)  # fmt: skip
def test_an_interest_stands_at_exactly_one_stage_and_dates_never_go_back(
    on, ended_on, redaction, months, years, left_on
):
    stages = life_of(replace(facts(on, ended_on, redaction, Periods(months, years)), left_on=left_on))
    assert sum(stage.is_present for stage in stages) == 1
    dated = [stage.on for stage in stages if stage.on]
    assert dated == sorted(dated)


def test_an_interest_is_declared_once_for_all_bodies_that_a_person_serves(client, app):
    """Rule: REG-07."""
    home, away = a_body(), a_body("NHS Far Fell ICB", "far-fell")
    gp = a_person("Dr Ama Boateng")
    interest = an_interest(gp)
    for body, email in ((home, "one@example.nhs.uk"), (away, "two@example.nhs.uk")):
        an_appointment(gp, body)
        reader = a_person(f"Reader {email[:3].title()}")
        an_appointment(reader, body, "Staff", valid_from=clock.today() - timedelta(days=1))
        account_with(reader.id, email, [Role.GUARDIAN], body.id)
    db.session.commit()
    for body, email in ((home, "one@example.nhs.uk"), (away, "two@example.nhs.uk")):
        client.as_(email)
        assert "Larkfield Surgery" in client.get(f"/{body.slug}/registers/interests/").text
        page = client.get(f"/{body.slug}/registers/interests/{interest.id}")
        assert "Where it stands" in page.text
        assert "which delays nothing" in page.text


def test_an_end_that_is_told_late_does_not_deny_the_editions_that_had_the_interest(body, gp):
    interest = an_interest(gp, details_of(arose_on=date(2020, 1, 1)))
    an_edition(body)
    ended, entered = date(2025, 8, 31), AT + timedelta(days=9)
    commands.end_interest(interest, ended, version=1, actor=SYSTEM, at=entered)
    never = an_interest(gp, details_of("Fern Care", arose_on=date(2020, 1, 1), ended_on=ended), at=entered)

    def public(of, at: datetime) -> str:
        return shown_interest(of, at, body.id).life[2].reason

    assert (
        public(interest, entered) == "It still is, in edition 1, of 1 November 2026. The next edition has it no more."
    )
    assert public(never, entered) == "It never was: no edition of the register has it."
    later = AT + timedelta(days=10)
    an_edition(body, at=later)
    assert (
        public(interest, later)
        == "It was, in edition 1, of 1 November 2026, until its end was told on 10 November 2026."
    )
    assert public(interest, AT - timedelta(days=1)).endswith("while it lasts: so far none.")


def test_how_long_what_ends_stays_public_is_said_by_the_rules_of_the_day_on_which_it_ended():
    today, figure = date(2026, 11, 23), PolicyFigure("public_after_expiry_months", 12, date(2026, 1, 1))
    assert public_after(Rulebook(BodyType.ICB), today) == "for at least 6 months after that day."
    assert public_after(Rulebook(BodyType.ICB, (figure,)), today) == (
        "for at least 12 months after that day. If it ended before 1 January 2026, it is for at least 6 months, by the rules then."
    )
    assert public_after(Rulebook(BodyType.ICB, (figure,)), date(2027, 1, 2)) == "for at least 12 months after that day."
