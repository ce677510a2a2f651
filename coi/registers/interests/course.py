"""Where a declaration goes on: whose interests are declared, the addresses of its pages, where the answers are kept until they are
signed, and, where somebody came by a link, the link that the signature uses up."""

import uuid
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from flask import g, request, url_for

from coi import clock
from coi.people.models import Person
from coi.registers.interests import draft_commands, draft_queries, link_commands
from coi.registers.interests.models import Declaration
from coi.registers.interests.sitting import Entry, Sitting, from_draft
from coi.web import drafts

CHECK = "check"
SITTING = "declare"
"""The kind of draft that a person's own sitting is kept as."""


@dataclass(frozen=True)
class Course:
    """`name` is the start of its endpoints: "declare" (one's own, signed in), "by_link" (one's own, by a link), "enter" (on behalf)."""

    person: Person
    name: str
    leaves_to: str
    link_id: uuid.UUID | None = None

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
            return from_draft(drafts.load("interests.enter", str(self.person.id), actor=g.actor))
        return from_draft(draft_queries.draft_of(self.person.id, SITTING))

    def save(self, sitting: Sitting) -> None:
        if self.is_for_somebody:
            drafts.save("interests.enter", sitting.as_draft(), str(self.person.id), actor=g.actor, at=clock.now())
        else:
            draft_commands.save_draft(self.person.id, SITTING, sitting.as_draft(), at=clock.now())

    def drop(self) -> None:
        if self.is_for_somebody:
            drafts.drop("interests.enter", str(self.person.id), actor=g.actor)
        else:
            draft_commands.drop_draft(self.person.id, SITTING)

    def sign(self, make: Callable[[], Declaration]) -> Declaration:
        """Returns the declaration that `make` makes. Came the person by a link, it is used up with it, once. Raises RuleBroken."""
        link = link_commands.take_link(self.link_id, at=clock.now()) if self.link_id else None
        declaration = make()
        if link is not None:
            link_commands.note_signed(link, declaration)
        return declaration

    def done(self, declaration: Declaration) -> str:
        """The page that confirms what was declared."""
        if self.is_by_link:
            return url_for("interests.by_link_done")
        done = "entered" if self.is_for_somebody else "declared"
        return url_for(f"interests.{done}", declaration_id=declaration.id)

    def back_from(self, entry: Entry, number: int, step: str) -> str:
        """The page before a question."""
        if request.args.get("return") == CHECK:
            return self.url("check")
        before = entry.before(step)
        if before:
            return self.url("step", number=number, step=before)
        return self.leaves_to if number == 1 else self.url("another")

    def on_from(self, entry: Entry, number: int, step: str) -> str:
        """The page after a question: back to the answers to check where the user came from there, unless one is missing now."""
        came_to_change = request.args.get("return") == CHECK
        following = entry.missing if came_to_change else entry.after(step)
        if following is None:
            return self.url("check" if came_to_change else "another")
        return self.url("step", number=number, step=following, **({"return": CHECK} if came_to_change else {}))
