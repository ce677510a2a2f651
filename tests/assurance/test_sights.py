"""Who sees which entries of the ledger: the written map, and that whoever reads for one committee sees nothing but what is of it."""

from datetime import date

import pytest
from flask import Flask

from coi.assurance import ledger_queries
from coi.assurance.belongings import tables_led_to
from coi.assurance.sights import SIGHTS, Belonging
from coi.audit.models import LedgerLeaf
from coi.audit.state import is_ledgered
from coi.audit.vocabulary import Event
from coi.database import Base, db
from coi.errors import NotFound
from coi.meetings.conflicts.beforehand.commands import say_beforehand
from coi.meetings.conflicts.beforehand.vocabulary import SaidDetails
from coi.meetings.proceedings import decision_commands as deciding
from coi.meetings.proceedings.procurement_queries import procurement_of
from coi.meetings.recorded_vocabulary import DecisionDetails
from coi.meetings.vocabulary import Outcome, Part, PresenceKind
from coi.permissions.rules import ROLE_TABLE
from coi.permissions.vocabulary import Actor, Grant, Permission, Role
from coi.registers.absence_commands import enter_absence
from coi.registers.breaches import commands as breaching
from coi.registers.procurement.commands import begin_from_meeting, take_declaration
from coi.registers.procurement.models import ProcurementDecision
from coi.registers.procurement.vocabulary import DeclarationDetails, Side
from coi.registers.training.commands import enter_training
from coi.registers.training.vocabulary import Module, TrainingDetails
from tests.factories.assurance import History, a_decided_item, a_flagged_item
from tests.factories.breaches import SYSTEM
from tests.factories.committees import a_committee, a_member
from tests.factories.gifts import a_gift
from tests.factories.meetings import PLANNED, Scene, a_declared_interest, a_scene, minutes, moved, opened, ruled
from tests.factories.people import a_person, an_appointment
from tests.factories.procurement import a_procurement

READERS = [role for role, rights in ROLE_TABLE.items() if Permission.ASSURANCE_LEDGER_READ in rights]


def events_seen(scene: Scene, actor: Actor) -> set[str]:
    return {line.entry.event for line in ledger_queries.page_of(scene.body.id, actor=actor).lines}


def of_committee(scene: Scene, who: str, role: Role, committee_id: object = None) -> Actor:
    """Somebody with a role for one committee, by default the committee of the scene."""
    grants = (Grant(role, scene.body.id, committee_id or scene.committee.id),)
    return Actor("Somebody", None, scene.people[who].id, grants)


def test_the_map_says_of_every_ledgered_table_who_sees_it() -> None:
    ledgered = {mapper.class_.__tablename__ for mapper in Base.registry.mappers if is_ledgered(mapper.class_)}
    assert ledgered == SIGHTS.keys() - {"access_log"}


def test_what_leads_from_a_row_to_what_it_belongs_to_is_a_column_that_points_to_a_table_of_the_map() -> None:
    ends = {
        Belonging.MEETING: "meeting",
        Belonging.COMMITTEE: "committee",
        Belonging.PERSON: "person",
        Belonging.BREACH: "breach",
        Belonging.POSSIBLE: "possible_breach",
    }
    for name, sight in SIGHTS.items():
        targets = [target for by in sight.by for target in tables_led_to(name, by)]
        assert len(targets) == len(sight.by), name
        assert sight.belongs not in ends or name == ends[sight.belongs] or targets, name
        for target in targets:
            assert target in (ends[sight.belongs], "agenda_item") or SIGHTS[target].belongs is sight.belongs, name


def test_each_right_of_the_map_is_held_by_somebody_who_reads_the_ledger_and_what_is_harmless_says_why() -> None:
    for name, sight in SIGHTS.items():
        assert any(sight.permission in ROLE_TABLE[role] for role in READERS), name
        assert bool(sight.because) is (sight.belongs is Belonging.EVERYBODY), name


@pytest.mark.parametrize("role", [Role.LAY_MEMBER, Role.SECRETARY, Role.CHAIR])
def test_a_reader_for_one_committee_sees_nothing_of_the_body_as_a_whole_nor_of_people_who_sit_elsewhere(
    app: Flask, role: Role
) -> None:
    scene = a_scene()
    first = ledger_queries.page_of(scene.body.id, actor=scene.actor("lay", Role.AUDITOR)).lines[0].entry.seq
    stranger = a_person("Ms Zoe Zane")
    an_appointment(stranger, scene.body)
    a_procurement(scene.body)
    a_gift(scene.body, stranger)
    a_gift(scene.body, None)
    a_declared_interest(stranger, "Zane Ltd")
    training = TrainingDetails(scene.gp.id, Module.MODULE_1, date(2026, 5, 1), 90)
    enter_training([training], actor=SYSTEM, at=PLANNED, body_id=scene.body.id)
    enter_absence([scene.gp], scene.body.id, date(2026, 6, 1), None, actor=SYSTEM, at=PLANNED)
    breaching.state_no_breaches(scene.body.id, 2024, actor=SYSTEM, at=PLANNED)
    a_member(a_committee(scene.body, "Finance Committee", "FIN"), stranger)
    reader = of_committee(scene, "lay", role)
    seen = [each.entry for each in ledger_queries.page_of(scene.body.id, actor=reader).lines]
    assert {each.event for each in seen if each.seq > first} == set()
    whole = [each.entry for each in ledger_queries.page_of(scene.body.id, actor=scene.actor("lay", Role.AUDITOR)).lines]
    hidden = [each.seq for each in whole if each.seq > first]
    assert len(hidden) == 12
    for seq in hidden:
        with pytest.raises(NotFound):
            ledger_queries.entry_of(seq, body_id=scene.body.id, actor=reader)


def test_a_reader_for_one_committee_sees_its_meetings_its_seats_and_what_its_members_declared(app: Flask) -> None:
    history = a_decided_item()
    a_gift(history.scene.body, history.scene.gp)
    seen = events_seen(history.scene, of_committee(history.scene, "lay", Role.LAY_MEMBER))
    assert {
        Event.DECISION_TAKEN,
        Event.RULING_CONFIRMED,
        Event.INTEREST_DECLARED_AT_MEETING,
        Event.GIFT_DECLARED,
    } <= seen
    chair = events_seen(history.scene, of_committee(history.scene, "chair", Role.CHAIR))
    assert {Event.DECISION_TAKEN, Event.DECLARATION_SUBMITTED, Event.GIFT_DECLARED} <= chair


@pytest.mark.parametrize(
    ("role", "sees"),
    [
        (Role.CHAIR, True),
        (Role.SECRETARY, True),
        (Role.LAY_MEMBER, False),
        (Role.AUDITOR, False),
        (Role.GUARDIAN, False),
    ],
)
def test_what_people_said_before_a_meeting_is_seen_by_the_chair_and_the_secretary_alone(
    app: Flask, role: Role, sees: bool
) -> None:
    scene = a_scene()
    say_beforehand(scene.meeting, SaidDetails(False, "I left", ()), actor=scene.actor("gp"), at=PLANNED)
    assert (Event.BEFOREHAND_ANSWERED in events_seen(scene, scene.actor("nurse", role))) is sees


def a_procurement_from(history: History) -> ProcurementDecision:
    scene = history.scene
    opened(scene)
    ruled(scene, history.item, "gp", "A3", "A4", at=minutes(5))
    moved(scene, "gp", PresenceKind.LEFT, minutes(10), history.item)
    details = DecisionDetails(Outcome.APPROVED, "The contract was awarded.", decided_at=minutes(20))
    decision = deciding.take_decision(history.item, details, actor=scene.secretary, at=minutes(20))
    row = begin_from_meeting(procurement_of(decision.id, history.item), actor=scene.secretary, at=minutes(30))
    said = DeclarationDetails(Side.EVALUATOR, "Ms Val Vane", "", "None", "", date(2026, 11, 1), True)
    take_declaration(row, said, actor=scene.secretary, at=minutes(31))
    return row


@pytest.mark.parametrize(("who", "sees"), [("gp", False), ("lay", True)])
def test_a_procurement_from_a_private_item_is_kept_on_every_page_of_the_ledger_from_whoever_the_item_is_kept_from(
    app: Flask, who: str, sees: bool
) -> None:
    history = a_flagged_item(part=Part.PRIVATE)
    row = a_procurement_from(history)
    about = [seq for (seq,) in db.session.query(LedgerLeaf.seq).order_by(LedgerLeaf.seq.desc()).limit(2)]
    for reader in (history.scene.actor(who, Role.LAY_MEMBER), of_committee(history.scene, who, Role.LAY_MEMBER)):
        listed = {each.entry.seq for each in ledger_queries.page_of(history.scene.body.id, actor=reader).lines}
        assert (set(about) <= listed) is sees
        for version in (row, *row.versions, *row.declarations):
            call = lambda: ledger_queries.about(version.__tablename__, version.id, body_id=row.body_id, actor=reader)  # noqa: B023, E731
            if sees:
                assert call()
            else:
                with pytest.raises(NotFound):
                    call()


def test_a_procurement_from_an_item_is_seen_by_the_readers_of_its_committee_and_of_the_body_alone(app: Flask) -> None:
    history = a_flagged_item()
    a_procurement_from(history)
    other = a_committee(history.scene.body, "Finance Committee", "FIN")
    for reader, sees in (
        (history.scene.actor("lay", Role.AUDITOR), True),
        (of_committee(history.scene, "lay", Role.SECRETARY), True),
        (of_committee(history.scene, "lay", Role.CHAIR), False),
        (of_committee(history.scene, "lay", Role.SECRETARY, other.id), False),
    ):
        assert (Event.PROCUREMENT_BEGUN in events_seen(history.scene, reader)) is sees
