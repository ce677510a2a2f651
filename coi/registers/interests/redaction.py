"""Pure rules of withholding: what a request asks for, and what the Guardian can decide about it."""

import uuid
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol, TypeVar

from coi.errors import RuleBroken
from coi.registers.interests.columns import SHAPE, WITHHOLDABLE, hidden_with
from coi.registers.interests.vocabulary import RedactionDetails, RedactionState

FIELD_WORDS: Mapping[str, str] = {column.name: column.heading for column in SHAPE.columns if column.is_withholdable}
"""What can be withheld, in the words of the register."""

HELD_UNTIL = (
    "Only these are held back until the Guardian decides; with the declared interest its nature too, which often names it. If you select "
    "none, the whole interest is"
)
"""What follows from naming parts of an interest, for whoever asks not to publish them."""

WHO = frozenset({"name", "positions", "position"})
"""The columns that say whose entry it is, in any register."""


class Kept(Protocol):
    """A request, and one decision about it where there is one, as a row of the database."""

    @property
    def reference(self) -> str: ...
    @property
    def id(self) -> uuid.UUID: ...
    @property
    def fields(self) -> Sequence[str]: ...
    @property
    def state(self) -> RedactionState: ...
    @property
    def decided_at(self) -> datetime | None: ...
    @property
    def number(self) -> int | None: ...
    @property
    def withheld(self) -> Sequence[str] | None: ...


class Decided(Protocol):
    """A decision about a request, as a row of the database. `body_id`: whose Guardian made it, for whose register; None: made before each
    decided for their own, and counts for every register."""

    @property
    def body_id(self) -> uuid.UUID | None: ...
    @property
    def withheld(self) -> Sequence[str]: ...


OneDecision = TypeVar("OneDecision", bound=Decided, covariant=True)


class Requested(Protocol[OneDecision]):
    """A request with its decisions, the earliest first. `state` is that of all registers together."""

    @property
    def state(self) -> RedactionState: ...
    @property
    def decisions(self) -> Sequence[OneDecision]: ...


@dataclass(frozen=True)
class Asked:
    """A request as far as it is decided: `withheld` is what the latest decision withholds."""

    fields: tuple[str, ...]
    state: RedactionState
    withheld: tuple[str, ...] = ()


def asked_for(fields: Collection[str]) -> frozenset[str]:
    """Returns the columns that a request names; one about an interest that names none asks for all of them. Rule: REG-06; RULEBOOK
    §7.3."""
    return frozenset(fields) or frozenset(WITHHOLDABLE)


def first_ticked(fields: Collection[str], every: Collection[str]) -> frozenset[str]:
    """Returns what the Guardian's form proposes to withhold: what a request names; of one about a whole entry (`every` column), all but
    whose it is, so that nobody disappears from the register who does not have to. Rule: REG-06; RULEBOOK §7.3."""
    whole = frozenset(every)
    named = frozenset(fields) or whole
    return named - WHO if named >= whole else named


def decisions_at(request: Requested[OneDecision], body_id: uuid.UUID | None) -> list[OneDecision]:
    """Returns what was decided about a request for the register of a body, the earliest first. An interest is declared once for all
    bodies; the Guardian of each decides for its own register. Rules: REG-06, REG-07; RULEBOOK §7.3."""
    return [each for each in request.decisions if each.body_id is None or each.body_id == body_id]


def state_at(request: Requested[OneDecision], body_id: uuid.UUID | None) -> RedactionState:
    """Returns where a request stands at a body: it waits there until that body's Guardian has decided, whatever another one did. Rules:
    REG-06, REG-07; RULEBOOK §7.3."""
    if not request.decisions:
        return request.state
    here = decisions_at(request, body_id)
    if not here:
        return RedactionState.REQUESTED
    return RedactionState.GRANTED if here[-1].withheld else RedactionState.REFUSED


def state_of_all(request: Requested[OneDecision], body_ids: Iterable[uuid.UUID | None]) -> RedactionState:
    """Returns where a request stands at all of these bodies together: granted where one of them withholds something, refused where all
    publish. For whoever reads no register of one body. Rule: REG-06."""
    states = {state_at(request, each) for each in body_ids}
    strictest = (RedactionState.GRANTED, RedactionState.REQUESTED)
    return next((each for each in strictest if each in states), RedactionState.REFUSED)


def headings_asked_for(fields: Collection[str], words: Mapping[str, str]) -> list[str]:
    """Returns the headings of the columns that a request names, in the register's order."""
    asked = asked_for(fields)
    return [heading for name, heading in words.items() if name in asked]


def headings_held_back(fields: Collection[str]) -> list[str]:
    """Returns the headings of the columns of an interest that are withheld with those that a request names, in the register's order: these,
    and what would give them away. Rule: REG-06; RULEBOOK §7.3."""
    hidden = hidden_with(asked_for(fields))
    return [heading for name, heading in FIELD_WORDS.items() if name in hidden]


def along_with(fields: Collection[str]) -> dict[str, list[str]]:
    """Returns, by the heading of each column that a request about an interest names, those of others that are withheld with it."""
    every = {name: hidden_with(frozenset({name})) - {name} for name in asked_for(fields)}
    found = {name: [FIELD_WORDS[one] for one in FIELD_WORDS if one in others] for name, others in every.items()}
    return {FIELD_WORDS[name]: others for name, others in sorted(found.items()) if others}


def held_back(requests: Iterable[Asked]) -> frozenset[str]:
    """Returns the columns that these requests about one interest keep from the public: of one that waits, those that it names; of one
    that is decided, those that the Guardian withheld. Rule: REG-06; RULEBOOK §7.3."""
    found: frozenset[str] = frozenset()
    for each in requests:
        if each.state is RedactionState.REQUESTED:
            found |= asked_for(each.fields)
        elif each.state is RedactionState.GRANTED:
            found |= frozenset(each.withheld) or asked_for(each.fields)
    return found


def held_back_then(rows: Iterable[Kept], at: datetime) -> dict[str, frozenset[str]]:
    """Returns, per reference, the columns that the requests behind these rows kept from the public at an instant. A row is a request
    with one of the decisions that were known then, the earliest first. Rule: REG-06; RULEBOOK §7.3."""
    requests: dict[str, dict[uuid.UUID, Asked]] = {}
    for row in rows:  # of each request the latest decision that was known at the instant
        decided = row.state if row.decided_at is not None and row.decided_at <= at else RedactionState.REQUESTED
        if row.number is not None:
            decided = RedactionState.GRANTED if row.withheld else RedactionState.REFUSED
        requests.setdefault(row.reference, {})[row.id] = Asked(tuple(row.fields), decided, tuple(row.withheld or ()))
    found = {reference: held_back(asked.values()) for reference, asked in requests.items()}
    return {reference: fields for reference, fields in found.items() if fields}


def check_decision(details: RedactionDetails, *, asked: Collection[str], is_own: bool, today: date) -> None:
    """Raises RuleBroken where a decision cannot be: about one's own record, of a field that was not asked about, without a reason, with
    a review that lies behind. Rule: REG-06; RULEBOOK §7.3."""
    if is_own:
        raise RuleBroken(
            "You cannot decide a request of your own", rule="REG-06",
            options=("ask the deputy Guardian", "ask the administrator to give somebody else the role of Guardian"),
        )  # fmt: skip
    if not details.reason.strip():
        raise RuleBroken("Enter the reason for the decision", field="reason", rule="REG-06")
    if details.withheld - asked_for(asked):
        raise RuleBroken("Select only fields that the request names", field="fields", rule="REG-06")
    if details.withheld and details.review_on and details.review_on <= today:
        raise RuleBroken("The date of the review must be in the future", field="review_on", rule="REG-06")
