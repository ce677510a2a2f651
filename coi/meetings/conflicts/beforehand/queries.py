"""Reading what was asked and said before a meeting, and which items somebody is asked about."""

import uuid
from collections.abc import Collection, Iterable, Mapping
from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import selectinload

from coi import clock
from coi.accounts.queries import account_of_person, actor_for
from coi.accounts.sessions import hash_of
from coi.database import db
from coi.errors import NotFound
from coi.meetings.conflicts.beforehand.models import BeforehandAnswer, BeforehandLink, BeforehandRequest
from coi.meetings.conflicts.beforehand.vocabulary import Expected, ItemSaid, Said
from coi.meetings.conflicts.overview import MeetingConflicts
from coi.meetings.conflicts.seats import attendance_of
from coi.meetings.conflicts.voices.queries import answer_of
from coi.meetings.conflicts.voices.vocabulary import Answer
from coi.meetings.models import AgendaItem, Attendance, Meeting
from coi.meetings.vocabulary import ItemState, MeetingState, Part
from coi.meetings.withholding import items_kept_from
from coi.notifications.models import OutboxMessage
from coi.notifications.vocabulary import ENDED, MessageStatus
from coi.people.models import Person
from coi.permissions.rules import allows
from coi.permissions.vocabulary import Actor, Grant, Permission, Role
from coi.registers.gifts.queries import own_gifts
from coi.registers.gifts.vocabulary import KIND_WORDS, RESPONSE_WORDS, SOURCE_SHORT, GiftStatus, OfferSource
from coi.screening.terms import GIFT_MONTHS
from coi.wording import day


def request_of(meeting_id: uuid.UUID, person_id: uuid.UUID) -> BeforehandRequest | None:
    """Returns that somebody was asked before a meeting; None where nobody asked them yet."""
    return db.session.scalar(
        sa.select(BeforehandRequest).where(
            BeforehandRequest.meeting_id == meeting_id, BeforehandRequest.person_id == person_id
        )
    )


def link_of_token(token: str) -> BeforehandLink | None:
    """Returns the link that a token is of, whether it can still be used or not; None where there never was one."""
    return db.session.scalar(sa.select(BeforehandLink).where(BeforehandLink.token_hash == hash_of(token)))


def links_of_request(request_id: uuid.UUID) -> list[BeforehandLink]:
    """Returns the links of somebody who was asked, and keeps everybody else from using one meanwhile."""
    wanted = sa.select(BeforehandLink).where(BeforehandLink.request_id == request_id).order_by(BeforehandLink.id)
    wanted = wanted.execution_options(populate_existing=True)
    return list(db.session.scalars(wanted.with_for_update(of=BeforehandLink)))


def actor_by(link: BeforehandLink, body_id: uuid.UUID, on: date) -> Actor:
    """Returns who acts by a link: the person, with the roles that they hold, so that nothing is shown to them that is kept from them
    when they sign in."""
    person = link.request.person
    grants = actor_for(account_of_person(person.id), on).grants
    return Actor(person.name, person_id=person.id, grants=grants or (Grant(Role.DECLARANT, body_id),), via="link")


def items_to_ask_about(
    meeting: Meeting, actor: Actor, items: Iterable[AgendaItem], conflicts: MeetingConflicts
) -> list[AgendaItem]:
    """Returns the items of a meeting that are still to be taken and that `actor` may see: not those that a ruling keeps from them,
    and private ones only where they sit on a committee of the meeting or may read its agenda. Rule: MTG-03; RULEBOOK §10.1."""
    kept = items_kept_from(actor)
    sits = any(str(actor.person_id) in committee.people for committee in conflicts.seats.values())
    reads = any(allows(actor, Permission.MEETINGS_MEETING_READ, meeting.body_id, each) for each in conflicts.seats)
    return [
        item
        for item in items
        if item.standing is None
        and item.state in (ItemState.PLANNED, ItemState.OPEN)
        and item.id not in kept
        and (item.part is Part.PUBLIC or sits or reads)
    ]


def said_before(meeting_id: uuid.UUID, person_ids: Collection[uuid.UUID] | None = None) -> dict[uuid.UUID, Said]:
    """Returns what people said last before a meeting, by person; of these people alone where they are given."""
    wanted = sa.select(BeforehandAnswer).where(BeforehandAnswer.meeting_id == meeting_id)
    if person_ids is not None:
        wanted = wanted.where(BeforehandAnswer.person_id.in_(person_ids))
    rows = db.session.scalars(wanted.options(selectinload(BeforehandAnswer.items)).order_by(BeforehandAnswer.number))
    return {row.person_id: _said(row) for row in rows}


def _said(row: BeforehandAnswer) -> Said:
    items = {each.item_id: ItemSaid(each.item_id, each.has_interest, each.interest_id, each.text) for each in row.items}
    return Said(
        row.person_id, row.said_at, row.is_register_right, row.register_text, items, row.coming, row.deputy_words
    )


def last_number(meeting_id: uuid.UUID, person_id: uuid.UUID) -> int:
    """Returns how often somebody answered before a meeting."""
    wanted = sa.select(sa.func.max(BeforehandAnswer.number)).where(
        BeforehandAnswer.meeting_id == meeting_id, BeforehandAnswer.person_id == person_id
    )
    return db.session.scalar(wanted) or 0


def expected_at(meeting_id: uuid.UUID, conflicts: MeetingConflicts) -> list[Expected]:
    """Returns everybody who is expected at a meeting, by name, with whether they were asked and what they said."""
    people = conflicts.people.keys() - conflicts.away
    asked = {
        row.BeforehandRequest.person_id: row
        for row in db.session.execute(
            sa.select(BeforehandRequest, OutboxMessage.status)
            .outerjoin(OutboxMessage, OutboxMessage.id == BeforehandRequest.message_id)
            .where(BeforehandRequest.meeting_id == meeting_id)
        )
    }
    said, coming = said_before(meeting_id), coming_of(attendance_of(meeting_id))
    rows = db.session.scalars(
        sa.select(Person).where(Person.id.in_(people | asked.keys() | said.keys())).order_by(Person.sort_key)
    )
    return [_expected(row, asked.get(row.id), said.get(row.id), coming.get(row.id, Answer.SILENT)) for row in rows]


def gifts_to_look_at(meeting: Meeting, person_id: uuid.UUID, at: datetime) -> list[tuple[str, str]]:
    """Returns what a body's register says that somebody was offered in the months before a meeting in which a gift counts: by whom, and
    what it was. No patient is named. Rule: GIFT-02; RULEBOOK §24 F5."""
    since = clock.months_after(meeting.held_on, -GIFT_MONTHS)
    return [
        (
            SOURCE_SHORT[each.source] if each.source is OfferSource.PATIENT else each.offeror,
            f"{KIND_WORDS[each.kind]}: {each.description}. {RESPONSE_WORDS[each.response]}, {day(each.received_on or each.offered_on)}",
        )
        for each in own_gifts(person_id, at)
        if each.gift.body_id == meeting.body_id and not each.gift.disposed_at and each.status is not GiftStatus.WITHDRAWN
        and (each.received_on or each.offered_on) >= since
    ]  # fmt: skip


def coming_of(rows: Iterable[Attendance]) -> dict[uuid.UUID, Answer]:
    """Returns what is recorded of whether people come to a meeting, whoever said so. Whoever is not in it has not answered."""
    return {row.person_id: answer_of(row) for row in rows}


def _expected(
    person: Person, asked: sa.Row[tuple[BeforehandRequest, MessageStatus]] | None, said: Said | None, coming: Answer
) -> Expected:
    request, status = (asked[0], asked[1]) if asked else (None, None)
    return Expected(
        person.id, person.name, person.email, request.asked_at if request else None, request.id if request else None,
        status is not None and status not in ENDED, said, request.asked_again_at if request else None, coming,
    )  # fmt: skip


def mail_of_request(request_id: uuid.UUID, meeting_id: uuid.UUID) -> tuple[BeforehandRequest, OutboxMessage | None]:
    """Returns that somebody was asked before a meeting, with the mail. Raises NotFound."""
    request = db.session.get(BeforehandRequest, request_id)
    if request is None or request.meeting_id != meeting_id:
        raise NotFound("There is no such mail")
    return request, db.session.get(OutboxMessage, request.message_id)


def waiting_mails(meeting_id: uuid.UUID) -> list[tuple[str, OutboxMessage]]:
    """Returns the mails before a meeting that were not sent, each with the name of whom it is to, in the order of the names."""
    wanted = (
        sa.select(Person.name, OutboxMessage)
        .join(BeforehandRequest, BeforehandRequest.message_id == OutboxMessage.id)
        .join(Person, Person.id == BeforehandRequest.person_id)
        .where(BeforehandRequest.meeting_id == meeting_id, OutboxMessage.status.not_in(ENDED))
        .order_by(Person.sort_key, Person.id)
    )
    return [(row[0], row[1]) for row in db.session.execute(wanted).all()]


def deputies_named(meeting_id: uuid.UUID) -> dict[str, str]:
    """Returns whom members who do not come would send, in their words, by the member's id."""
    said = said_before(meeting_id).items()
    return {str(person): each.deputy for person, each in said if each.deputy and each.coming is Answer.APOLOGIES}


def may_send_a_deputy(person_id: uuid.UUID, conflicts: MeetingConflicts) -> bool:
    """Whether somebody is a member of a committee whose terms of reference allow deputies. Source: RULEBOOK §10.9."""
    key = str(person_id)
    return any(
        each.deputies_allowed and any(seat.person == key and seat.is_members_own for seat in each.seats)
        for each in conflicts.seats.values()
    )


def counts_of(meeting_id: uuid.UUID) -> tuple[int, int]:
    """Returns how many people were asked before a meeting, and how many answered."""
    asked = sa.select(sa.func.count()).where(BeforehandRequest.meeting_id == meeting_id).scalar_subquery()
    said = (
        sa.select(sa.func.count(sa.distinct(BeforehandAnswer.person_id)))
        .where(BeforehandAnswer.meeting_id == meeting_id)
        .scalar_subquery()
    )
    row = db.session.execute(sa.select(asked, said)).one()
    return row[0], row[1]


def unanswered_of(person_id: uuid.UUID, body_id: uuid.UUID) -> list[Meeting]:
    """Returns the meetings of a body to come before which somebody was asked and has not answered, the next first."""
    answered = sa.exists().where(
        BeforehandAnswer.meeting_id == Meeting.id, BeforehandAnswer.person_id == BeforehandRequest.person_id
    )
    return list(
        db.session.scalars(
            sa.select(Meeting)
            .join(BeforehandRequest, BeforehandRequest.meeting_id == Meeting.id)
            .where(BeforehandRequest.person_id == person_id, Meeting.body_id == body_id, ~answered)
            .where(Meeting.state == MeetingState.PLANNED)
            .order_by(Meeting.held_on, Meeting.starts_at)
        )
    )


def planned_between(body_ids: Mapping[uuid.UUID, int], on: date, last: date) -> list[Meeting]:
    """Returns the meetings of these bodies that are planned from one day to another and have an item of business, the next first."""
    business = sa.exists().where(
        AgendaItem.meeting_id == Meeting.id, AgendaItem.standing.is_(None), AgendaItem.state == ItemState.PLANNED
    )
    return list(
        db.session.scalars(
            sa.select(Meeting)
            .where(Meeting.body_id.in_(body_ids), Meeting.held_on.between(on, last), business)
            .where(Meeting.state == MeetingState.PLANNED)
            .order_by(Meeting.held_on, Meeting.starts_at, Meeting.reference)
        )
    )


def said_at_items(said: Said | None, items: Iterable[AgendaItem]) -> list[tuple[AgendaItem, ItemSaid]]:
    """Returns in which of these items somebody said that they have an interest: what is to be declared at the meeting."""
    if said is None:
        return []
    return [(item, said.items[item.id]) for item in items if item.id in said.items and said.items[item.id].has_interest]
