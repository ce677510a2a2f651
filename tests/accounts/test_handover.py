"""Roles handed over and covered in one step: what waited for the one waits for the other, and the restriction wins."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
import sqlalchemy as sa
from flask import Flask

from coi import clock
from coi.accounts import handover_commands
from coi.accounts.commands import end_role, grant_role
from coi.accounts.guardians import DOUBT
from coi.accounts.models import RoleGrant
from coi.accounts.queries import account_of_person, actor_for
from coi.accounts.vocabulary import HandoverDetails, RoleDetails
from coi.audit.queries import entries_about
from coi.database import db
from coi.errors import RuleBroken
from coi.jobs.queries import waiting_jobs
from coi.meetings.actions.commands import ActionDetails, raise_action
from coi.meetings.actions.models import Action
from coi.organisations.models import Body
from coi.organisations.vocabulary import OrganisationKind
from coi.people.commands import end_appointment
from coi.people.models import Appointment, Person
from coi.permissions.rules import allows
from coi.permissions.vocabulary import Actor, Grant, Permission, Role
from tests.factories.accounts import account, role
from tests.factories.committees import a_committee
from tests.factories.interests import an_interest, details_of
from tests.factories.meetings import a_meeting, an_item
from tests.factories.organisations import a_body, an_organisation
from tests.factories.people import a_person, an_appointment
from tests.support.client import StrictClient

AT = datetime(2026, 11, 10, 12, 0, tzinfo=UTC)
TODAY = date(2026, 11, 10)
DAY = date(2026, 12, 1)
"""The first day of what is planned."""


@pytest.fixture(autouse=True)
def today(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: AT)


@pytest.fixture
def body(app: Flask) -> Body:
    return a_body()


def somebody(body: Body, name: str, *roles: Role) -> Person:
    person = a_person(name)
    an_appointment(person, body, "Officer")
    account(person.id, f"{name.split()[-1].lower()}@example.nhs.uk")
    for each in roles:
        role(person.id, each, body.id)
    return person


def administrator(body: Body) -> Actor:
    return Actor("Admin", grants=(Grant(Role.ADMINISTRATOR, body.id),))


def grants(person: Person) -> list[RoleGrant]:
    return list(
        db.session.scalars(sa.select(RoleGrant).where(RoleGrant.person_id == person.id).order_by(RoleGrant.valid_from))
    )


def may_keep(person: Person, body: Body, on: date) -> bool:
    return allows(actor_for(account_of_person(person.id), on), Permission.REGISTERS_STANDING_KEEP, body.id)


def hand_over(
    body: Body, old: Person, new: Person, starts: date = TODAY, until: date | None = None, **others: bool
) -> None:
    details = HandoverDetails(new.id, starts, until, **others)
    handover_commands.hand_over(grants(old), details, body_id=body.id, actor=administrator(body), at=AT)


def test_a_role_handed_over_ends_for_the_one_as_it_begins_for_the_other(body: Body) -> None:
    old, new = somebody(body, "Ms Ann Old", Role.SECRETARY), somebody(body, "Mr Ben New")
    hand_over(body, old, new, date(2026, 11, 16))
    assert [may_keep(old, body, day) for day in (date(2026, 11, 15), date(2026, 11, 16))] == [True, False]
    assert [may_keep(new, body, day) for day in (date(2026, 11, 15), date(2026, 11, 16))] == [False, True]


def test_a_cover_acts_beside_the_holder_and_ends_by_itself(body: Body) -> None:
    old, new = somebody(body, "Ms Ann Old", Role.SECRETARY), somebody(body, "Mr Ben New")
    hand_over(body, old, new, until=date(2026, 12, 24))
    assert may_keep(old, body, date(2026, 12, 1))
    assert [may_keep(new, body, day) for day in (date(2026, 12, 24), date(2026, 12, 25))] == [True, False]


def test_an_auditor_takes_on_nothing_else_and_nobody_hands_to_themselves(body: Body) -> None:
    old, auditor = somebody(body, "Ms Ann Old", Role.SECRETARY), somebody(body, "Mr Ben Auditor", Role.AUDITOR)
    db.session.commit()
    for other, said in ((auditor, "An auditor holds no other role"), (old, "Select another person")):
        with pytest.raises(RuleBroken, match=said):
            hand_over(body, old, other)
        db.session.rollback()


def test_a_role_of_a_seat_goes_with_the_seat(body: Body) -> None:
    old, new = somebody(body, "Ms Ann Old", Role.CHAIR), somebody(body, "Mr Ben New")
    with pytest.raises(RuleBroken, match="End the seat and appoint the successor"):
        hand_over(body, old, new)
    db.session.rollback()


def test_the_last_administrator_hands_over_only_to_somebody_who_can_sign_in(body: Body) -> None:
    old, new = somebody(body, "Ms Ann Old", Role.ADMINISTRATOR), a_person("Mr Ben Without")
    an_appointment(new, body, "Officer")
    with pytest.raises(RuleBroken):
        hand_over(body, old, new)
    db.session.rollback()


def test_open_actions_go_over_with_the_role(app: Flask, body: Body) -> None:
    old, new = somebody(body, "Ms Ann Old", Role.SECRETARY), somebody(body, "Mr Ben New")
    item = an_item(a_meeting(a_committee(body)), "Contract", [])
    action = raise_action(item, ActionDetails("Write to the practice", old, None), actor=administrator(body), at=AT)
    key = action.id
    hand_over(body, old, new, actions_follow=True)
    db.session.commit()
    worker = app.extensions["coi.worker"]()
    while worker.run_once():
        pass
    assert db.session.get_one(Action, key).owner_id == new.id


def work(app: Flask, monkeypatch: pytest.MonkeyPatch, at: datetime) -> None:
    """The worker does what is due at an instant."""
    db.session.commit()
    worker = app.extensions["coi.worker"]()
    monkeypatch.setattr(worker, "_now", lambda: at)
    while worker.run_once():
        pass


@pytest.fixture
def action(body: Body) -> Action:
    """An open action of a secretary, whose role is about to go over."""
    ann = somebody(body, "Ms Ann Old", Role.SECRETARY)
    item = an_item(a_meeting(a_committee(body)), "Contract", [])
    return raise_action(item, ActionDetails("Write to the practice", ann, None), actor=administrator(body), at=AT)


def owner(action: Action) -> str:
    db.session.expire_all()
    return str(db.session.get_one(Person, action.owner_id).name)


@pytest.mark.parametrize("what", ["kept", "given back", "handed on", "left"])
def test_actions_follow_on_the_day_whoever_holds_the_role_then(
    app: Flask, body: Body, monkeypatch: pytest.MonkeyPatch, action: Action, what: str
) -> None:
    ann, ben, cath = (
        db.session.get_one(Person, action.owner_id),
        somebody(body, "Mr Ben New"),
        somebody(body, "Ms Cath Next"),
    )
    hand_over(body, ann, ben, DAY, actions_follow=True)
    if what == "given back":
        end_role(grants(ben)[0], None, actor=administrator(body), at=AT)
    elif what == "handed on":
        hand_over(body, ben, cath, date(2026, 11, 20), actions_follow=True)
    elif what == "left":
        post = db.session.scalars(sa.select(Appointment).where(Appointment.person_id == ben.id)).one()
        end_appointment(post, date(2026, 11, 25), actor=administrator(body), at=AT)
    work(app, monkeypatch, AT.replace(day=21))
    assert owner(action) == "Ms Ann Old"
    work(app, monkeypatch, AT.replace(month=12, day=1))
    expected = {"kept": "Mr Ben New", "handed on": "Ms Cath Next"}
    assert owner(action) == expected.get(what, "Ms Ann Old")


def test_actions_follow_a_handover_that_was_planned_before_jobs_named_their_roles(
    app: Flask, body: Body, monkeypatch: pytest.MonkeyPatch, action: Action
) -> None:
    ann, ben = db.session.get_one(Person, action.owner_id), somebody(body, "Mr Ben New")
    hand_over(body, ann, ben, DAY, actions_follow=True)
    (job,) = waiting_jobs(handover_commands.FOLLOW, body.id)
    job.payload = {name: value for name, value in job.payload.items() if name != "roles"}
    work(app, monkeypatch, AT.replace(month=12, day=1))
    assert owner(action) == "Mr Ben New"


def test_a_handover_asked_for_twice_is_one_job_and_none_goes_to_somebody_who_leaves_before(body: Body) -> None:
    ann, ben = somebody(body, "Ms Ann Old", Role.SECRETARY, Role.GOVERNANCE_LEAD), somebody(body, "Mr Ben New")
    hand_over(body, ann, ben, DAY, actions_follow=True)
    with pytest.raises(RuleBroken, match="ends on 30 November 2026, before the first day"):
        hand_over(body, ann, ben, DAY, actions_follow=True)
    assert len(waiting_jobs(handover_commands.FOLLOW, body.id)) == 1
    gone = a_person("Ms Gone")
    an_appointment(gone, body, valid_to=date(2026, 11, 30))
    with pytest.raises(RuleBroken, match="ends on 30 November 2026, before the first day"):
        hand_over(body, ben, gone, DAY)


def test_an_administrator_hands_over_on_one_page(body: Body, client: StrictClient) -> None:
    old, new = somebody(body, "Ms Ann Old", Role.SECRETARY), somebody(body, "Mr Ben New")
    somebody(body, "Mrs Cath Admin", Role.ADMINISTRATOR)
    client.as_("admin@example.nhs.uk")
    page = client.get(f"/mid-marsh/accounts/{old.id}")
    page = client.click("Hand over or cover these roles")
    (grant,) = grants(old)
    sent = {
        "roles": [str(grant.id)],
        "to_id": str(new.id),
        "kind": "cover",
        "starts-day": "10",
        "starts-month": "11",
        "starts-year": "2026",
    }
    page = client.post(f"/mid-marsh/accounts/{old.id}/hand-over", sent)
    assert page.error_for("Last day of the cover") == "Enter the last day of the cover"
    page = client.post(f"/mid-marsh/accounts/{old.id}/hand-over", {**sent, "kind": "for-good", "actions_follow": "yes"})
    assert page.heading == "Mr Ben New"
    assert may_keep(new, body, TODAY)
    assert not may_keep(old, body, TODAY)


def test_nothing_is_handed_over_for_days_that_are_gone(body: Body) -> None:
    old, new = somebody(body, "Ms Ann Old", Role.SECRETARY), somebody(body, "Mr Ben New")
    with pytest.raises(RuleBroken, match="today or in the future"):
        hand_over(body, old, new, date(2026, 9, 11))
    assert may_keep(old, body, TODAY) and not may_keep(new, body, TODAY)


def test_the_guardians_role_goes_to_somebody_with_interests_in_providers_only_with_a_reason_that_is_kept(
    body: Body, client: StrictClient
) -> None:
    old, new = somebody(body, "Ms Ann Old", Role.GUARDIAN), somebody(body, "Dr Ben New")
    somebody(body, "Mrs Cath Admin", Role.ADMINISTRATOR)
    an_interest(new, at=datetime(2026, 11, 2, 9, 0, tzinfo=UTC), details=details_of(an_organisation("Elm Surgery")))
    client.as_("admin@example.nhs.uk")
    (grant,) = grants(old)
    sent = {
        "roles": [str(grant.id)],
        "to_id": str(new.id),
        "kind": "for-good",
        "starts-day": "10",
        "starts-month": "11",
    }
    sent |= {"starts-year": "2026", "actions_follow": "no"}
    page = client.get(f"/mid-marsh/accounts/{old.id}/hand-over")
    assert "Why is it right" not in page.text
    page = client.post(page.path, sent)
    assert page.error_for("Why is it right all the same?") == DOUBT
    assert "Elm Surgery" not in page.text
    assert not grants(new)
    page = client.post(f"/mid-marsh/accounts/{old.id}/hand-over", {**sent, "because": "Everybody else left"})
    assert page.heading == "Dr Ben New"
    assert grants(new)[0].role is Role.GUARDIAN
    about = entries_about("role_grant", grants(new)[0].id)
    assert [each.note for each in about if each.note] == [
        {"because": "Everybody else left", "from": str(old.id), "kind": "handed over", "to": str(new.id)}
    ]


def test_an_interest_that_ended_or_is_in_no_provider_keeps_nobody_from_being_the_guardian(body: Body) -> None:
    new, at = somebody(body, "Dr Ben New"), datetime(2026, 11, 2, 9, 0, tzinfo=UTC)
    charity = an_organisation("Elm Trust for Trees", OrganisationKind.CHARITY)
    elm = an_organisation("Elm Surgery")
    kept = details_of(elm, keep_private_because="I was threatened")  # of which whoever gives roles learns nothing
    for details in (details_of(charity), details_of(elm, ended_on=date(2026, 10, 1)), kept):
        an_interest(new, details, at=at)
    asked = RoleDetails(new.id, Role.GUARDIAN, body.id, DAY)
    grant_role(asked, actor=administrator(body), at=AT)
    an_interest(new, details_of(elm), at=at)
    with pytest.raises(RuleBroken, match="has declared one that stands"):
        grant_role(asked, actor=administrator(body), at=AT)
    grant_role(replace(asked, because="Nobody else is left"), actor=administrator(body), at=AT)
