"""What is entered about committees, on both databases."""

import json
import uuid
from datetime import date, datetime, timedelta

import pytest
import sqlalchemy as sa
from flask import Flask

from coi.accounts.models import RoleGrant
from coi.audit.models import LedgerLeaf
from coi.committees import commands, queries
from coi.committees.details import CommitteeDetails, MemberDetails, SeatGroup
from coi.committees.models import Committee
from coi.committees.quorum import parse, parse_settings, quorum_of
from coi.committees.vocabulary import CommissioningModel, MemberClass, Office
from coi.database import db
from coi.errors import EditConflict, NotFound, RuleBroken
from coi.permissions.vocabulary import Actor, Grant, Permission, Role, system_actor
from tests.factories.committees import AT, a_committee, a_member, the_terms
from tests.factories.organisations import a_body
from tests.factories.people import a_person

SYSTEM = system_actor("cli")
TODAY = date(2026, 11, 10)


def _entries() -> int:
    return db.session.scalar(sa.select(sa.func.count()).select_from(LedgerLeaf)) or 0


def test_a_joint_committee_is_a_committee_of_each_of_its_bodies(app: Flask, at: datetime) -> None:
    first, second = a_body(), a_body("NHS Far Fen ICB", "far-fen")
    details = CommitteeDetails("Joint Committee", "JC", date(2023, 4, 1), (second.id,))
    before = _entries()
    committee = commands.establish_committee(first, details, actor=SYSTEM, at=at)
    db.session.commit()
    assert _entries() == before + 1
    assert queries.committees(first.id, SYSTEM) == queries.committees(second.id, SYSTEM) == [committee]


@pytest.mark.parametrize(
    ("name", "prefix", "on", "field"),
    [
        (" ", "PCCC", date(2023, 4, 1), "name"),
        ("Committee", "P", date(2023, 4, 1), "prefix"),
        ("Committee", "PC/C", date(2023, 4, 1), "prefix"),
        ("Committee", "PCCC", date(1823, 4, 1), "established_on"),
    ],
)
def test_a_committee_that_cannot_be_is_refused(
    app: Flask, at: datetime, name: str, prefix: str, on: date, field: str
) -> None:
    with pytest.raises(RuleBroken) as caught:
        commands.establish_committee(a_body(), CommitteeDetails(name, prefix, on), actor=SYSTEM, at=at)
    assert caught.value.field == field


def test_two_committees_of_a_body_do_not_share_a_prefix(app: Flask) -> None:
    body = a_body()
    a_committee(body, terms=False)
    with pytest.raises(RuleBroken, match="uses PCCC already"):
        a_committee(body, "Another", terms=False)


def test_terms_hold_from_their_day_and_as_they_were_known(app: Flask) -> None:
    committee = a_committee()
    first = queries.terms_in_force(committee, date(2023, 4, 1))
    second = the_terms(committee, valid_from=date(2025, 4, 1), preset="number", at=AT + timedelta(days=1))
    corrected = the_terms(
        committee, valid_from=date(2025, 4, 1), preset="number", figures={"members": 3}, at=AT + timedelta(days=2)
    )
    assert queries.terms_in_force(committee, date(2023, 3, 31)) is None
    assert queries.terms_in_force(committee, date(2025, 3, 31)) is first
    assert queries.terms_in_force(committee, date(2025, 4, 1)) is corrected
    assert queries.terms_in_force(committee, date(2025, 4, 1), AT + timedelta(days=1)) is second
    assert queries.terms_in_force(committee, date(2025, 4, 1), AT) is first
    assert queries.terms_of(committee) == [corrected, second, first]


def test_terms_adopted_meanwhile_by_somebody_else_are_shown(app: Flask, at: datetime) -> None:
    committee = a_committee()
    seen = queries.latest_terms(committee)
    assert seen is not None
    the_terms(committee, valid_from=date(2025, 4, 1), at=AT + timedelta(days=1))
    details = commands.TermsDetails(
        date(2025, 5, 1), CommissioningModel.DELEGATED, (SeatGroup(MemberClass.LAY, 3),), ("contracts",), "number"
    )
    with pytest.raises(EditConflict) as caught:
        commands.adopt_terms(committee, details, seen_terms=seen.id, actor=SYSTEM, at=at)
    assert caught.value.theirs["Voting seats"] == "6" and caught.value.yours["Voting seats"] == "3"


@pytest.mark.parametrize(
    ("options", "field"),
    [
        ({"valid_from": date(2023, 3, 31)}, "valid_from"),
        ({"composition": (SeatGroup(MemberClass.GP, 2, voting=False),)}, "composition"),
        ({"composition": (SeatGroup(MemberClass.LAY, 51),)}, "composition"),
        ({"functions": ("performers_list",)}, "functions"),
        ({"functions": ("nonsense",)}, "functions"),
        ({"model": CommissioningModel.GREATER_INVOLVEMENT, "functions": ("delegated_funds",)}, "functions"),
        ({"preset": "nonsense"}, "preset"),
        ({"figures": {"members": "many"}}, "members"),
        ({"expression": "{"}, "expression"),
        ({"expression": '{"at_most": 3}'}, "expression"),
        ({"expression": "[" * 5000}, "expression"),
    ],
)
def test_terms_that_cannot_be_are_refused_at_their_field(app: Flask, options: dict[str, object], field: str) -> None:
    committee = a_committee(terms=False)
    with pytest.raises(RuleBroken) as caught:
        the_terms(committee, **options)  # type: ignore[arg-type]
    assert caught.value.field == field
    assert queries.terms_of(committee) == []


def test_an_expression_is_kept_as_it_was_given_and_read_back_in_words(app: Flask) -> None:
    rule = {"all": [{"at_least": 3, "of": {}}, {"office": ["chair", "vice_chair"]}]}
    terms = the_terms(a_committee(terms=False), expression=json.dumps(rule), deputies_allowed=True)
    assert parse(terms.quorum) == parse(rule) and terms.quorum_preset == ""
    assert parse_settings(terms.quorum_settings).count_deputies
    assert queries.quorum_in_words(terms) == "At least 3 members, including the chair or the vice chair."


def test_a_seat_brings_its_roles_in_the_same_entry(app: Flask) -> None:
    committee, chair, gp = a_committee(), a_person("Mrs Lena Marsh"), a_person("Dr Ada Obi")
    before = _entries()
    a_member(committee, chair, office=Office.CHAIR)
    a_member(committee, gp, MemberClass.GP, voting=False)
    assert _entries() == before + 2
    grants = {(grant.person_id, grant.role, grant.committee_id) for grant in db.session.scalars(sa.select(RoleGrant))}
    assert grants == {
        (chair.id, Role.CHAIR, committee.id), (chair.id, Role.LAY_MEMBER, committee.id), (gp.id, Role.MEMBER, committee.id),
    }  # fmt: skip


def test_whoever_left_has_no_seat_and_no_role_the_day_after(app: Flask, at: datetime) -> None:
    committee = a_committee()
    member = a_member(committee, office=Office.CHAIR)
    ended = commands.end_membership(member, date(2025, 3, 31), actor=SYSTEM, at=at)
    assert queries.members_on(committee, date(2025, 3, 31)) == [ended]
    assert queries.members_on(committee, date(2025, 4, 1)) == []
    assert {grant.valid_to for grant in db.session.scalars(sa.select(RoleGrant))} == {date(2025, 3, 31)}
    a_member(committee, "Mr Idris Pugh", office=Office.CHAIR, valid_from=date(2025, 4, 1))


def test_the_end_of_a_seat_overwrites_nothing_and_is_known_from_its_recording_on(app: Flask, at: datetime) -> None:
    committee = a_committee()
    member = a_member(committee, office=Office.CHAIR)
    ended = commands.end_membership(member, date(2025, 3, 31), actor=SYSTEM, at=at)
    assert (member.valid_to, ended.valid_to, ended.replaces_id) == (None, date(2025, 3, 31), member.id)
    before = at - timedelta(seconds=1)
    day_after = date(2025, 4, 1)
    assert queries.members_on(committee, day_after, before) == [member]
    assert queries.members_on(committee, day_after, at) == queries.members_on(committee, day_after) == []
    assert queries.members_on(committee, date(2025, 3, 31), before) == [member]
    assert queries.members_on(committee, date(2025, 3, 31), at) == [ended]


def test_whoever_ends_a_seat_that_somebody_ended_meanwhile_sees_both_days(app: Flask, at: datetime) -> None:
    member = a_member(a_committee())
    commands.end_membership(member, date(2025, 3, 31), actor=SYSTEM, at=at)
    with pytest.raises(EditConflict) as caught:
        commands.end_membership(member, date(2025, 6, 30), actor=SYSTEM, at=at)
    assert (caught.value.theirs, caught.value.yours) == ({"Last day": "2025-03-31"}, {"Last day": "2025-06-30"})


def test_one_person_has_one_seat_and_a_committee_one_chair(app: Flask) -> None:
    committee, person = a_committee(), a_person("Mrs Lena Marsh")
    a_member(committee, person, office=Office.CHAIR)
    with pytest.raises(RuleBroken) as caught:
        a_member(committee, person, MemberClass.GP)
    assert (caught.value.field, caught.value.rule) == ("person_id", "QUO-02")
    with pytest.raises(RuleBroken) as caught:
        a_member(committee, "Mr Idris Pugh", office=Office.CHAIR)
    assert caught.value.field == "office"


def test_nobody_gives_themselves_a_seat(app: Flask, at: datetime) -> None:
    committee, person = a_committee(), a_person()
    actor = Actor("Sol", uuid.uuid4(), person.id, (Grant(Role.SECRETARY, committee.body_id),))
    details = MemberDetails(person.id, MemberClass.LAY, date(2024, 4, 1), office=Office.CHAIR)
    with pytest.raises(RuleBroken) as caught:
        commands.appoint_member(committee, person, details, actor=actor, at=at)
    assert caught.value.rule == "SEC-ROLE"


@pytest.mark.parametrize(
    ("begins", "ends", "field"),
    [(date(2023, 3, 31), None, "valid_from"), (date(2024, 4, 1), date(2024, 3, 31), "valid_to")],
)
def test_a_seat_has_possible_dates(app: Flask, begins: date, ends: date | None, field: str) -> None:
    with pytest.raises(RuleBroken) as caught:
        a_member(a_committee(), valid_from=begins, valid_to=ends)
    assert caught.value.field == field


def test_the_seats_of_a_committee_go_into_its_quorum(app: Flask) -> None:
    committee = a_committee()
    a_member(committee, "Mrs Lena Marsh", office=Office.CHAIR)
    a_member(committee, "Mr Idris Pugh", office=Office.VICE_CHAIR)
    a_member(committee, "Mr Tom Ridge", MemberClass.EXECUTIVE, posts=("Chief Finance Officer",))
    a_member(committee, "Dr Ada Obi", MemberClass.GP, voting=False)
    terms = queries.terms_in_force(committee, TODAY)
    assert terms is not None
    rule, settings = parse(terms.quorum), parse_settings(terms.quorum_settings)
    seats = queries.seats_of(committee, TODAY)
    assert [seat.name for seat in seats] == ["Mrs Lena Marsh", "Mr Idris Pugh", "Dr Ada Obi", "Mr Tom Ridge"]
    assert not quorum_of(rule, settings, seats, terms.established_voting)
    a_member(committee, "Ms Joy Webb", MemberClass.NURSE)
    assert quorum_of(rule, settings, queries.seats_of(committee, TODAY), terms.established_voting)
    assert "QUO-01" not in {finding.rule_id for finding in queries.findings_on(committee, terms, TODAY)}
    assert (MemberClass.LAY, True, 3, 2) in queries.vacancies(terms, queries.members_on(committee, TODAY))


def test_a_committee_of_another_body_or_committee_looks_missing(app: Flask) -> None:
    body, other = a_body(), a_body("NHS Far Fen ICB", "far-fen")
    mine, audit = a_committee(body), a_committee(body, "Audit Committee", "AUD")
    member = Actor("Ada", uuid.uuid4(), uuid.uuid4(), (Grant(Role.MEMBER, body.id, mine.id),))
    assert queries.committees(body.id, member) == [mine]
    for body_id, committee in ((body.id, audit), (other.id, mine)):
        with pytest.raises(NotFound):
            queries.committee(committee.id, body_id, member)
    with pytest.raises(NotFound):
        queries.committee(mine.id, body.id, member, Permission.COMMITTEES_COMMITTEE_MANAGE)
    assert db.session.scalar(sa.select(sa.func.count()).select_from(Committee)) == 2
