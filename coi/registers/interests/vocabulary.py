"""The words of a declaration of interest. Standard library only."""

import uuid
from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class InterestType(StrEnum):
    """The three substantive categories (RULEBOOK §5.2). Whether it is direct or indirect is asked separately."""

    FINANCIAL = "financial"
    NON_FINANCIAL_PROFESSIONAL = "non_financial_professional"
    NON_FINANCIAL_PERSONAL = "non_financial_personal"


class Directness(StrEnum):
    DIRECT = "direct"
    INDIRECT = "indirect"


class Via(StrEnum):
    """Through whom an indirect interest is held: the relation, never the name."""

    SPOUSE = "spouse"
    PARENT = "parent"
    CHILD = "child"
    SIBLING = "sibling"
    OTHER_RELATIVE = "other_relative"
    CLOSE_FRIEND = "close_friend"
    BUSINESS_PARTNER = "business_partner"
    OTHER_ASSOCIATE = "other_associate"


class InterestRole(StrEnum):
    """What the person (or the relation) is in the organisation."""

    PARTNER = "partner"
    OWNER = "owner"
    DIRECTOR = "director"
    SHAREHOLDER = "shareholder"
    LANDLORD = "landlord"
    EMPLOYEE = "employee"
    SALARIED_GP = "salaried_gp"
    LOCUM = "locum"
    PRACTICE_MANAGER = "practice_manager"
    CLINICAL_DIRECTOR = "clinical_director"
    CONSULTANT = "consultant"
    TRUSTEE = "trustee"
    VOLUNTEER = "volunteer"
    ADVISER = "adviser"
    MEMBER = "member"
    RECIPIENT = "recipient"  # of a grant, an honorarium, research funding, sponsorship
    OTHER = "other"


class DeclarationKind(StrEnum):
    """Why a declaration was made."""

    ON_APPOINTMENT = "on_appointment"
    ANNUAL = "annual"
    CHANGE = "change"
    NIL = "nil"
    AT_MEETING = "at_meeting"


class InterestStatus(StrEnum):
    """Where a version stands. A submitted interest is on the private register at once; mitigation follows."""

    SUBMITTED = "submitted"  # on the private register, mitigation not agreed yet
    AGREED = "agreed"  # mitigation agreed
    ENDED = "ended"


class RedactionState(StrEnum):
    REQUESTED = "requested"
    GRANTED = "granted"
    REFUSED = "refused"


@dataclass(frozen=True)
class NamedOrganisation:
    """An organisation picked from the reference data (`id`), or free text kept as unmatched (`id` None)."""

    text: str
    id: uuid.UUID | None = None


@dataclass(frozen=True)
class InterestDetails:
    """One interest, as declared."""

    type: InterestType
    directness: Directness
    role: InterestRole
    nature: str
    organisations: tuple[NamedOrganisation, ...]
    arose_on: date | None
    ended_on: date | None = None
    aware_on: date | None = None
    via: Via | None = None
    is_pursuing: bool = False
    keep_private_because: str = ""


@dataclass(frozen=True)
class NilDetails:
    """A positive nil return: nothing to declare, on this date."""

    statement: str
