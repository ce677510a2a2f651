"""Where a declaration goes on: whose interests are declared, the addresses of its pages, where the answers are kept until they are
signed, and, where somebody came by a link, the link that the signature uses up."""

import uuid
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from flask import g, request, session, url_for

from coi import clock
from coi.people.models import Person
from coi.registers.by_link import SIGNED
from coi.registers.interests import draft_commands, draft_queries, link_commands, queries
from coi.registers.interests.draft_commands import SITTING as SITTING
from coi.registers.interests.entries import PRIVACY, Entry
from coi.registers.interests.models import Declaration
from coi.registers.interests.sitting import Sitting, from_draft
from coi.registers.interests.subtypes import SUBTYPES, Subtype
from coi.registers.interests.vocabulary import InterestSubtype, Making
from coi.web import drafts

CHECK, CHANGED = "check", "changed"
"""Where a question was come from, to be gone back to: the answers to check, or the interest that has changed."""


@dataclass(frozen=True)
class Course:
    """`name` is the start of its endpoints: "declare" (one's own, signed in), "by_link" (one's own, by a link), "enter" (on behalf)."""

    person: Person
    name: str
    leaves_to: str
    link_id: uuid.UUID | None = None
    is_leaving: bool = False
    only_drafts: bool = (
        False  # by whom the person lets draft: hands over to be signed, enters nothing, and sees nothing of the person
    )

    @property
    def prepared_by(self) -> str:
        """Who prepared what the person is about to sign; empty where it was the person."""
        draft = None if self.is_for_somebody else draft_queries.draft_row(self.person.id, SITTING)
        return (draft.prepared_by_name or "") if draft else ""

    @property
    def in_the_way(self) -> str:
        """Why what somebody drafts cannot be handed over now, in words; empty where it can, and for whoever does more than draft."""
        return draft_queries.in_the_way(self.person) if self.only_drafts else ""

    @property
    def making(self) -> Making:
        return Making(self.prepared_by, self.is_leaving)

    @property
    def is_for_somebody(self) -> bool:
        return self.name == "enter"

    @property
    def is_by_link(self) -> bool:
        return self.link_id is not None

    def url(self, where: str, **values: Any) -> str:
        if self.is_for_somebody:
            values["person_id"] = self.person.id
        return url_for(f"interests.{self.name}_{where}", **values)

    def load(self) -> Sitting:
        if self.is_for_somebody:
            return from_draft(drafts.load(draft_queries.ENTERING, str(self.person.id), actor=g.actor))
        sitting = from_draft(draft_queries.draft_of(self.person.id, SITTING))
        return sitting.with_lines(self._standing()) if sitting.is_confirming else sitting

    def confirming(self) -> Sitting:
        """The sitting with every line that stands on the register to be confirmed, whatever came or went since it was begun."""
        return from_draft(draft_queries.draft_of(self.person.id, SITTING)).with_lines(self._standing())

    def _standing(self) -> dict[str, int]:
        return {str(each.interest_id): each.number for each in queries.standing_of(self.person.id, clock.now())}

    def save(self, sitting: Sitting) -> None:
        if self.is_for_somebody:
            drafts.save(draft_queries.ENTERING, sitting.as_draft(), str(self.person.id), actor=g.actor, at=clock.now())
        else:
            draft_commands.save_draft(self.person.id, SITTING, sitting.as_draft(), at=clock.now())

    def drop(self) -> None:
        if self.is_for_somebody:
            drafts.drop(draft_queries.ENTERING, str(self.person.id), actor=g.actor)
        else:
            draft_commands.drop_draft(self.person.id, SITTING)

    @staticmethod
    def facts_of(entry: Entry) -> Subtype | None:
        """What the type of an entry is called and asks; None of one that was declared before types were asked."""
        return SUBTYPES[InterestSubtype(entry.subtype)] if entry.subtype else None

    def sign(self, make: Callable[[], Declaration]) -> Declaration:
        """Returns the declaration that `make` makes. Came the person by a link, it is used up with it, once. Raises RuleBroken."""
        link = link_commands.take_link(self.link_id, at=clock.now()) if self.link_id else None
        declaration = make()
        if link is not None:
            link_commands.note_signed(link, declaration_id=declaration.id)
        return declaration

    def done(self, declaration: Declaration) -> str:
        """The page that confirms what was declared. By a link, only the browser that signed may read it."""
        if self.is_by_link:
            session[SIGNED] = str(declaration.id)
            return url_for("interests.by_link_done")
        done = "entered" if self.is_for_somebody else "declared"
        return url_for(f"interests.{done}", declaration_id=declaration.id)

    def back_from(self, entry: Entry, number: int, step: str) -> str:
        """The page before a question."""
        if self._came_from:
            return self._return(number)
        before = entry.before(step)
        if before:
            return self.url("step", number=number, step=before)
        return self.leaves_to if number == 1 else self.url("another")

    def on_from(self, sitting: Sitting, number: int, step: str) -> str:
        """The page after a question: back to where the user came from to change an answer, unless one is missing now."""
        entry, came_from = sitting.entries[number - 1], self._came_from
        if step == PRIVACY and sitting.unsaid:
            return self.unsaid_url(sitting)
        following = entry.missing if came_from else entry.after(step)
        if following is None:
            return self._return(number) if came_from else self.url("another")
        return self.url("step", number=number, step=following, **({"return": came_from} if came_from else {}))

    def unsaid_url(self, sitting: Sitting) -> str:
        """The page that asks for the first reason not to publish that was not told yet; without one, the answers to check."""
        if sitting.unsaid is None:
            return self.url("check")
        number, step = sitting.unsaid
        return self.url("step", number=number, step=step, **{"return": CHECK})

    @property
    def _came_from(self) -> str:
        came_from = request.args.get("return", "")
        return came_from if came_from in (CHECK, CHANGED) else ""

    def _return(self, number: int) -> str:
        return self.url("changed", number=number) if self._came_from == CHANGED else self.url("check")
