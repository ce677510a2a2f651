"""From a meeting's decision to the register of procurement decisions."""

from dataclasses import replace
from datetime import date

import pytest
import sqlalchemy as sa

from coi.database import db
from coi.errors import NotFound
from coi.meetings.conflicts.afterwards.commands import report_possible_breach, screen_afterwards
from coi.meetings.conflicts.commands import declare_at_meeting
from coi.meetings.proceedings import decision_commands as deciding
from coi.meetings.proceedings.procurement_publicity import withheld_fields
from coi.meetings.proceedings.procurement_queries import procurement_of
from coi.meetings.recorded_vocabulary import DecisionDetails, MeetingDeclarationDetails
from coi.meetings.vocabulary import DeclaredPoint, Outcome, Part, PresenceKind
from coi.organisations.models import Organisation
from coi.organisations.policy_queries import rulebook_of
from coi.permissions.vocabulary import Actor, Grant, Role
from coi.publication.catalogue import PROCUREMENT
from coi.registers.breaches.commands import add_note
from coi.registers.breaches.concerned_queries import concerned_by
from coi.registers.breaches.queries import seen_by
from coi.registers.breaches.report_commands import open_suspected_breach
from coi.registers.breaches.substitute_commands import name_substitute
from coi.registers.breaches.vocabulary import BreachKind, BreachSource, NoteDetails, NoteKind, Party, Suspicion
from coi.registers.interests import review_commands
from coi.registers.interests.models import Interest, RedactionRequest
from coi.registers.interests.vocabulary import RedactionState
from coi.registers.procurement.commands import begin_from_meeting, correct_decision
from coi.registers.procurement.models import ProcurementDecision
from coi.registers.procurement.notices import notices_of
from coi.registers.procurement.queries import decision as decision_row
from coi.registers.procurement.queries import details_of, facts_of, prefilled_in, register_page, withheld_of
from coi.registers.procurement.story_queries import story_of
from coi.registers.procurement.vocabulary import Arrangement, Route, ServiceKind, State
from coi.registers.procurement.vocabulary import Outcome as Procured
from tests.factories import accounts
from tests.factories.committees import a_committee
from tests.factories.meetings import a_declared_interest, a_scene, an_item, minutes, moved, opened, ruled
from tests.factories.organisations import an_organisation

pytestmark = pytest.mark.usefixtures("app")
LATER = minutes(60 * 24 * 30)


def decided(scene, words="I am a partner at Elm", *, from_register=False):
    """An item about a GP's practice, decided without her."""
    elm = an_organisation("Elm Surgery")
    interest = a_declared_interest(scene.people["gp"], elm)
    item = an_item(scene.meeting, "Elm contract", [elm])
    opened(scene)
    said = MeetingDeclarationDetails(
        scene.people["gp"].id,
        DeclaredPoint.START,
        words,
        item_id=item.id,
        interest_id=interest.id if from_register else None,
    )
    declare_at_meeting(scene.meeting, said, actor=scene.secretary, at=minutes(5))
    ruled(scene, item, "gp", "A4")
    moved(scene, "gp", PresenceKind.LEFT, minutes(16), item)
    details = DecisionDetails(Outcome.APPROVED, "The contract was awarded.")
    return item, deciding.take_decision(item, details, actor=scene.secretary, at=minutes(20))


def completed(row):
    """What a draft says, with the answers that only a person gives."""
    return replace(
        details_of(row.versions[0]), outcome=Procured.GO_TO_PROCUREMENT, arrangement=Arrangement.OWN, is_gp_provider=True,
        service_kind=ServiceKind.HEALTH_CARE,
    )  # fmt: skip


def test_a_draft_says_nothing_that_the_record_does_not_say() -> None:
    scene = a_scene()
    item, decision = decided(scene)
    row = begin_from_meeting(procurement_of(decision.id, item), actor=scene.secretary, at=minutes(30))
    said = details_of(row.versions[0])
    assert (said.outcome, said.arrangement, said.service_kind, said.route, said.is_gp_provider, said.supplier) == (
        None,
    ) * 6
    assert (row.concerned, said.value_total) == (["Elm Surgery"], None)
    filled = prefilled_in(row)
    assert filled["involved"] == "From the meeting’s record: the quorum and the rulings"
    assert "value_total" not in filled and "supplier" not in filled
    changed = replace(completed(row), involved="Others")
    correct_decision(row, changed, version=1, is_draft=True, actor=scene.secretary, at=minutes(31))
    assert "involved" not in prefilled_in(row) and "conflicts" in prefilled_in(row)


def test_who_decided_who_stood_down_and_each_conflict_are_filled_in() -> None:
    """Rule: PROC-04."""
    scene = a_scene()
    item, decision = decided(scene)
    found = procurement_of(decision.id, item)
    assert found.decided == "The contract was awarded."
    assert found.process.startswith(f"Approved by consensus at item {item.reference}. 7 members; 1 stood down")
    gp = scene.people["gp"].name
    assert f"{gp} stood down" in found.involved and gp not in found.involved.split(" was in the chair")[0]
    assert found.conflicts == f"{gp}: Partner, Elm Surgery, own interest (direct); I am a partner at Elm"
    assert found.mitigations.startswith(f"{gp}: ")
    assert list(found.concerned) == ["Elm Surgery"]


def test_one_decision_begins_one_draft_with_the_references_both_ways() -> None:
    """Rule: PROC-03."""
    scene = a_scene()
    item, decision = decided(scene)
    first = begin_from_meeting(procurement_of(decision.id, item), actor=scene.secretary, at=minutes(30))
    again = begin_from_meeting(procurement_of(decision.id, item), actor=scene.secretary, at=minutes(31))
    assert first is again
    assert (first.state, first.item_reference, first.decision_id) == (State.DRAFT, item.reference, decision.id)
    assert details_of(first.versions[0]).title == "Elm contract"
    assert db.session.scalar(sa.select(sa.func.count(ProcurementDecision.id))) == 1


def test_scenario_38_a_breach_found_after_an_award_leads_to_a_review_and_a_row_that_says_so() -> None:
    """Rule: BRE-01, PROC-01."""
    scene = a_scene()
    item, decision = decided(scene)
    row = begin_from_meeting(procurement_of(decision.id, item), actor=scene.secretary, at=minutes(30))
    correct_decision(row, completed(row), version=1, actor=scene.secretary, at=minutes(31))
    elm = db.session.scalars(sa.select(Organisation).where(Organisation.name == "Elm Surgery")).one()
    interest = a_declared_interest(scene.people["finance"], elm, at=LATER)
    (possible,) = screen_afterwards(interest, actor=scene.secretary, at=LATER)
    accounts.account_with(scene.people["lay"].id, "lay@example.nhs.uk", [Role.GUARDIAN], scene.body.id)
    guardian = scene.actor("lay", Role.GUARDIAN)
    breach = report_possible_breach(possible, seen=possible.mark, actor=guardian, at=LATER)
    assert f"when it decided on item {item.position}, Elm contract" in breach.what
    assert [each.id for each in concerned_by(breach, guardian, LATER.date())] == [row.id], "its row is led to"
    for kind, said, party in (
        (NoteKind.FINDING, "The finance officer owns part of the supplier", None),
        (NoteKind.REVIEW, "The award is not safe and is taken again", None),
        (NoteKind.INFORMED, "By letter", Party.NHS_ENGLAND),
        (NoteKind.ACTION, "The award goes back to the committee and is decided again", None),
    ):
        add_note(breach, NoteDetails(kind, said, LATER.date(), party), actor=guardian, at=LATER)
    told = replace(
        details_of(row.versions[-1]), conflicts="One who decided declared an interest in the supplier afterwards"
    )
    correct_decision(row, told, version=2, note="Found after the award", actor=scene.secretary, at=LATER)
    newest = story_of(row)[0]
    assert [each.after for each in newest.changes] == [
        "One who decided declared an interest in the supplier afterwards"
    ]


def test_a_decision_of_another_item_is_not_found() -> None:
    scene = a_scene()
    _item, decision = decided(scene)
    with pytest.raises(NotFound):
        procurement_of(decision.id, an_item(scene.meeting, "Another", at=minutes(25)))


def test_the_secretary_begins_the_entry_from_the_item(stage) -> None:
    stage.at(minutes(30))
    item, _decision = decided(stage.scene)
    client = stage.as_("scribe")
    page = client.get(stage.url(f"items/{item.id}/procurement"))
    assert "I am a partner at Elm" in page.text
    page = client.post(stage.url(f"items/{item.id}/procurement"), {})
    assert "is begun" in page.text
    assert (
        "From the meeting’s record: the chair’s rulings" in page.text and "The item was about Elm Surgery" in page.text
    )
    assert page.soup.select("input[type=radio][checked]") == []
    assert "I am a partner at Elm" in page.html
    page = client.get(stage.url(f"items/{item.id}/procurement"))
    assert "It is in the register as" in page.text
    assert client.get(stage.url(f"items/{item.id}")).links[
        "Enter the decision in the register of procurement decisions"
    ]


def test_a_conflict_is_told_as_the_interest_on_the_register_and_not_by_a_reference_to_it() -> None:
    scene = a_scene()
    item, decision = decided(scene, words="As on the register", from_register=True)
    gp = scene.people["gp"].name
    assert procurement_of(decision.id, item).conflicts == f"{gp}: Partner, Elm Surgery, own interest (direct)"


@pytest.mark.parametrize("granted", [None, True])
def test_an_interest_that_is_withheld_is_neither_filled_in_nor_public(granted) -> None:
    scene = a_scene()
    item, decision = decided(scene)
    before = begin_from_meeting(procurement_of(decision.id, item), actor=scene.secretary, at=minutes(30))
    correct_decision(before, completed(before), version=1, actor=scene.secretary, at=minutes(31))
    assert withheld_fields(scene.body.id, at=minutes(90)) == {}
    request = RedactionRequest(
        interest_id=db.session.scalars(sa.select(Interest.id)).one(), reason="Safety", requested_at=minutes(32),
        state=RedactionState.REQUESTED,
    )  # fmt: skip
    db.session.add(request)
    db.session.flush()
    if granted:
        guardian = scene.actor("vice", Role.GUARDIAN)
        review_commands.decide_redaction(request, granted=True, reason="Considered", actor=guardian, at=minutes(33))
    found = procurement_of(decision.id, item)
    gp = scene.people["gp"].name
    assert found.conflicts == f"{gp}: an interest whose details are withheld from publication"
    assert found.justification == f"{gp}: Withheld from publication"
    hidden = PROCUREMENT.withheld(scene.body.id, at=minutes(90))
    assert hidden == {before.reference: frozenset({"involved", "conflicts", "mitigations", "justification"})}
    assert withheld_of(before, minutes(90)) == hidden[before.reference]
    (row,) = PROCUREMENT.rows(scene.body.id, on=minutes(90).date(), at=minutes(90))
    assert "partner" not in str(row).lower()
    assert gp not in str(row) and gp.split()[-1] not in str(row), "whose it is would tell that there is one"
    facts = facts_of(before, before.versions[-1], rulebook_of(scene.body.id))
    awarded = replace(facts.details, outcome=Procured.AWARDED, route=Route.MOST_SUITABLE)
    *public, kept = notices_of(replace(facts, details=awarded), "NHS Mid Marsh ICB", withheld=hidden[before.reference])
    assert gp in kept.text and public and not [notice.text for notice in public if gp in notice.text]


def test_whoever_is_ruled_out_of_a_private_item_finds_nothing_of_it_in_the_register() -> None:
    scene = a_scene()
    item, decision = decided(scene)
    row = begin_from_meeting(procurement_of(decision.id, item), actor=scene.secretary, at=minutes(30))
    out, secretary = scene.actor("gp", Role.GOVERNANCE_LEAD), scene.secretary
    assert register_page(scene.body.id, minutes(40), actor=out).count == 1
    item.part = Part.PRIVATE
    db.session.flush()
    assert register_page(scene.body.id, minutes(40), actor=out).count == 0
    assert register_page(scene.body.id, minutes(40), actor=secretary).count == 1
    with pytest.raises(NotFound):
        decision_row(row.id, scene.body.id, out)
    assert decision_row(row.id, scene.body.id, secretary) is row


def test_what_another_committee_decided_in_private_is_not_for_a_reader_for_one_committee_before_it_is_public() -> None:
    scene = a_scene()
    item, decision = decided(scene)
    row = begin_from_meeting(procurement_of(decision.id, item), actor=scene.secretary, at=minutes(30))
    other = a_committee(scene.body, "Finance Committee", "FIN")
    own, elsewhere = (
        Actor("Somebody", None, None, (Grant(Role.SECRETARY, scene.body.id, committee.id),))
        for committee in (scene.committee, other)
    )
    assert register_page(scene.body.id, minutes(40), actor=elsewhere).count == 1
    item.part = Part.PRIVATE
    db.session.flush()
    assert register_page(scene.body.id, minutes(40), actor=elsewhere).count == 0
    assert register_page(scene.body.id, minutes(40), actor=own).count == 1
    with pytest.raises(NotFound):
        decision_row(row.id, scene.body.id, elsewhere)
    row.state, row.versions[-1].public_from = State.ON_REGISTER, date(2020, 1, 1)
    db.session.flush()
    assert register_page(scene.body.id, minutes(40), actor=elsewhere).count == 1


def test_a_suspected_breach_from_a_private_item_is_kept_from_a_guardian_from_whom_the_item_is_kept() -> None:
    scene = a_scene()
    item, decision = decided(scene)
    on = minutes(40).date()
    for who, role in (("gp", Role.GUARDIAN), ("lay", Role.LAY_MEMBER)):
        accounts.role(scene.people[who].id, role, scene.body.id)
    name_substitute(scene.lay, scene.body.id, on, actor=scene.secretary, at=minutes(29))
    found = Suspicion(
        BreachSource.IRREGULAR_DECISION, "decision", decision.id, BreachKind.IRREGULAR_DECISION, "Decided", on
    )
    open_suspected_breach(found, scene.body.id, actor=scene.secretary, at=minutes(30))
    guardian, lay = scene.actor("gp", Role.GUARDIAN), scene.actor("lay", Role.LAY_MEMBER)
    assert [each.acts for each in seen_by(guardian, scene.body.id, on)] == [True]
    assert seen_by(lay, scene.body.id, on) == []
    row = begin_from_meeting(procurement_of(decision.id, item), actor=scene.secretary, at=minutes(30))
    item.part = Part.PRIVATE
    db.session.flush()
    assert seen_by(guardian, scene.body.id, on) == []
    ((breach, acts),) = [(each.breach, each.acts) for each in seen_by(lay, scene.body.id, on)]
    assert acts and [each.id for each in concerned_by(breach, lay, on)] == [row.id]
    assert concerned_by(breach, guardian, on) == [], "nor the row of the register"
