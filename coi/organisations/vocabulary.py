"""The words for organisations: kinds, states and the relations between them. Standard library only."""

import uuid
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum

ENTERED = "entered"  # the source of what a person entered
UNNAMED = "unnamed"  # the source of an organisation that a file refers to and none names yet


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
    COMPETITOR_OF = "competitor_of"  # in an area, or in a lot of a procurement
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


BELONGING = (RelationKind.OWNED_BY, RelationKind.PART_OF)  # each says that one belongs to the other

_PHRASES = {
    RelationKind.COMMISSIONED_BY: "commissioned by",
    RelationKind.COMPETITOR_OF: "competitor of",
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


BODY_KIND_WORDS = {
    BodyKind.ICB: "Integrated care board",
    BodyKind.CCG: "Clinical commissioning group, until June 2022",
}

KIND_WORDS = {
    OrganisationKind.PRACTICE: "GP practice",
    OrganisationKind.PCN: "Primary care network",
    OrganisationKind.FEDERATION: "GP federation",
    OrganisationKind.COMPANY: "Company",
    OrganisationKind.TRUST: "NHS trust",
    OrganisationKind.CHARITY: "Charity",
    OrganisationKind.COMMISSIONER: "Commissioner",
    OrganisationKind.PRESCRIBING: "Other prescribing setting",
    OrganisationKind.OTHER: "Other organisation",
}
"""Each kind as a page says it, in the order of a list to choose from."""


@dataclass(frozen=True)
class OrganisationHit:
    """An organisation that a search found. `matched_name` is a former name where only that one fits; `area` names the
    commissioner that it belongs to on the day asked about."""

    id: uuid.UUID
    code: str | None
    name: str
    kind: OrganisationKind
    town: str = ""
    postcode: str = ""
    is_closed: bool = False
    closed_on: date | None = None
    matched_name: str = ""
    area: str = ""
    taught: str = ""  # by whom the body was taught that these words mean it
    added_at: datetime | None = (
        None  # where another one that was found is called the same, and stands in the same place
    )

    @property
    def kind_words(self) -> str:
        return KIND_WORDS[self.kind]


@dataclass(frozen=True)
class SuccessorSuggestion:
    """An organisation that may have followed another, and why it looks so. A person decides."""

    id: uuid.UUID
    code: str | None
    name: str
    why: str


@dataclass(frozen=True)
class OrganisationDetails:
    """An organisation as a person enters it. `code` is an ODS code or empty. `is_another` says that it is none of those that are called the
    same."""

    name: str
    kind: OrganisationKind
    code: str = ""
    town: str = ""
    postcode: str = ""
    is_another: bool = False


@dataclass(frozen=True)
class RelationDetails:
    """A relation as a person enters it, from a date, open-ended where `valid_to` is None. `detail` says what is particular about it ("lot
    3", "dormant share"), `stated_in` where it is said, `is_circle` that it is right that each of the two belongs to the other."""

    kind: RelationKind
    valid_from: date | None
    valid_to: date | None = None
    detail: str = ""
    stated_in: str = ""
    is_circle: bool = False


@dataclass(frozen=True)
class BodyDetails:
    """A commissioning body as it is entered. `slug` starts its URLs; `area_codes` are the commissioners whose practices are its
    area."""

    name: str
    kind: BodyKind
    slug: str
    ods_code: str = ""
    area_codes: tuple[str, ...] = ()
    contact: str = ""


@dataclass(frozen=True)
class PickedOrganisation:
    """What a picker gives: the words that were typed, and the organisation that was chosen for them (None: none of those found)."""

    text: str
    organisation_id: uuid.UUID | None = None


@dataclass(frozen=True)
class PolicyDetails:
    """A figure of a body's own policy as it is entered. `value` None goes back to the guidance. `late_because`: why it counts from a day
    before the one on which it is entered."""

    name: str
    value: int | Decimal | None
    valid_from: date
    source: str
    late_because: str = ""
