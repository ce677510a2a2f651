"""What waits for somebody of declarations, on the first page: their own, and those that they draft for others."""

import uuid
from collections.abc import Iterator
from datetime import date, datetime

from coi import clock
from coi.clock import months_after
from coi.meetings.waiting_meetings import Waiting, day
from coi.organisations.policy_queries import rules_of
from coi.permissions.vocabulary import Actor
from coi.registers.interests import queries as interests
from coi.registers.interests.draft_queries import SITTING, draft_row
from coi.registers.interests.drafter_queries import people_drafted_for
from coi.registers.interests.entries import STEPS
from coi.registers.interests.people_queries import belongs_to


def own_declaration(person_id: uuid.UUID, body_id: uuid.UUID, on: date, at: datetime) -> Iterator[Waiting]:
    """Yields what somebody owes of their own: a declaration to sign, to finish, or to make."""
    if not belongs_to(person_id, body_id, on):
        return  # with neither a post nor a seat nothing is owed here
    draft = draft_row(person_id, SITTING)
    if draft and draft.prepared_by_name:
        yield Waiting(f"{draft.prepared_by_name} prepared a declaration for you to sign", "interests.declare")
    last = interests.last_declared([person_id], at).get(person_id)
    is_late = last is None or months_after(last.day, rules_of(body_id, on).refresh_months) < on
    owes = f"Your declaration is out of date. You last declared {last.words}" if last else "You have not declared yet"
    if draft and draft.is_own:
        began = (
            f"Finish your declaration and send it. You last worked on it on {day(clock.local(draft.saved_at).date())}"
        )
        yield Waiting(f"{began}. {owes}" if is_late else began, "interests.declare", is_late=is_late)
    elif is_late:
        told = owes if last else f"{owes}. Declare your interests, or say that you have none"
        yield Waiting(told, "interests.mine", is_late=True)


def drafting(actor: Actor, body_id: uuid.UUID, on: date, at: datetime) -> Iterator[Waiting]:
    """Yields the people who let the actor draft their declaration: a draft to finish, one to sign, or a declaration that they owe."""
    people = people_drafted_for(actor, body_id, on)
    if not people:
        return
    last = interests.last_declared([each.person.id for each in people], at)
    months = rules_of(body_id, on).refresh_months
    for each in people:
        name, said = each.person.name, last.get(each.person.id)
        owes = "has not declared yet" if said is None else f"last declared {said.words}"
        if each.is_begun and not each.has_own and not each.has_ours:
            said_so = f"Finish the declaration that you draft for {name}, and send it to be signed"
            yield Waiting(said_so, "interests.enter_check", {"person_id": each.person.id})
        elif each.has_ours:
            yield Waiting(f"{name} has not signed yet what was prepared for them. Remind them", "interests.mine")
        elif said is None or months_after(said.day, months) < on:
            begun = "has begun a declaration of their own and not sent it. Remind them to send it"
            told = begun if each.has_own else f"{owes}. Draft the declaration for them to sign"
            yield Waiting(f"{name} {told}", "interests.mine")
        elif not each.has_own:
            first = {"person_id": each.person.id, "number": 1, "step": STEPS[0]}
            yield Waiting(f"Draft a declaration for {name}", "interests.enter_step", first, is_offer=True)
