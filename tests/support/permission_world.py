"""The world that the permission matrix is held against: two bodies, two committees in one of them, a person for each role, and on each
side a meeting with everything that an address can name."""

import uuid
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any

import sqlalchemy as sa
from flask import Flask

from coi.accounts.models import ServerSession
from coi.accounts.queries import account_of_person
from coi.audit import checkpoint, log
from coi.audit import commands as auditing
from coi.audit.models import LedgerPayload
from coi.audit.vocabulary import Event
from coi.committees.models import Committee
from coi.committees.queries import latest_terms
from coi.committees.vocabulary import MemberClass, Office
from coi.config import Config
from coi.database import db
from coi.files.commands import store_file
from coi.meetings.actions.commands import ActionDetails, raise_action
from coi.meetings.conflicts import commands as conflicts
from coi.meetings.conflicts.afterwards.models import PossibleBreach, PossibleBreachInterest
from coi.meetings.conflicts.afterwards.vocabulary import Judgement
from coi.meetings.conflicts.beforehand.commands import ask_beforehand
from coi.meetings.conflicts.models import Ruling
from coi.meetings.conflicts.queries import flag_key, flags_of_item
from coi.meetings.disputes.commands import record_dispute
from coi.meetings.disputes.vocabulary import DisputeDetails, DisputeKind, Response
from coi.meetings.matters.commands import record_part
from coi.meetings.matters.models import MatterPart
from coi.meetings.matters.vocabulary import PartDetails, PartKind
from coi.meetings.minutes.commands import draft_minutes
from coi.meetings.models import AgendaItem, Decision, Meeting
from coi.meetings.proceedings import commands as proceedings
from coi.meetings.proceedings import decision_commands
from coi.meetings.proceedings.vocabulary import (
    AttendanceDetails,
    HandoverDetails,
    NotesDetails,
    OpeningDetails,
    mark_of,
)
from coi.meetings.recorded_vocabulary import MeetingDeclarationDetails, RulingDetails
from coi.meetings.urgent.commands import record_urgent_decision
from coi.meetings.urgent.vocabulary import UrgentDetails
from coi.meetings.vocabulary import Capacity, DeclaredPoint, Method, Outcome, Part
from coi.organisations.models import Body
from coi.organisations.vocabulary import RelationKind
from coi.people.models import Appointment, Person
from coi.permissions.vocabulary import Actor, Role, system_actor
from coi.publication.catalogue import PROCUREMENT
from coi.registers.absence_commands import enter_absence
from coi.registers.aliases.commands import teach
from coi.registers.aliases.vocabulary import AliasDetails
from coi.registers.breaches import commands as breaches
from coi.registers.breaches import substitute_commands as substitutes
from coi.registers.chasing.commands import remind
from coi.registers.chasing.vocabulary import Due, Owed
from coi.registers.importing.models import RegisterUploadRow
from coi.registers.importing.upload_commands import take_in
from coi.registers.importing.vocabulary import UploadState
from coi.registers.interests.course import SITTING
from coi.registers.interests.draft_commands import save_draft
from coi.registers.interests.drafter_commands import name_drafter
from coi.registers.interests.entries import STEPS
from coi.registers.interests.link_commands import mail_declaring_link
from coi.registers.interests.link_vocabulary import LinkPurpose
from coi.registers.interests.models import DeclarationForm, Interest, RedactionRequest
from coi.registers.same_person.commands import join_records
from coi.registers.training.commands import enter_training
from coi.registers.training.vocabulary import Module, TrainingDetails
from coi.web.models import Draft
from tests.factories.accounts import account, role
from tests.factories.breaches import a_closed, twin_details
from tests.factories.clinicians import a_clinical_view, a_clinician
from tests.factories.committees import a_committee, a_member
from tests.factories.gifts import a_gift
from tests.factories.interests import SYSTEM, an_interest, details_of
from tests.factories.meetings import PLANNED, TEN, a_meeting, an_actor, an_item, minutes
from tests.factories.organisations import a_body, a_relation, an_organisation
from tests.factories.papers import a_paper
from tests.factories.people import a_person, an_appointment
from tests.factories.procurement import a_procurement_with_a_conflict
from tests.factories.publication import an_edition
from tests.factories.questions import a_question

NOW = minutes(45)
OF_COMMITTEE = (Role.MEMBER, Role.CHAIR, Role.LAY_MEMBER, Role.SECRETARY)
OF_BODY = (Role.DECLARANT, Role.GOVERNANCE_LEAD, Role.GUARDIAN, Role.AUDITOR, Role.ADMINISTRATOR)
RULED_OUT = (
    Role.CHAIR,
    Role.MEMBER,
    Role.LAY_MEMBER,
    Role.SECRETARY,
    Role.GOVERNANCE_LEAD,
    Role.GUARDIAN,
    Role.AUDITOR,
)
VICE = "vice@example.nhs.uk"
"""The vice chair, who is nobody's enemy and writes things down too: the one from whom nothing is kept."""
SECRET = "Quintessence"
"""A word that stands only in what the ruling keeps from people: the title, description and discussion of the private item."""
DRAFTED = {"answered": list(STEPS), "type": "financial", "directness": "direct", "organisation": "Elm", "role": "partner",
           "nature": "Partner", "arose_on": "2026-05-01"}  # fmt: skip

Values = dict[str, Any]


@dataclass
class Room:
    """One committee with a meeting under way, and the values of addresses that lead to what belongs to it."""

    body: Body
    committee: Committee
    people: dict[str, Person]
    values: Values = field(default_factory=dict)
    own_flags: dict[uuid.UUID, str] = field(default_factory=dict)  # per person, the key of a flag on themself
    flagged_item: str = ""


@dataclass
class World:
    """What the test needs to know: addresses by relation, everybody's own things, e-mail addresses by role."""

    slug: str
    other_slug: str
    rooms: dict[str, Values]  # by relation: own, committee, body
    own: dict[Role, Values]
    conflicted: Values
    emails: dict[Role, str]


def build(app: Flask) -> World:
    """Makes the world and commits it."""
    with app.app_context():
        world = _build(app)
        db.session.commit()
        return world


def _build(app: Flask) -> World:
    home, away = a_body("NHS Mid Marsh ICB", "mid-marsh"), a_body("NHS Far Fell ICB", "far-fell")
    holders = {each: a_person(f"Dr {each.value.title().replace('_', '')} Holder") for each in (*OF_COMMITTEE, *OF_BODY)}
    mine = _room(home, "Primary Care Committee", "PCCC", holders)
    other = _room(home, "Quality Committee", "QUAL", {})
    foreign = _room(away, "Fell Committee", "FELL", {})
    for each, person in holders.items():
        an_appointment(person, home, each.value.replace("_", " "))
        account(person.id, f"{each}@example.nhs.uk")
        role(person.id, each, home.id, mine.committee.id if each in OF_COMMITTEE else None)
    _flags_on_holders(mine, holders)
    account(mine.people["vice"].id, VICE)
    role(mine.people["vice"].id, Role.SECRETARY, home.id, mine.committee.id)
    own = {each: _own(person, mine) for each, person in holders.items()}
    conflicted = _private_item(mine, holders)
    for room in (mine, foreign):
        room.values |= _published(room)
    config: Config = app.config["COI"]
    auditing.sign_checkpoint(
        at=NOW, log_name=config.ledger_name, key=checkpoint.load_or_make_key(config.ledger_key_file)
    )
    _drafts(holders, (mine, other, foreign))
    rooms = {"own": mine, "committee": other, "body": foreign}
    return World(
        home.slug, away.slug, {name: room.values for name, room in rooms.items()}, own, conflicted,
        {each: f"{each}@example.nhs.uk" for each in holders},
    )  # fmt: skip


def _room(body: Body, name: str, prefix: str, holders: dict[Role, Person]) -> Room:
    """A committee with a meeting that is open, an item with a flag, rulings, a handover, an action, and a draft of the minutes."""
    committee = a_committee(body, name, prefix)
    tag = prefix.title()
    people = {
        "chair": holders.get(Role.CHAIR) or a_person(f"Mrs Ada {tag}chair"),
        "vice": a_person(f"Mr Ben {tag}vice"),
        "lay": holders.get(Role.LAY_MEMBER) or a_person(f"Ms Cath {tag}lay"),
        "finance": a_person(f"Mr Dev {tag}finance"),
        "nurse": a_person(f"Mrs Eve {tag}nurse"),
        "gp": a_person(f"Dr Fay {tag}gp", email=f"{tag.lower()}.gp@example.nhs.uk"),
        "member": holders.get(Role.MEMBER) or a_person(f"Dr Gil {tag}member"),
    }
    seats = {
        "chair": (MemberClass.EXECUTIVE, Office.CHAIR), "vice": (MemberClass.LAY, Office.VICE_CHAIR), "lay": (MemberClass.LAY, None),
        "finance": (MemberClass.EXECUTIVE, None), "nurse": (MemberClass.NURSE, None), "gp": (MemberClass.GP, None),
        "member": (MemberClass.GP, None),
    }  # fmt: skip
    room = Room(body, committee, people)
    for key, (member_class, office) in seats.items():
        if people[key] not in holders.values():
            an_appointment(people[key], body, f"{tag} member")
        seat = a_member(committee, people[key], member_class, office=office)
        room.values["membership_id"] = seat.id
    terms = latest_terms(committee)
    assert terms is not None
    room.values |= {"committee_id": committee.id, "terms_id": terms.id}
    _register(room, tag)
    _breaches(room, tag)
    room.values |= a_procurement_with_a_conflict(room.body, NOW)
    _upload(room)
    helper = a_person(f"Mx Practice {tag}manager")
    account(helper.id, _helper(room))
    role(helper.id, Role.DECLARANT, body.id)
    a_question(helper, body, at=NOW)  # somebody without a post here, as people who left
    room.values["drafter_id"] = name_drafter(people["gp"], _helper(room), body_id=body.id, actor=SYSTEM, at=NOW).id
    _meeting(room, tag)
    return room


def _helper(room: Room) -> str:
    """With what somebody signs in who drafts for people of a room."""
    return f"{room.committee.prefix.lower()}.manager@example.nhs.uk"


def _upload(room: Room) -> None:
    """A register that was read, and its one row."""
    upload = take_in(room.body, "register.csv", b"Name,Interest", None, actor=SYSTEM, at=NOW)
    upload.state, upload.counts = UploadState.READY, {}
    shown = {
        "key": "1",
        "row": 1,
        "line": 2,
        "name": "",
        "person": "",
        "position": "",
        "organisation": "",
        "nature": "",
        "type": "",
    }
    shown |= {"reasons": [], "named": [], "choices": [], "from": "", "to": ""}
    db.session.add(RegisterUploadRow(upload_id=upload.id, position=1, action="needs_you", shown=shown))
    room.values |= {"upload_id": upload.id, "position": 1}


def _clinical(room: Room, item: AgendaItem) -> Values:
    """Somebody on the roster of independent clinicians, and what they wrote about an item."""
    nurse = a_person("Mrs Olwen " + ("Fellnurse" if room.body.slug == "far-fell" else "Rosternurse"))
    an_appointment(nurse, room.body)
    line = a_clinician(room.body, nurse)
    return {"clinician_id": line.id, "view_id": a_clinical_view(item, nurse).id}


def _register(room: Room, tag: str) -> None:
    """The GP of the room has interests; one of them is asked not to be published."""
    gp = room.people["gp"]
    room.values["oak"] = an_organisation(f"{tag} Oak Surgery")
    room.values["ash"] = an_organisation(f"{tag} Ash Surgery")
    interest = an_interest(gp, details_of(room.values["oak"], keep_private_because="Threats"))
    an_interest(gp, details_of(room.values["ash"]))
    form = DeclarationForm(
        id=uuid.uuid4(), declaration_id=interest.versions[0].declaration_id,
        file_id=store_file("form.csv", b"a,b", "declaration form", actor=SYSTEM, at=NOW, body_id=room.body.id).id,
    )  # fmt: skip
    db.session.add(form)
    log.record(Event.FORM_ATTACHED, subject=interest, actor=SYSTEM, at=NOW, body_id=room.body.id)
    room.values["form_id"] = form.id
    asked = db.session.scalars(sa.select(RedactionRequest).where(RedactionRequest.interest_id == interest.id)).one()
    held = db.session.scalars(sa.select(Appointment.id).where(Appointment.person_id == gp.id)).one()
    relation = a_relation(room.values["oak"], RelationKind.SHAREHOLDER_IN, room.values["ash"])
    gift = a_gift(room.body, gp, at=NOW, keep_private_because="Threats")
    room.values |= {
        "person_id": gp.id, "interest_id": interest.id, "request_id": asked.id, "appointment_id": held,
        "declaration_id": interest.versions[0].declaration_id, "position": interest.versions[0].organisations[0].position,
        "organisation_id": room.values["oak"].id, "relation_id": relation.id, "number": 1, "step": STEPS[0],
        "figure": "gift_declare_over", "gift_id": gift.id, "recipient_id": gp.id, "asked_id": gift.redactions[0].id,
        "session_id": _session(gp), "table": "committee", "row_id": room.committee.id,
        "seq": _entry_about("committee", room.committee.id), "token": "of-no-link",
        "record_id": _training(gp, room.body),
        "alias_id": _alias(room),
        "absence_id": _absence(gp, room.body), "reminder_id": _reminder(gp, room.body), "link_id": _link(gp, room.body),
        "merge_id": _merge(gp, room.body),
        "grant_id": role(gp.id, Role.DECLARANT, room.body.id).id, "question_id": a_question(gp, room.body, at=NOW).id,
    }  # fmt: skip


def _alias(room: Room) -> uuid.UUID:
    """A name that the body taught."""
    details = AliasDetails(f"{room.values['oak'].name} Docs", room.values["oak"].id, "Its website says so")
    return teach(room.body.id, details, actor=SYSTEM, at=NOW).id


def _merge(person: Person, body: Body) -> uuid.UUID:
    """Somebody who was entered twice: the other record holds nothing."""
    again = a_person(person.name)
    return join_records(person, again, body_id=body.id, actor=SYSTEM, at=NOW).id


def _absence(person: Person, body: Body) -> uuid.UUID:
    """That somebody is away, later on."""
    (made,) = enter_absence([person], body.id, date(2027, 3, 1), None, actor=system_actor("cli"), at=NOW)
    return made.id


def _training(person: Person, body: Body) -> uuid.UUID:
    """A training on record."""
    details = TrainingDetails(person.id, Module.MODULE_1, date(2026, 1, 5), 90)
    (made,) = enter_training([details], actor=system_actor("cli"), at=NOW, body_id=body.id)
    return made.id


def _reminder(person: Person, body: Body) -> uuid.UUID:
    """That somebody was reminded by hand."""
    owed = Owed(body.id, body.name, (), "Last declared a year ago", NOW.date())
    due = Due(person.id, person.name, person.email, (owed,), None, False)
    made = remind(due, site="https://localhost", actor=system_actor("cli"), at=NOW)
    assert made is not None
    return made.id


def _link(person: Person, body: Body) -> uuid.UUID:
    """A link to declare whose mail waits."""
    made = mail_declaring_link(
        person, LinkPurpose.INVITATION, body, site="https://localhost", actor=system_actor("cli"), at=NOW
    )
    return made.id


def _breaches(room: Room, tag: str) -> None:
    """A breach about the GP of the room, closed and published; a year without any; somebody who acts in place of the Guardian."""
    guardian = an_actor(None, room.body, Role.GUARDIAN)
    breach = a_closed(room.body, key=tag, gp=room.people["gp"])
    twin = breaches.write_twin(breach, twin_details(), actor=guardian, at=NOW)
    year = 2024 if tag != "Qual" else 2023
    statement = breaches.state_no_breaches(room.body.id, year, actor=guardian, at=NOW)
    stand_in = a_person(f"Ms Ula {tag}standin")
    an_appointment(stand_in, room.body, "Lay member")
    role(stand_in.id, Role.LAY_MEMBER, room.body.id)
    named = substitutes.name_substitute(stand_in, room.body.id, NOW.date(), actor=guardian, at=NOW)
    room.values |= {
        "breach_id": breach.id, "named_id": breach.people[0].id, "twin_id": twin.id, "statement_id": statement.id,
        "substitute_id": named.id,
    }  # fmt: skip


def _said(room: Room, meeting: Meeting) -> uuid.UUID:
    """Something new that the GP of the room declared at the meeting."""
    details = MeetingDeclarationDetails(
        room.people["gp"].id, DeclaredPoint.START, "My sister works there", at=minutes(3)
    )
    return conflicts.declare_at_meeting(meeting, details, actor=_secretary(room), at=minutes(16)).id


def _possible(room: Room) -> uuid.UUID:
    """That an interest of the GP of the room concerned a decision of an earlier meeting, and came late."""
    early = datetime(2026, 8, 3, 9, 0, tzinfo=UTC)
    earlier = a_meeting(room.committee, held_on=date(2026, 9, 1), at=early)
    item = an_item(earlier, "An earlier contract", [room.values["oak"]], at=early)
    version = db.session.get_one(Interest, room.values["interest_id"]).versions[-1]
    decision = Decision(
        id=uuid.uuid4(), item_id=item.id, committee_id=room.committee.id, outcome=Outcome.APPROVED, text="Agreed",
        method=Method.CONSENSUS, decided_at=NOW, recorded_at=NOW, irregular_because=[],
    )  # fmt: skip
    row = PossibleBreach(
        id=uuid.uuid4(), body_id=room.body.id, item_id=item.id, person_id=room.people["gp"].id, decision_id=decision.id,
        state=Judgement.OPEN, found_at=NOW, reason="",
    )  # fmt: skip
    db.session.add(decision)
    log.record(Event.DECISION_TAKEN, subject=decision, actor=SYSTEM, at=NOW, body_id=room.body.id)
    db.session.add(row)
    row.interests.append(
        PossibleBreachInterest(
            id=uuid.uuid4(), interest_id=version.interest_id, interest_version_id=version.id, level="F1", path=["a", "b"],
            what="It came late", found_at=NOW,
        )
    )  # fmt: skip
    log.record(Event.POSSIBLE_BREACH_FOUND, subject=row, actor=SYSTEM, at=NOW, body_id=room.body.id)
    return row.id


def _session(person: Person) -> uuid.UUID:
    """A browser in which somebody is signed in."""
    made = account_of_person(person.id) or account(person.id, f"{person.id}@example.nhs.uk")
    row = ServerSession(
        token_hash=uuid.uuid4().hex, id=uuid.uuid4(), account_id=made.id, data={}, created_at=NOW, seen_at=NOW
    )
    db.session.add(row)
    return row.id


def _entry_about(table: str, row_id: uuid.UUID) -> int:
    wanted = sa.select(LedgerPayload.seq).where(
        LedgerPayload.subject_table == table, LedgerPayload.subject_id == str(row_id)
    )
    found = db.session.scalar(wanted.order_by(LedgerPayload.seq).limit(1))
    assert found is not None
    return found


def _meeting(room: Room, tag: str) -> None:
    meeting = a_meeting(room.committee)
    item = an_item(meeting, f"{tag} contract", [room.values["oak"]])
    paper = a_paper(item, f"{tag} options")
    dictated = an_item(meeting, f"{tag} premises", [room.values["ash"]])
    asked = ask_beforehand(
        meeting, room.people["gp"], room.body, site="https://localhost", actor=_secretary(room), at=PLANNED
    )
    assert asked is not None
    _decided_urgently(item, room)
    opened = _opened(meeting, room)
    details = ActionDetails("Write to the practice", room.people["vice"], None)
    action = raise_action(item, details, actor=_secretary(room), at=minutes(12))
    ruling = conflicts.record_dictated_ruling(
        dictated, room.people["gp"].id, RulingDetails(("A4",), "Her own practice", room.people["chair"].id),
        actor=_secretary(room), at=minutes(13),
    )  # fmt: skip
    proceedings.open_item(item, actor=_secretary(room), at=minutes(14))
    draft_minutes(opened, room.body, actor=_secretary(room), at=minutes(15))
    wrote = _wrote(item, room)  # it changes the flag whose key is kept
    room.values |= {
        "meeting_id": meeting.id, "item_id": item.id, "affected_id": item.affected[0].id, "action_id": action.id,
        "ruling_id": ruling.id, "key": flag_key(flags_of_item(item, known_at=NOW)[0]), "paper_id": paper.id,
        **_clinical(room, item),
        "beforehand_id": asked.id,
        "part_id": wrote.id, "dispute_id": _disputed(dictated, room),
        "possible_id": _possible(room), "said_id": _said(room, meeting), **_noted(room, meeting),
    }  # fmt: skip


def _noted(room: Room, meeting: Meeting) -> Values:
    """An item that was noted, with the vice chair in the chair."""
    item, secretary = an_item(meeting, "Report", at=minutes(16)), _secretary(room)
    to_vice = HandoverDetails(room.people["vice"].id, minutes(16))
    handover = proceedings.hand_over_chair(item, to_vice, actor=secretary, at=minutes(16))
    decision = decision_commands.note_item(item, actor=secretary, at=minutes(16))
    return {"handover_id": handover.id, "decision_id": decision.id}


def _decided_urgently(item: AgendaItem, room: Room) -> None:
    said = UrgentDetails(
        room.people["chair"].id, PLANNED, "Cover was bought", "Standing order 4.9", "Illness", explanation="Nobody else was there"
    )  # fmt: skip
    record_urgent_decision(item, said, actor=_secretary(room), at=PLANNED)


def _disputed(item: AgendaItem, room: Room) -> uuid.UUID:
    details = DisputeDetails(DisputeKind.DISPUTED, "I have no part in it", minutes(14), Response.STOOD)
    return record_dispute(item, room.people["gp"].id, details, actor=_secretary(room), at=minutes(15)).id


def _wrote(item: AgendaItem, room: Room) -> MatterPart:
    details = PartDetails(room.people["gp"].id, PartKind.WROTE, "the business case")
    return record_part(item, details, actor=_secretary(room), at=minutes(15))


def _opened(meeting: Meeting, room: Room) -> Meeting:
    there = frozenset(person.id for person in room.people.values())
    details = OpeningDetails(TEN, there, frozenset(), frozenset())
    return proceedings.open_meeting(meeting, details, actor=_secretary(room), at=TEN)


def _secretary(room: Room) -> Actor:
    return an_actor(None, room.body, Role.SECRETARY)


def _flags_on_holders(room: Room, holders: dict[Role, Person]) -> None:
    """An item on which everybody with a role is flagged, the chair too, so that the vice chair has the chair."""
    elm = an_organisation("Elm Surgery")
    for each in OF_COMMITTEE:
        an_interest(holders[each], details_of(elm))
    meeting = db.session.get_one(Meeting, room.values["meeting_id"])
    item = an_item(meeting, "Elm contract", [elm], at=minutes(16))
    flags = flags_of_item(item, known_at=NOW)
    room.own_flags = {flag.person_id: flag_key(flag) for flag in flags}
    room.flagged_item = str(item.id)
    handover = HandoverDetails(room.people["vice"].id, minutes(17))
    proceedings.hand_over_chair(item, handover, actor=_secretary(room), at=minutes(17))


def _own(person: Person, room: Room) -> Values:
    """What is a person's own: an interest with its declaration, a flag, a session."""
    interest = db.session.scalars(sa.select(Interest).where(Interest.person_id == person.id)).first()
    interest = interest or an_interest(person)
    return {
        "interest_id": interest.id, "declaration_id": interest.versions[0].declaration_id, "session_id": _session(person),
        "flagged_item": room.flagged_item, "key": room.own_flags.get(person.id, room.values["key"]), "person": person.id,
        "gift_id": a_gift(room.body, person, at=NOW).id, "question_id": a_question(person, room.body, at=NOW).id,
        "drafter_id": name_drafter(person, _helper(room), body_id=room.body.id, actor=SYSTEM, at=NOW).id,
    }  # fmt: skip


def _private_item(room: Room, holders: dict[Role, Person]) -> Values:
    """A second meeting with a private item, on which everybody with a role who may be in the room was ruled to stand down."""
    meeting = a_meeting(room.committee)
    yew = an_organisation("Yew Surgery")
    an_interest(room.people["gp"], details_of(yew))
    item = an_item(meeting, f"{SECRET} merger", [yew], part=Part.PRIVATE, private_reason="In confidence")
    paper = a_paper(item, f"{SECRET} options")
    an_item(meeting, "Public business", at=PLANNED)
    for each in (Role.SECRETARY, Role.GOVERNANCE_LEAD, Role.GUARDIAN, Role.AUDITOR):
        details = AttendanceDetails(holders[each].id, Capacity.IN_ATTENDANCE)
        proceedings.record_attendance(meeting, details, actor=_secretary(room), at=TEN)
    opened = _opened(meeting, room)
    proceedings.open_item(item, actor=_secretary(room), at=minutes(5))
    notes = NotesDetails(f"{SECRET} was discussed", mark_of(item.discussion))
    proceedings.note_discussion(item, notes, actor=_secretary(room), at=minutes(6))
    vice = room.people["vice"]
    for each in RULED_OUT:
        _ruled(item, holders[each], vice, room, minutes(7))
    _ruled(item, room.people["gp"], vice, room, minutes(8))
    details = ActionDetails(f"{SECRET} to be told", vice, None)
    action = raise_action(item, details, actor=_secretary(room), at=minutes(12))
    draft_minutes(opened, room.body, actor=_secretary(room), at=minutes(15))
    ruling = db.session.scalars(sa.select(Ruling.id).where(Ruling.item_id == item.id).order_by(Ruling.id)).first()
    return {
        **room.values, "meeting_id": meeting.id, "item_id": item.id, "affected_id": item.affected[0].id, "action_id": action.id,
        "ruling_id": ruling, "key": flag_key(flags_of_item(item, known_at=NOW)[0]), "table": "agenda_item",
        "row_id": item.id, "seq": _entry_about("agenda_item", item.id), "paper_id": paper.id,
        "part_id": _wrote(item, room).id,
    }  # fmt: skip


def _ruled(item: AgendaItem, person: Person, by: Person, room: Room, at: datetime) -> None:
    details = RulingDetails(("A3", "A4"), f"Owner of {SECRET}", by.id, guardian_consulted=True)
    conflicts.rule_on_conflict(item, person.id, details, actor=an_actor(by, room.body, Role.LAY_MEMBER), at=at)


def _published(room: Room) -> Values:
    """An interest in an organisation with a code, on the register that is then published, and where the public finds it."""
    pine = an_organisation("Pine Surgery", code=f"Y{len(room.body.slug):05d}")
    interest = an_interest(room.people["gp"], details_of(pine))
    edition = an_edition(room.body, at=NOW)
    an_edition(room.body, PROCUREMENT, at=NOW)
    return {
        "kind": edition.kind.value, "edition": edition.number, "reference": interest.reference, "ods_code": pine.code,
        "holder_id": room.people["gp"].id,
    }  # fmt: skip


def _drafts(holders: dict[Role, Person], rooms: tuple[Room, ...]) -> None:
    """Everybody began to declare, and to enter for somebody of each room: an address of a draft leads somewhere."""
    data = {"entries": [DRAFTED], "declared_on": "2026-11-02"}
    for person in holders.values():
        own = account_of_person(person.id)
        assert own is not None
        save_draft(person.id, SITTING, data, at=NOW)
        for room in rooms:
            key = str(room.values["person_id"])
            db.session.add(Draft(account_id=own.id, kind="interests.enter", key=key, data=data, saved_at=NOW))
