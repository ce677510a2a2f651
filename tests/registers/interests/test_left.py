"""Of which body an act is after somebody left it: what is done elsewhere is not told there, what that body does itself is."""

from datetime import date, timedelta

import pytest

from coi.database import db
from coi.errors import NotFound
from coi.permissions.vocabulary import Actor, Grant, Permission, Role
from coi.registers.interests import commands, confirming_commands, queries, review_commands
from coi.registers.interests.ending_queries import remarks_on
from coi.registers.interests.leaver_queries import left_declarations, to_act_on, versions_here
from coi.registers.interests.public_queries import public_rows, replaced_by_then
from coi.registers.interests.register_queries import Asked, register_page
from coi.registers.interests.register_vocabulary import Showing
from coi.registers.interests.vocabulary import ConfirmationDetails, Making, NilDetails, StandingAnswer, Still
from tests.factories.interests import AT, SYSTEM, an_interest, details_of
from tests.factories.organisations import a_body, an_organisation
from tests.factories.people import a_person, an_appointment

READ = Permission.REGISTERS_INTEREST_READ
LAST_DAY, TODAY = date(2026, 6, 30), date(2026, 11, 10)
LATER, NOW = AT + timedelta(days=90), AT + timedelta(days=160)
ENDED = date(2026, 5, 30)
OFFERED = {"actor": SYSTEM, "at": LATER}


def change(interest, body_id, making):
    changed = details_of("Beech Surgery", nature="Adviser to a bidder")
    commands.change_interest(interest, changed, version=1, body_id=body_id, **making)


def end(interest, body_id, making):
    commands.end_interest(interest, ENDED, version=1, body_id=body_id, **making)


def confirm_ended(interest, body_id, making):
    said = ConfirmationDetails("It is complete", (StandingAnswer(interest.id, 1, Still.ENDED, ENDED),))
    confirming_commands.confirm_register(interest.person, said, body_id=body_id, **making)


def match(interest, body_id, making):
    named, surgery = interest.versions[-1].organisations[0], an_organisation("Some Surgery")
    review_commands.match_organisation(named, surgery.id, body_id=body_id, **making)


def mitigate(interest, body_id, making):
    review_commands.agree_mitigation(interest, "Leaves the room for its bids", version=1, body_id=body_id, **making)


ACTS = [change, end, confirm_ended, match, mitigate]


@pytest.fixture
def left(body):
    """Somebody who left a body and serves another one, with the interest that they declared before."""
    person = a_person("Dr Ama Boateng")
    an_appointment(person, body, valid_to=LAST_DAY)
    elsewhere = a_body("NHS High Fen ICB", "high-fen")
    an_appointment(person, elsewhere)
    return an_interest(person), elsewhere


def published(body):
    return [(row.key, row.values) for row in public_rows(body.id, on=TODAY, at=NOW)]


def read(body, showing=Showing.LEFT):
    reader = Actor("Sam Scribe", grants=(Grant(Role.SECRETARY, body.id, None),))
    return register_page(Asked(body.id, actor=reader, instant=NOW, showing=showing)).rows


def numbers(interest, body):
    return [each.number for each in versions_here(interest, body.id, TODAY, instant=NOW)]


@pytest.mark.parametrize("act", ACTS)
def test_what_is_done_elsewhere_about_an_interest_of_whoever_left_is_not_told_where_they_left(body, left, act):
    """Rules: REG-01, REG-02."""
    interest, elsewhere = left
    before = (published(body), read(body), read(body, Showing.EVERYTHING), published(elsewhere))
    act(interest, elsewhere.id, OFFERED)
    assert (published(body), read(body), read(body, Showing.EVERYTHING)) == before[:3]
    assert published(elsewhere) != before[3]
    assert (numbers(interest, body), numbers(interest, elsewhere)) == ([1], [1, 2])
    assert remarks_on(body.id, [interest.reference], at=NOW) == {}
    with pytest.raises(NotFound, match="only be read"):
        to_act_on(interest, body.id, NOW)


@pytest.mark.parametrize("act", ACTS)
def test_what_a_body_does_itself_about_an_interest_of_whoever_left_is_told_there(body, left, act):
    """Its Guardian agrees a mitigation, its secretary enters a paper: it stands on the register that they left."""
    interest, _ = left
    before = published(body)
    act(interest, body.id, OFFERED)
    assert interest.reference in dict(published(body))
    assert published(body) != before
    assert numbers(interest, body) == [1, 2]
    assert to_act_on(interest, body.id, NOW) is interest


@pytest.mark.parametrize("act", ACTS)
def test_what_was_done_before_anybody_kept_where_counts_by_its_day(body, left, act):
    interest, _ = left
    before = published(body)
    act(interest, None, OFFERED)
    assert (published(body), numbers(interest, body)) == (before, [1])


@pytest.mark.parametrize("act", ACTS)
def test_until_somebodys_last_day_what_is_done_elsewhere_counts_at_each_of_their_bodies(body, left, act):
    """Rule: REG-07; declared once."""
    interest, elsewhere = left
    act(interest, elsewhere.id, {"actor": SYSTEM, "at": AT})
    assert numbers(interest, body) == [1, 2]


def test_what_is_declared_on_leaving_another_body_is_not_told_where_they_left_before(body, left):
    interest, elsewhere = left
    before = (published(body), read(body))
    new = commands.declare_interests(
        interest.person, [details_of(nature="New")], body_id=elsewhere.id, making=Making(is_leaving=True), **OFFERED
    )
    commands.change_interest(interest, details_of(nature="Changed"), version=1, body_id=elsewhere.id, **OFFERED)
    assert (published(body), read(body)) == before
    asked = Actor("Sam Scribe", grants=(Grant(Role.SECRETARY, body.id, None),)), READ, body.id, TODAY
    seen = set(db.session.scalars(left_declarations(*asked)))
    assert new.id not in seen and interest.versions[0].declaration_id in seen


def test_a_copy_of_what_was_declared_on_leaving_is_of_the_body_that_made_it(body, left):
    """A copy keeps the declaration of the version before, and was not made by it."""
    person, elsewhere = left[0].person, left[1]
    commands.declare_interests(
        person, [details_of(nature="On leaving")], body_id=body.id, making=Making(is_leaving=True), **OFFERED
    )
    interest = queries.standing_of(person.id, NOW)[-1].interest
    later = {"actor": SYSTEM, "at": LATER + timedelta(days=5)}
    for body_id, expected in ((elsewhere.id, [1]), (None, [1])):
        review_commands.agree_mitigation(
            interest, "Leaves the room", version=len(interest.versions), body_id=body_id, **later
        )
        assert numbers(interest, body) == expected


def test_a_nil_return_stands_where_somebody_left_whatever_they_declare_elsewhere(body):
    """Rule: REG-02."""
    person, elsewhere = a_person("Ms Nell Nilly"), a_body("NHS High Fen ICB", "high-fen")
    an_appointment(person, body, valid_to=LAST_DAY)
    an_appointment(person, elsewhere)
    nil = commands.make_nil_return(person, NilDetails("Nothing"), actor=SYSTEM, at=AT, body_id=body.id)
    before = (published(body), [(row.name, row.nil_on) for row in read(body)])
    assert [values["null_entry"] for _, values in before[0]] == [True]
    commands.declare_interests(person, [details_of()], body_id=elsewhere.id, **OFFERED)
    assert (published(body), [(row.name, row.nil_on) for row in read(body)]) == before
    assert replaced_by_then(body.id, [nil.reference], at=NOW) == frozenset()
    assert replaced_by_then(elsewhere.id, [nil.reference], at=NOW) == {nil.reference}
    commands.declare_interests(person, [details_of()], body_id=body.id, actor=SYSTEM, at=LATER + timedelta(days=1))
    assert replaced_by_then(body.id, [nil.reference], at=NOW) == {nil.reference}
