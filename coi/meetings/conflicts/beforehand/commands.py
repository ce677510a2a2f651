"""Asking before a meeting, and answering. One command, one ledger entry."""

import uuid
from datetime import datetime

from coi import clock
from coi.accounts import single_use
from coi.audit import log
from coi.audit.vocabulary import Event
from coi.database import db
from coi.errors import NotFound, RuleBroken
from coi.meetings.conflicts.beforehand import queries, rules
from coi.meetings.conflicts.beforehand.link_commands import use_up
from coi.meetings.conflicts.beforehand.models import (
    BeforehandAnswer,
    BeforehandItem,
    BeforehandLink,
    BeforehandRequest,
)
from coi.meetings.conflicts.beforehand.telling import tell_the_chair
from coi.meetings.conflicts.beforehand.vocabulary import SaidDetails
from coi.meetings.conflicts.queries import conflicts_at
from coi.meetings.conflicts.voices.expected_commands import say_who_comes
from coi.meetings.conflicts.voices.vocabulary import Answer
from coi.meetings.models import Meeting
from coi.meetings.queries import agenda_of, hold
from coi.meetings.vocabulary import MeetingState
from coi.notifications.commands import cancel_messages, queue_message
from coi.organisations.models import Body
from coi.people.models import Person
from coi.permissions.vocabulary import Actor
from coi.registers.interests.queries import standing_of
from coi.wording import day, moment

PATH = "/before-meeting/"
USED = "You have answered already"
CALLED_OFF = "The meeting was called off"
BEGUN = "The meeting has begun. Declare your interests there"


def ask_beforehand(
    meeting: Meeting, person: Person, body: Body, *, site: str, actor: Actor, at: datetime
) -> BeforehandRequest | None:
    """Asks somebody who is expected at a meeting to confirm what the register says and to declare against the items: one mail with a
    link of their own, which works until the end of the day of the meeting; `site` is what addresses begin with. Returns None where they
    were asked before. Raises RuleBroken without an address, or once the meeting has begun. Rule: MTG-02; RULEBOOK §10.1."""
    hold(meeting)
    _check_planned(meeting)
    if queries.request_of(meeting.id, person.id) is not None:
        return None
    request = BeforehandRequest(
        id=uuid.uuid4(), meeting_id=meeting.id, person_id=person.id, asked_at=at, asked_by=actor.account_id
    )
    request.message_id = _write(request, meeting, person, body, site, at)
    db.session.add(request)
    db.session.flush()
    log.record(Event.BEFOREHAND_ASKED, subject=request, actor=actor, at=at, body_id=meeting.body_id)
    return request


def ask_again(
    meeting: Meeting, person: Person, body: Body, *, site: str, actor: Actor, at: datetime
) -> BeforehandRequest | None:
    """Asks somebody again who was asked before a meeting and is silent: one more mail, with one more link; a mail that was not sent yet is
    replaced by it. Returns None for whoever answered, or was asked on this day already. Raises RuleBroken without an address, or once the
    meeting has begun. Rule: MTG-02; RULEBOOK §10.1."""
    hold(meeting)
    _check_planned(meeting)
    request = queries.request_of(meeting.id, person.id)
    if request is None or queries.said_before(meeting.id, [person.id]):
        return None
    if clock.local(request.asked_again_at or request.asked_at).date() >= clock.local(at).date():
        return None
    cancel_messages([rules.secret_of(request.id)])
    request.message_id = _write(request, meeting, person, body, site, at, again=True)
    request.asked_again_at = at
    log.record(Event.BEFOREHAND_ASKED_AGAIN, subject=request, actor=actor, at=at, body_id=meeting.body_id)
    return request


def _write(
    request: BeforehandRequest,
    meeting: Meeting,
    person: Person,
    body: Body,
    site: str,
    at: datetime,
    *,
    again: bool = False,
) -> uuid.UUID:
    """Queues the mail with a link of the person's own, and returns its id."""
    if not person.email:
        raise RuleBroken(f"There is no email address for {person.name}", options=("add it on the page of the person",))
    token, token_hash = single_use.new_token()
    until = clock.end_of_day(meeting.held_on)
    url = f"{site.rstrip('/')}{PATH}{token}"
    subject, text = rules.mail_of(
        name=person.name, meeting=meeting.title, day=day(meeting.held_on), url=url, until=moment(until),
        contact=body.contact or body.name, again=again,
    )  # fmt: skip
    secret_of = rules.secret_of(request.id)
    key = f"{secret_of}:{clock.local(at).date()}" if again else secret_of
    message = queue_message(person.email, subject, text, at=at, unique_key=key, secret=url, secret_of=secret_of)
    assert message is not None, "its key is new"
    db.session.add(BeforehandLink(request_id=request.id, token_hash=token_hash, expires_at=until))
    return message.id


def say_beforehand(
    meeting: Meeting, details: SaidDetails, *, actor: Actor, at: datetime, link: BeforehandLink | None = None
) -> BeforehandAnswer:
    """Keeps what somebody says before a meeting, with their account or with `link`, which is used up. An interest in an item goes to the
    chair at once: as the answer to the flag that screening found, else as a flag, which follows a later answer as long as nobody
    disposed of it. Whether they come is recorded as who is expected. It replaces nothing that is declared at the meeting. Raises
    RuleBroken where something is missing, the link was used or the meeting has begun, NotFound for whoever takes no part.
    Rule: MTG-05; RULEBOOK §10.1, §24 rule 5."""
    hold(meeting)
    _check_planned(meeting)
    if link is not None:
        link = next(each for each in queries.links_of_request(link.request_id) if each.id == link.id)
        single_use.check_usable(link, at, used=USED)
        link.used_at = at
    items = agenda_of(meeting)
    conflicts = conflicts_at(meeting, known_at=at, items=items)
    person_id = actor.person_id
    if person_id is None or person_id not in conflicts.people:
        raise NotFound("There is no such meeting")
    shown = queries.items_to_ask_about(meeting, actor, items, conflicts)
    own = {version.interest_id: version for version in standing_of(person_id, at)}
    rules.check_said(details, {item.id: item.position for item in shown}, own)
    before = queries.said_before(meeting.id, [person_id]).get(person_id)
    answer = _keep_answer(meeting, person_id, details, at)
    if details.coming is not None:
        say_who_comes(meeting, person_id, details.coming, conflicts.seats.values(), at)
    for said, last in rules.newly_said(details, before):
        tell_the_chair(said, last, person_id, own, conflicts, at)
    if (request := queries.request_of(meeting.id, person_id)) is not None:
        use_up(request, at)
    log.record(Event.BEFOREHAND_ANSWERED, subject=answer, actor=actor, at=at, body_id=meeting.body_id)
    return answer


def _keep_answer(meeting: Meeting, person_id: uuid.UUID, details: SaidDetails, at: datetime) -> BeforehandAnswer:
    answer = BeforehandAnswer(
        id=uuid.uuid4(), meeting_id=meeting.id, person_id=person_id,
        number=queries.last_number(meeting.id, person_id) + 1, is_register_right=details.is_register_right,
        register_text="" if details.is_register_right else details.register_text, said_at=at, coming=details.coming,
        deputy_words=details.deputy.strip() if details.coming is Answer.APOLOGIES else "",
    )  # fmt: skip
    db.session.add(answer)
    db.session.flush()
    db.session.add_all(
        BeforehandItem(
            id=uuid.uuid4(), answer_id=answer.id, item_id=said.item_id, has_interest=said.has_interest,
            interest_id=said.interest_id, text=said.text,
        )
        for said in details.items
    )  # fmt: skip
    return answer


def _check_planned(meeting: Meeting) -> None:
    if meeting.called_off_at:
        raise RuleBroken(CALLED_OFF)
    if meeting.state is not MeetingState.PLANNED:
        raise RuleBroken(BEGUN)
