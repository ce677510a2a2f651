"""The words for organisations: kinds, states and the relations between them. Standard library only."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class OrganisationKind(StrEnum):
    """What an organisation is to the trade."""

    CHARITY = "charity"
    COMMISSIONER = "commissioner"  # a CCG, a sub-ICB location, an ICB
    COMPANY = "company"
    FEDERATION = "federation"
    OTHER = "other"
    PCN = "pcn"
    PRACTICE = "practice"
    PRESCRIBING = "prescribing"  # another prescribing setting: walk-in centre, out-of-hours service, hospice …
    TRUST = "trust"


class OrganisationStatus(StrEnum):
    """Whether it does business, as the Organisation Data Service says it or as it was entered."""

    ACTIVE = "active"
    CLOSED = "closed"
    DORMANT = "dormant"
    PROPOSED = "proposed"


class RelationKind(StrEnum):
    """How one organisation stands to another: read as "<from> is <kind> <to>"."""

    COMMISSIONED_BY = "commissioned_by"
    LANDLORD_OF = "landlord_of"
    MEMBER_OF_PCN = "member_of_pcn"
    OWNED_BY = "owned_by"
    SHAREHOLDER_IN = "shareholder_in"
    SUCCEEDED_BY = "succeeded_by"
    PART_OF = "part_of"  # a sub-ICB location of its ICB

    @property
    def phrase(self) -> str:
        """The relation in words, fit for "Longfield Surgery is a … Essex Federation"."""
        return _PHRASES[self]


_PHRASES = {
    RelationKind.COMMISSIONED_BY: "commissioned by",
    RelationKind.LANDLORD_OF: "landlord of",
    RelationKind.MEMBER_OF_PCN: "member of",
    RelationKind.OWNED_BY: "owned by",
    RelationKind.SHAREHOLDER_IN: "shareholder in",
    RelationKind.SUCCEEDED_BY: "succeeded by",
    RelationKind.PART_OF: "part of",
}


class BodyKind(StrEnum):
    """Which law a commissioning body lives under."""

    CCG = "ccg"
    ICB = "icb"


@dataclass(frozen=True)
class OrganisationDetails:
    """An organisation as a person enters it. `code` is an ODS code or empty."""

    name: str
    kind: OrganisationKind
    code: str = ""
    town: str = ""
    postcode: str = ""


@dataclass(frozen=True)
class RelationDetails:
    """A relation as a person enters it, from a date, open-ended where `valid_to` is None."""

    kind: RelationKind
    valid_from: date | None
    valid_to: date | None = None
