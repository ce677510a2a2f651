"""Where a declaration of an offer goes on: to whom it was made, the addresses of its pages, where the answers are kept until they are
sent, and, where somebody came by a link, the link that the signature uses up."""

import uuid
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from flask import g, request, session, url_for

from coi import clock
from coi.people.models import Person
from coi.registers.by_link import SIGNED
from coi.registers.gifts.models import Gift
from coi.registers.gifts.sitting import Sitting, from_draft
from coi.registers.interests import draft_commands, draft_queries, link_commands
from coi.web import drafts

CHECK = "check"


@dataclass(frozen=True)
class Course:
    """Where a sitting goes on: to whom something was offered (`person` None: the organisation itself), and the addresses of its pages."""

    person: Person | None
    name: (
        str  # "declare" (one's own, signed in), "by_link" (one's own, by a link) or "enter": the start of its endpoints
    )
    leaves_to: str
    link_id: uuid.UUID | None = None

    @property
    def is_for_somebody(self) -> bool:
        return self.name == "enter"

    @property
    def whose(self) -> str:
        return self.person.name if self.person else str(g.body.name)

    def url(self, where: str, **values: Any) -> str:
        if self.is_for_somebody:
            values["recipient_id"] = self.person.id if self.person else g.body.id
        return url_for(f"gifts.{self.name}_{where}", **values)

    def load(self) -> Sitting:
        if self.is_for_somebody:
            return from_draft(drafts.load(*self._entering, actor=g.actor))
        return from_draft(draft_queries.draft_of(*self._own))

    def save(self, sitting: Sitting) -> None:
        if self.is_for_somebody:
            kind, key = self._entering
            drafts.save(kind, sitting.as_draft(), key, actor=g.actor, at=clock.now())
        else:
            draft_commands.save_draft(*self._own, sitting.as_draft(), at=clock.now())

    def drop(self) -> None:
        if self.is_for_somebody:
            drafts.drop(*self._entering, actor=g.actor)
        else:
            draft_commands.drop_draft(*self._own)

    def sign(self, make: Callable[[], Gift]) -> Gift:
        """Returns the entry that `make` makes. Came the person by a link, it is used up with it, once. Raises RuleBroken."""
        link = link_commands.take_link(self.link_id, at=clock.now()) if self.link_id else None
        gift = make()
        if link is not None:
            link_commands.note_signed(link, gift_id=gift.id)
        return gift

    def done(self, gift: Gift) -> str:
        """The page that confirms what was declared. By a link, only the browser that signed may read it."""
        if self.link_id:
            session[SIGNED] = str(gift.id)
            return url_for("gifts.by_link_done")
        return url_for(f"gifts.{'entered' if self.is_for_somebody else 'declared'}", gift_id=gift.id)

    @property
    def _entering(self) -> tuple[str, str]:
        return "gifts.enter", str(self.person.id if self.person else g.body.id)

    @property
    def _own(self) -> tuple[uuid.UUID, str]:
        """Whose draft it is, so that what was begun by a link goes on after signing in; one for each body."""
        assert self.person is not None
        return self.person.id, f"gift:{g.body.id.hex[:24]}"

    def back_from(self, sitting: Sitting, step: str) -> str:
        """The page before a question."""
        if request.args.get("return") == CHECK:
            return self.url("check")
        before = sitting.before(step)
        return self.url("step", step=before) if before else self.leaves_to

    def on_from(self, sitting: Sitting, step: str) -> str:
        """The page after a question: back to the answers to check where the user came from there, unless one is missing now."""
        came_to_change = request.args.get("return") == CHECK
        following = sitting.missing if came_to_change else sitting.after(step)
        if following is None:
            return self.url("check")
        return self.url("step", step=following, **({"return": CHECK} if came_to_change else {}))
