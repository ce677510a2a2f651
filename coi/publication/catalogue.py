"""The registers that are published: of each its shape, where its rows come from, and which columns lead somewhere. A register that
lands is plugged in here."""

import uuid
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from coi.errors import NotFound
from coi.meetings.proceedings import procurement_publicity
from coi.registers import non_declarers_publicity
from coi.registers.breaches import columns as breaches
from coi.registers.breaches import public_queries as breach_queries
from coi.registers.columns import PublicRow, RegisterShape
from coi.registers.gifts import columns as gifts
from coi.registers.gifts import public_queries as gift_queries
from coi.registers.interests import columns as interests
from coi.registers.interests import ending_queries as interest_endings
from coi.registers.interests import public_queries as interest_queries
from coi.registers.interests.vocabulary import NO_ORGANISATION
from coi.registers.procurement import columns as procurement
from coi.registers.vocabulary import RegisterKind

Rows = Callable[..., Iterator[PublicRow]]
Withheld = Callable[..., Mapping[str, frozenset[str]]]
Replaced = Callable[..., Collection[str]]
Remarks = Callable[..., Mapping[str, str]]


def _nothing(*_asked: object, **_known: object) -> Mapping[str, str]:
    """Of the records of most registers there is nothing to remark before they are published."""
    return {}


def _none(*_asked: object, **_known: object) -> Collection[str]:
    """The records of a register leave it only when their time is over, or when they may not be shown."""
    return ()


@dataclass(frozen=True, eq=False)  # one object for each register
class Register:
    """A register as publication sees it. `facets` are the columns with a filter; `subject` the column of the second order; `person` and
    `organisation` the columns that identify one, empty where the register has none; `changed` says when a record last changed; `nothing` is
    what stands in `subject` where there is none; `choices` are the facets that a visitor chooses from a list, `by_beginning` those of them
    of which what stands before a colon is chosen; `replaced` says which of some records another took the place of, or were withdrawn as
    made by mistake: past editions show them; `remarks` what whoever publishes is to know of some records that changed or leave."""

    shape: RegisterShape
    public_rows: Rows
    withheld_fields: Withheld
    summary: str
    facets: tuple[str, ...]
    subject: str
    changed: str
    subject_words: str
    nothing: tuple[str, ...] = ()
    choices: tuple[str, ...] = ()
    by_beginning: tuple[str, ...] = ()
    person: str = ""
    organisation: str = ""
    order_words: str = "Name"
    replaced: Replaced = _none
    remarks: Remarks = _nothing

    @property
    def kind(self) -> RegisterKind:
        return self.shape.kind

    @property
    def title(self) -> str:
        return self.shape.title

    def rows(self, body_id: uuid.UUID, *, on: date, at: datetime) -> Iterator[PublicRow]:
        """Yields what may be public on a day, as known at an instant."""
        return self.public_rows(body_id, on=on, at=at)

    def withheld(self, body_id: uuid.UUID, *, at: datetime) -> Mapping[str, frozenset[str]]:
        """Returns, per record, what may not be shown today."""
        return self.withheld_fields(body_id, at=at)


INTERESTS = Register(
    interests.SHAPE, non_declarers_publicity.public_rows, non_declarers_publicity.withheld_fields,
    "What members of committees and decision-making staff, or people close to them, own, earn or do elsewhere.",
    facets=("organisation", "type", "directness", "committees", "status", "person_id", "organisation_identifier"), subject="organisation",
    changed="date_updated", subject_words="Organisation", nothing=(interests.NIL, interests.MISSING, NO_ORGANISATION),
    choices=("type", "directness", "committees", "status"), by_beginning=("directness",), person="person_id",
    organisation="organisation_identifier", replaced=interest_queries.replaced_by_then, remarks=interest_endings.remarks_on,
)  # fmt: skip

GIFTS = Register(
    gifts.SHAPE, gift_queries.public_rows, gift_queries.withheld_fields,
    "What members, decision-making staff and the organisation itself were offered, and whether it was accepted or declined.",
    facets=("kind", "response", "source", "person_id", "offeror_identifier"), subject="offeror", changed="date_updated",
    subject_words="Offered by", choices=("kind", "response", "source"), person="person_id", organisation="offeror_identifier",
    replaced=gift_queries.replaced_by_then,
)  # fmt: skip

PROCUREMENT = Register(
    procurement.SHAPE, procurement_publicity.public_rows, procurement_publicity.withheld_fields,
    "Which contracts were awarded to whom, how it was decided, and how conflicts of interest were managed.",
    facets=("suppliers", "supplier_code"), subject="suppliers", changed="decided_on", subject_words="Supplier",
    organisation="supplier_code", order_words="Decision",
)  # fmt: skip

BREACHES = Register(
    breaches.SHAPE, breach_queries.public_rows, breach_queries.withheld_fields,
    "Where the rules on conflicts of interest were not kept, what was learned and what was done, without names.",
    facets=("nature", "year"), subject="nature", changed="published_on", subject_words="Nature of the breach", choices=("year",),
    order_words="Year", replaced=breach_queries.replaced_by_then,
)  # fmt: skip

REGISTERS: Mapping[RegisterKind, Register] = {each.kind: each for each in (INTERESTS, GIFTS, PROCUREMENT, BREACHES)}


def register_of(kind: str) -> Register:
    """Returns the register of a kind, as the address names it. Raises NotFound for one that is not published."""
    found = REGISTERS.get(RegisterKind(kind)) if kind in set(RegisterKind) else None
    if found is None:
        raise NotFound("There is no such register")
    return found
