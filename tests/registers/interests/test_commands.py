"""Declaring, on both databases: what is stored, what the ledger says, and that a broken rule leaves nothing behind."""

from datetime import date, timedelta

import pytest
import sqlalchemy as sa

from coi.audit import queries as ledger
from coi.audit.models import LedgerLeaf
from coi.audit.vocabulary import Event
from coi.database import db
from coi.errors import EditConflict, RuleBroken
from coi.registers.interests import commands, queries, review_commands
from coi.registers.interests.models import Declaration, Interest, InterestVersion, RedactionRequest
from coi.registers.interests.vocabulary import (
    DeclarationKind,
    InterestStatus,
    NilDetails,
    RedactionState,
)
from tests.factories.interests import AT, SYSTEM, actor_of, an_interest, details_of
from tests.factories.organisations import a_body, an_organisation
from tests.factories.people import a_person

NIL = NilDetails("I have nothing to declare")


def counts() -> tuple[int, ...]:
    tables = (Declaration, Interest, InterestVersion, RedactionRequest, LedgerLeaf)
    return tuple(db.session.scalar(sa.select(sa.func.count()).select_from(each)) or 0 for each in tables)


def last_event() -> str:
    return ledger.entries(1)[0].event


@pytest.fixture
def person(app):
    return a_person()


def refused(act) -> RuleBroken:
    """What the rule says, after checking that it left nothing behind."""
    db.session.commit()
    before = counts()
    with pytest.raises(RuleBroken) as broken:
        act()
    db.session.rollback()
    assert counts() == before
    return broken.value


def test_several_interests_are_declared_in_one_act_with_one_entry(person, at):
    organisation = an_organisation()
    body = a_body()
    entries = counts()[-1]
    declaration = commands.declare_interests(
        person,
        [details_of(organisation), details_of("My own words", nature="Landlord")],
        actor=actor_of(person),
        at=at,
        statement="Signed",
        body_id=body.id,
    )
    db.session.commit()
    _, versions = queries.declaration_of(declaration.id)
    assert [each.interest.reference for each in versions] == ["I/2026/0001", "I/2026/0002"]
    assert [each.organisations[0].organisation_id for each in versions] == [organisation.id, None]
    assert [each.status for each in versions] == [InterestStatus.SUBMITTED] * 2
    assert (declaration.reference, declaration.statement, declaration.on_behalf) == ("D/2026/0001", "Signed", False)
    assert counts()[-1] == entries + 1
    assert last_event() == Event.DECLARATION_SUBMITTED


def test_the_first_declaration_is_on_appointment_and_later_ones_are_changes(person, at):
    first = commands.declare_interests(person, [details_of()], actor=SYSTEM, at=AT)
    second = commands.declare_interests(person, [details_of()], actor=SYSTEM, at=at)
    assert (first.kind, second.kind) == (DeclarationKind.ON_APPOINTMENT, DeclarationKind.CHANGE)


def test_a_declaration_that_somebody_else_enters_says_so_and_keeps_the_date_on_the_paper(person, at):
    secretary = actor_of(a_person("Sam Scribe"))
    interest = an_interest(person, actor=secretary, at=at, declared_on=date(2026, 10, 1))
    declaration = interest.versions[0].declaration
    assert (declaration.on_behalf, declaration.entered_by_name) == (True, "Sam Scribe")
    assert interest.versions[0].declared_on == date(2026, 10, 1)
    assert interest.versions[0].recorded_at == at


def test_one_impossible_interest_among_several_stores_none(person, at):
    wrong = details_of(arose_on=None)
    broken = refused(lambda: commands.declare_interests(person, [details_of(), wrong], actor=SYSTEM, at=at))
    assert broken.field == "arose_on"


def test_a_declaration_without_an_interest_is_refused(person, at):
    assert refused(lambda: commands.declare_interests(person, [], actor=SYSTEM, at=at)).options


def test_a_paper_cannot_be_from_the_future(person, at):
    tomorrow = date(2026, 11, 11)
    broken = refused(
        lambda: commands.declare_interests(person, [details_of()], actor=SYSTEM, at=at, declared_on=tomorrow)
    )
    assert broken.field == "declared_on"


def test_a_reason_not_to_publish_opens_a_request_and_hides_nothing(person, at):
    """Rule: REG-06."""
    interest = an_interest(person, details_of(keep_private_because="My address would be known"), at=at)
    request = queries.redactions_of([interest.id])[interest.id]
    assert (request.state, request.reason) == (RedactionState.REQUESTED, "My address would be known")
    assert queries.interests_known_at([person.id], at) == [interest.versions[0]]


def test_nothing_to_declare_is_kept_as_a_declaration(person, at):
    declaration = commands.make_nil_return(person, NIL, actor=actor_of(person), at=at)
    db.session.commit()
    assert (declaration.kind, declaration.reference, declaration.on_behalf) == (
        DeclarationKind.NIL,
        "D/2026/0001",
        False,
    )
    assert last_event() == Event.NIL_RETURN_SUBMITTED


def test_nothing_to_declare_is_refused_while_an_interest_stands(person, at):
    an_interest(person)
    broken = refused(lambda: commands.make_nil_return(person, NIL, actor=SYSTEM, at=at))
    assert "I/2026/0001" in broken.reason


def test_nothing_to_declare_is_right_after_the_last_interest_ended(person, at):
    interest = an_interest(person)
    commands.end_interest(interest, date(2026, 11, 1), version=1, actor=SYSTEM, at=at)
    assert commands.make_nil_return(person, NIL, actor=SYSTEM, at=at + timedelta(minutes=1)).kind is DeclarationKind.NIL


def test_a_change_makes_a_version_and_keeps_what_was_said_before(person, at):
    interest = an_interest(person)
    review_commands.agree_mitigation(interest, "Leaves the room", version=1, actor=SYSTEM, at=at)
    changed = details_of(nature="Partner and landlord")
    commands.change_interest(
        interest, changed, version=2, actor=actor_of(person), at=at + timedelta(hours=1), note="New lease"
    )
    db.session.commit()
    before, _, after = interest.versions
    assert (before.nature, after.nature, after.change_note) == (
        "Partner in the practice",
        "Partner and landlord",
        "New lease",
    )
    assert (after.number, after.status, after.mitigation) == (3, InterestStatus.SUBMITTED, "")
    assert last_event() == Event.INTEREST_CHANGED


def test_a_change_that_changes_nothing_is_refused(person, at):
    interest = an_interest(person)
    broken = refused(lambda: commands.change_interest(interest, details_of(), version=1, actor=SYSTEM, at=at))
    assert "Change at least one answer" in broken.reason


def test_two_people_who_change_the_same_interest_see_both_versions(person, at):
    interest = an_interest(person)
    commands.change_interest(interest, details_of(nature="Salaried GP"), version=1, actor=SYSTEM, at=at)
    db.session.commit()
    before = counts()
    with pytest.raises(EditConflict) as conflict:
        commands.change_interest(interest, details_of(nature="Locum"), version=1, actor=SYSTEM, at=at)
    db.session.rollback()
    assert conflict.value.theirs == {"What it is": "Salaried GP"}
    assert conflict.value.yours == {"What it is": "Locum"}
    assert counts() == before


def test_an_interest_ends_and_stays_on_the_register(person, at):
    interest = an_interest(person)
    commands.end_interest(interest, date(2026, 11, 1), version=1, actor=actor_of(person), at=at)
    db.session.commit()
    assert [each.ended_on for each in interest.versions] == [None, date(2026, 11, 1)]
    assert interest.versions[-1].status is InterestStatus.ENDED
    assert interest.versions[-1].declaration.reference == "D/2026/0002"
    assert last_event() == Event.INTEREST_ENDED


@pytest.mark.parametrize("ended_on", [date(2026, 5, 19), date(2026, 11, 11)], ids=["before it began", "tomorrow"])
def test_an_interest_ends_between_its_start_and_today(person, at, ended_on):
    """Rule: DECL-06."""
    interest = an_interest(person)
    broken = refused(lambda: commands.end_interest(interest, ended_on, version=1, actor=SYSTEM, at=at))
    assert broken.field == "ended_on"


def test_an_interest_ends_once(person, at):
    interest = an_interest(person, details_of(ended_on=date(2026, 5, 30)))
    broken = refused(lambda: commands.end_interest(interest, date(2026, 6, 1), version=1, actor=SYSTEM, at=at))
    assert "already ended" in broken.reason


def test_mitigation_is_agreed_by_somebody_else(person, at):
    """Rule: DECL-07."""
    interest = an_interest(person)
    manager = a_person("Mrs Gwen Price")
    review_commands.agree_mitigation(interest, " Leaves the room ", version=1, actor=actor_of(manager), at=at)
    db.session.commit()
    agreed = interest.versions[-1]
    assert (agreed.number, agreed.mitigation, agreed.status) == (2, "Leaves the room", InterestStatus.AGREED)
    assert (agreed.mitigation_agreed_by, agreed.mitigation_agreed_on) == (manager.id, date(2026, 11, 10))
    assert last_event() == Event.MITIGATION_AGREED


def test_nobody_agrees_the_mitigation_of_their_own_interest(person, at):
    """Rule: DECL-07."""
    interest = an_interest(person)
    refused(lambda: review_commands.agree_mitigation(interest, "Stays", version=1, actor=actor_of(person), at=at))
    assert len(interest.versions) == 1


def test_mitigation_needs_words(person, at):
    interest = an_interest(person)
    broken = refused(lambda: review_commands.agree_mitigation(interest, " ", version=1, actor=SYSTEM, at=at))
    assert broken.field == "mitigation"


def test_an_ended_interest_stays_ended_when_its_mitigation_is_agreed(person, at):
    interest = an_interest(person, details_of(ended_on=date(2026, 5, 30)))
    review_commands.agree_mitigation(interest, "None needed any more", version=1, actor=SYSTEM, at=at)
    assert interest.versions[-1].status is InterestStatus.ENDED


def test_matching_an_organisation_keeps_the_words_of_the_declarant(person, at):
    interest = an_interest(person, details_of("the Larkfield practice"))
    organisation = an_organisation()
    review_commands.match_organisation(interest.versions[0].organisations[0], organisation.id, actor=SYSTEM, at=at)
    db.session.commit()
    (before,), (after,) = (version.organisations for version in interest.versions)
    assert (before.organisation_id, before.text) == (None, "the Larkfield practice")
    assert (after.organisation_id, after.text) == (organisation.id, "the Larkfield practice")
    assert last_event() == Event.ORGANISATION_MATCHED


def test_matching_an_organisation_of_a_version_that_no_longer_stands_is_a_conflict(person, at):
    interest = an_interest(person, details_of("the Larkfield practice"))
    organisation = an_organisation()
    named = interest.versions[0].organisations[0]
    commands.change_interest(interest, details_of("another one"), version=1, actor=SYSTEM, at=at)
    with pytest.raises(EditConflict):
        review_commands.match_organisation(named, organisation.id, actor=SYSTEM, at=at)


@pytest.mark.parametrize(("granted", "state"), [(True, RedactionState.GRANTED), (False, RedactionState.REFUSED)])
def test_the_guardian_decides_once_with_a_reason(person, at, granted, state):
    interest = an_interest(person, details_of(keep_private_because="Risk of harm"))
    request = queries.redactions_of([interest.id])[interest.id]
    guardian = actor_of(a_person("Mr Hugh Vane"))
    review_commands.decide_redaction(request, granted=granted, reason="Weighed", actor=guardian, at=at)
    db.session.commit()
    assert (request.state, request.decided_by, request.decision_reason) == (state, guardian.person_id, "Weighed")
    assert last_event() == Event.REDACTION_DECIDED
    again = refused(
        lambda: review_commands.decide_redaction(request, granted=False, reason="Again", actor=guardian, at=at)
    )
    assert "already decided" in again.reason


def test_nobody_decides_a_request_about_their_own_interest(person, at):
    interest = an_interest(person, details_of(keep_private_because="Risk of harm"))
    request = queries.redactions_of([interest.id])[interest.id]
    refused(
        lambda: review_commands.decide_redaction(request, granted=True, reason="Mine", actor=actor_of(person), at=at)
    )
    assert request.state is RedactionState.REQUESTED


def test_a_decision_about_a_request_needs_its_reason(person, at):
    interest = an_interest(person, details_of(keep_private_because="Risk of harm"))
    request = queries.redactions_of([interest.id])[interest.id]
    broken = refused(lambda: review_commands.decide_redaction(request, granted=True, reason="", actor=SYSTEM, at=at))
    assert broken.field == "reason"


def test_asking_not_to_publish_leaves_in_force_what_was_agreed_and_a_change_reopens_it(person, at):
    interest = an_interest(person)
    review_commands.agree_mitigation(interest, "Leaves the room", version=1, actor=SYSTEM, at=at)
    asked = details_of(keep_private_because="I was threatened")
    new = commands.change_interest(interest, asked, version=2, actor=SYSTEM, at=at)
    assert (new.mitigation, new.status) == ("Leaves the room", InterestStatus.AGREED)
    new = commands.change_interest(interest, details_of(nature="Salaried"), version=3, actor=SYSTEM, at=at)
    assert (new.mitigation, new.status) == ("", InterestStatus.SUBMITTED)
