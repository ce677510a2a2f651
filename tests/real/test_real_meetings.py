"""Real meetings, taken through the product to minutes with invented people. Skips where the real input is not beside the project."""

import json
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest
from flask import Flask

from coi.audit import checkpoint
from coi.audit import commands as audit
from coi.audit.verify import verify
from coi.committees.models import Committee
from coi.committees.vocabulary import CommissioningModel, MemberClass, Office
from coi.config import Config
from coi.database import db
from coi.documents.pdf import pdf_of
from coi.documents.vocabulary import folded, text_of
from coi.errors import RuleBroken
from coi.meetings import commands as planning
from coi.meetings.conflicts import commands as conflicts
from coi.meetings.conflicts.queries import flags_of_item
from coi.meetings.minutes import commands as minuting
from coi.meetings.minutes import content
from coi.meetings.models import AgendaItem, Meeting
from coi.meetings.proceedings import commands as proceedings
from coi.meetings.proceedings import decision_commands as deciding
from coi.meetings.proceedings.vocabulary import OpeningDetails
from coi.meetings.queries import agenda_of
from coi.meetings.recorded_vocabulary import DecisionDetails, MeetingDeclarationDetails, MovementDetails, RulingDetails
from coi.meetings.vocabulary import (
    AffectedDetails,
    AffectedRelation,
    ClassScope,
    DeclaredPoint,
    ItemDetails,
    MeetingDetails,
    MinutesState,
    Outcome,
    PresenceKind,
    PresenceReason,
    Purpose,
)
from coi.organisations.commands import import_release
from coi.organisations.models import Body, Organisation
from coi.organisations.queries import by_code
from coi.organisations.vocabulary import BodyKind
from coi.people.models import Person
from coi.permissions.vocabulary import Role
from coi.registers.interests.vocabulary import InterestRole, InterestType
from tests.factories.committees import a_committee, a_member, the_terms
from tests.factories.meetings import SYSTEM, a_declared_interest, a_nil_return, an_actor, takes_earlier_minutes
from tests.factories.organisations import a_body, an_organisation
from tests.factories.people import a_person
from tests.support.pdf import read
from tests.support.real_data import real_data

pytestmark = pytest.mark.real_data

PEOPLE = {
    "chair": ("Mrs Ada Quill", MemberClass.LAY, Office.CHAIR),
    "vice": ("Mr Bo Marsh", MemberClass.LAY, Office.VICE_CHAIR),
    "finance": ("Ms Cy Reed", MemberClass.EXECUTIVE, None),
    "nurse": ("Mrs Di Sedge", MemberClass.NURSE, None),
    "gp": ("Dr Ed Teasel", MemberClass.GP, None),
    "other_gp": ("Dr Flo Vetch", MemberClass.GP, None),
}


def real_meeting(meeting_id: str) -> dict[str, Any]:
    meetings = json.loads(real_data("meetings", "real_meetings.json").read_text())
    return next(each for each in meetings if each["meeting_id"] == meeting_id)


class Sitting:
    """A real meeting with its committee, invented people, and a clock that runs on."""

    def __init__(self, facts: dict[str, Any], body: Body, model: CommissioningModel) -> None:
        self.facts, self.body = facts, body
        self.on = date.fromisoformat(facts["date"])
        self.now = datetime.combine(self.on, time(13), UTC)
        declared = datetime(2016, 10, 3, 9, tzinfo=UTC)  # within the six months of the 2016 guidance
        self.committee: Committee = a_committee(body, facts["committee"], "PCC", since=date(2015, 4, 1), terms=False)
        the_terms(self.committee, valid_from=date(2015, 4, 1), model=model, at=declared)
        self.people: dict[str, Person] = {}
        for key, (name, member_class, office) in PEOPLE.items():
            self.people[key] = a_person(name)
            a_member(
                self.committee, self.people[key], member_class, office=office, valid_from=date(2015, 4, 1), at=declared
            )
            a_nil_return(self.people[key], at=declared)
        self.secretary = an_actor(None, body, Role.SECRETARY)
        self.meeting = self.planned(self.on)

    def planned(self, on: date) -> Meeting:
        details = MeetingDetails(on, time(13), "Board room", "", (self.committee.id,))
        return planning.plan_meeting(self.body, details, actor=self.secretary, at=self.now - timedelta(days=7))

    def later(self, minutes: int = 2) -> datetime:
        self.now += timedelta(minutes=minutes)
        return self.now

    def add(self, item: dict[str, str]) -> AgendaItem:
        decides = item["action"] in ("decision", "endorse")
        scope = ClassScope.ALL_PRACTICES if "LES" in item["title"] else ClassScope.NONE
        named = [self.organisation(code) for code in item["orgs"].split("|") if code]
        relation = AffectedRelation.BIDDER if "bid" in item["title"] else AffectedRelation.CONTRACT_HOLDER
        affected = tuple(AffectedDetails(each.name, relation, each.id) for each in named)
        purpose = Purpose.DECIDE if decides else Purpose.NOTE
        details = ItemDetails(item["title"], purpose, class_scope=scope, affected=affected)
        at = self.now - timedelta(days=6)
        return planning.add_item(self.meeting, details, actor=self.secretary, at=at, area=self.body.area_codes)

    def organisation(self, code: str) -> Organisation:
        return by_code(code) or an_organisation(code, code="")

    def open(self, meeting: Meeting | None = None) -> None:
        there = frozenset(person.id for person in self.people.values())
        details = OpeningDetails(self.now, there, frozenset(), frozenset())
        proceedings.open_meeting(meeting or self.meeting, details, actor=self.secretary, at=self.now)

    def move(self, who: str, kind: PresenceKind, item: AgendaItem) -> None:
        details = MovementDetails(self.people[who].id, kind, self.later(), PresenceReason.CONFLICT, item.id)
        proceedings.record_movement(self.meeting, details, actor=self.secretary, at=self.now)

    def declare(self, who: str, item: AgendaItem, text: str, point: DeclaredPoint = DeclaredPoint.AT_ITEM) -> None:
        interest = flags_of_item(item, known_at=self.now)[0].interest_id
        details = MeetingDeclarationDetails(self.people[who].id, point, text, item.id, interest, self.later())
        conflicts.declare_at_meeting(self.meeting, details, actor=self.secretary, at=self.now)

    def rule(self, who: str, item: AgendaItem, *actions: str) -> None:
        details = RulingDetails(
            actions,
            "The item concerns an organisation in which the member has a stake",
            self.people["chair"].id,
            magnitude="One practice of thirty in the area",
        )
        chair = an_actor(self.people["chair"], self.body, Role.CHAIR)
        conflicts.rule_on_conflict(item, self.people[who].id, details, actor=chair, at=self.later())

    def decide(self, item: AgendaItem, text: str) -> None:
        details = DecisionDetails(Outcome.AGREED, text, decided_at=self.later())
        deciding.take_decision(item, details, actor=self.secretary, at=self.now)

    def minuted(self) -> str:
        """Closes the meeting, drafts its minutes, holds the next one and confirms them there. Returns the text."""
        for item in agenda_of(self.meeting):
            if item.state in ("planned", "open"):
                proceedings.open_item(item, actor=self.secretary, at=self.later(1)) if item.state == "planned" else None
                deciding.note_item(item, actor=self.secretary, at=self.later(1))
        proceedings.close_meeting(self.meeting, self.later(), actor=self.secretary, at=self.now)
        draft = minuting.draft_minutes(self.meeting, self.body, actor=self.secretary, at=self.later())
        assert draft.state is MinutesState.DRAFT
        following = self.planned(self.on + timedelta(days=56))
        self.now = datetime.combine(following.held_on, time(13), UTC)
        self.open(following)
        takes_earlier_minutes(following, self.secretary, self.now)
        confirmation = minuting.Confirmation(following, self.people["chair"])
        confirmed = minuting.confirm_minutes(
            self.meeting, self.body, confirmation, actor=self.secretary, at=self.later()
        )
        document = content.as_document(confirmed.content["whole"])
        pdf = read(pdf_of(document, created=confirmed.composed_at))
        assert folded(pdf.text) == folded(text_of(document)), "the PDF says exactly what the page says"
        return text_of(document)


def assert_the_ledger_proves_it(app: Flask, at: datetime) -> None:
    config: Config = app.config["COI"]
    key = checkpoint.load_or_make_key(config.ledger_key_file)
    signed = audit.sign_checkpoint(at=at, log_name=config.ledger_name, key=key)
    vkey = checkpoint.vkey(config.ledger_name, key)
    report = verify(db.session.connection(), vkey=vkey, log_name=config.ledger_name, outside=[signed.note])
    assert not report.problems


def test_r17_a_registered_director_who_stays_silent_holds_the_decision_until_the_chair_rules(app: Flask) -> None:
    facts = real_meeting("R17")
    body = a_body("NHS Tame and Glass CCG", "tame-and-glass", kind=BodyKind.CCG)
    sitting = Sitting(facts, body, CommissioningModel.DELEGATED)
    item = sitting.add(facts["items"][0])
    director = sitting.people["gp"]
    company = item.affected[0].organisation
    registered = datetime(2016, 9, 1, 9, tzinfo=UTC)
    a_declared_interest(
        director, company, InterestRole.DIRECTOR, nature="Director", arose_on=date(2016, 8, 15), at=registered
    )

    sitting.open()
    proceedings.open_item(item, actor=sitting.secretary, at=sitting.later())
    with pytest.raises(RuleBroken) as held:
        sitting.decide(item, "Invite both providers to submit proposals")
    assert director.name in held.value.reason
    assert held.value.options

    sitting.rule("gp", item, "A4")
    sitting.move("gp", PresenceKind.LEFT, item)
    sitting.decide(item, "Invite both providers to submit proposals")
    sitting.move("gp", PresenceKind.RETURNED, item)
    sitting.declare("gp", item, "Director of one of the providers", DeclaredPoint.NOT_DECLARED)

    text = sitting.minuted()
    assert f"{director.name} did not declare this interest at the meeting, although it was on the register." in text
    assert f"{director.name} → director of {company.name}" in text
    assert f"{director.name} was not in the room when the item was decided, took no part in the decision" in text
    assert_the_ledger_proves_it(app, sitting.now)


def test_r01_a_joint_committee_decides_a_merger_without_the_partner_of_either_practice(app: Flask) -> None:
    facts = real_meeting("R01")
    for name in ("epraccur_2019-11.csv", "eccg.csv"):
        import_release(
            real_data("ods", name).read_bytes(),
            name,
            date(2019, 11, 1),
            actor=SYSTEM,
            at=datetime(2026, 1, 5, tzinfo=UTC),
        )
    body = a_body("NHS North East Essex CCG", "north-east-essex", kind=BodyKind.CCG, area_codes=("06T",))
    sitting = Sitting(facts, body, CommissioningModel.JOINT)
    items = {each["no"]: sitting.add(each) for each in facts["items"] if each["no"] not in ("1", "2", "3", "4", "5")}
    merger, update = items["11"], items["9"]
    assert [row.organisation.code for row in merger.affected if row.organisation] == ["F81095", "Y00484"]
    practice = by_code("F81095")
    registered = datetime(2016, 9, 1, 9, tzinfo=UTC)
    a_declared_interest(sitting.people["gp"], practice, InterestRole.PARTNER, arose_on=date(2010, 4, 1), at=registered)
    elsewhere = by_code("F81022")
    a_declared_interest(
        sitting.people["other_gp"],
        elsewhere,
        InterestRole.PARTNER,
        kind=InterestType.FINANCIAL,
        arose_on=date(2012, 4, 1),
        at=registered,
    )

    flagged = {flag.person_id: flag for flag in flags_of_item(merger, known_at=sitting.now)}
    assert flagged.keys() == {sitting.people["gp"].id}
    assert flagged[sitting.people["gp"].id].level == "F1"
    class_flags = {flag.person_id: flag.level for flag in flags_of_item(update, known_at=sitting.now)}
    assert class_flags == {sitting.people["gp"].id: "F3"}, "the other GP's practice is in another area"

    sitting.open()
    proceedings.open_item(merger, actor=sitting.secretary, at=sitting.later())
    sitting.declare("gp", merger, "Partner in one of the merging practices")
    sitting.rule("gp", merger, "A3", "A4")
    sitting.move("gp", PresenceKind.LEFT, merger)
    sitting.decide(merger, "The merger is approved")
    sitting.move("gp", PresenceKind.RETURNED, merger)
    for number in ("12", "13ii"):
        proceedings.open_item(items[number], actor=sitting.secretary, at=sitting.later())
        sitting.decide(items[number], "Agreed")
    sitting.rule("gp", update, "A6")
    sitting.declare("gp", update, "Partner in a practice of the area")

    text = sitting.minuted()
    assert "was quorate" in text
    assert "ABBEY FIELD MEDICAL CENTRE" in text
    assert_the_ledger_proves_it(app, sitting.now)
