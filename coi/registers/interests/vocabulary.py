"""The words of a declaration of interest. Standard library only."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum


class InterestType(StrEnum):
    """The three substantive categories (RULEBOOK §5.2). Whether it is direct or indirect is asked separately."""

    FINANCIAL = "financial"
    NON_FINANCIAL_PROFESSIONAL = "non_financial_professional"
    NON_FINANCIAL_PERSONAL = "non_financial_personal"


class InterestSubtype(StrEnum):
    """What kind of thing the interest is (RULEBOOK §5.3): it decides which questions are asked."""

    PARTNERSHIP = "partnership"
    OUTSIDE_EMPLOYMENT = "outside_employment"
    DIRECTORSHIP = "directorship"
    SHAREHOLDING = "shareholding"
    PREMISES = "premises"
    PRIVATE_PRACTICE = "private_practice"
    LOYALTY = "loyalty"
    PATENT = "patent"
    RESEARCH = "research"
    SPONSORED_POST = "sponsored_post"
    SPONSORED_EVENT = "sponsored_event"
    DONATION = "donation"
    OTHER = "other"


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


class Declaring(StrEnum):
    """Groups of people for whom a body may name who agrees what is done about their interests (RULEBOOK §6.3)."""

    MEMBERS = "members"
    CHAIR = "chair"
    GUARDIAN = "guardian"


class Still(StrEnum):
    """What somebody says of a line of the register when they confirm it."""

    RIGHT = "right"
    CHANGED = "changed"
    ENDED = "ended"


class RedactionState(StrEnum):
    REQUESTED = "requested"
    GRANTED = "granted"
    REFUSED = "refused"


TYPE_WORDS = {
    InterestType.FINANCIAL: "Financial interest",
    InterestType.NON_FINANCIAL_PROFESSIONAL: "Non-financial professional interest",
    InterestType.NON_FINANCIAL_PERSONAL: "Non-financial personal interest",
}
SHORT_TYPE_WORDS = {each: words.removesuffix(" interest") for each, words in TYPE_WORDS.items()}
DIRECTNESS_WORDS = {Directness.DIRECT: "Direct", Directness.INDIRECT: "Indirect"}
VIA_WORDS = {
    Via.SPOUSE: "Husband, wife or partner",
    Via.PARENT: "Parent or grandparent",
    Via.CHILD: "Child or grandchild",
    Via.SIBLING: "Brother or sister",
    Via.OTHER_RELATIVE: "Another relative",
    Via.CLOSE_FRIEND: "Close friend",
    Via.BUSINESS_PARTNER: "Business partner",
    Via.OTHER_ASSOCIATE: "Another close associate",
}
ROLE_WORDS = {
    InterestRole.PARTNER: "Partner",
    InterestRole.OWNER: "Owner",
    InterestRole.DIRECTOR: "Director",
    InterestRole.SHAREHOLDER: "Shareholder",
    InterestRole.SALARIED_GP: "Salaried GP",
    InterestRole.LOCUM: "Locum",
    InterestRole.PRACTICE_MANAGER: "Practice manager",
    InterestRole.EMPLOYEE: "Employee",
    InterestRole.CLINICAL_DIRECTOR: "Clinical director",
    InterestRole.LANDLORD: "Landlord of the premises",
    InterestRole.CONSULTANT: "Consultant or contractor",
    InterestRole.ADVISER: "Adviser",
    InterestRole.RECIPIENT: "Receives a grant, fees, research funding or sponsorship",
    InterestRole.TRUSTEE: "Trustee or governor",
    InterestRole.MEMBER: "Member or patient representative",
    InterestRole.VOLUNTEER: "Volunteer",
    InterestRole.OTHER: "Something else",
}
DECLARATION_WORDS = {
    DeclarationKind.ON_APPOINTMENT: "First declaration",
    DeclarationKind.ANNUAL: "Confirmed what the register says",
    DeclarationKind.CHANGE: "New or changed interests",
    DeclarationKind.NIL: "Nothing to declare",
    DeclarationKind.AT_MEETING: "Declared at a meeting",
}
GROUP_WORDS = {
    Declaring.MEMBERS: "Members of committees",
    Declaring.CHAIR: "Chairs of committees",
    Declaring.GUARDIAN: "The Conflicts of Interest Guardian",
}
STILL_WORDS = {
    Still.RIGHT: "Yes, it is still right",
    Still.CHANGED: "Something about it has changed",
    Still.ENDED: "It has ended",
}
REDACTION_WORDS = {
    RedactionState.REQUESTED: "Request not to publish, not decided yet",
    RedactionState.GRANTED: "Not published, in whole or in part: the Guardian agreed to the request",
    RedactionState.REFUSED: "Published: the Guardian refused the request not to publish",
}
"""Each word as a page says it, in the order of a list to choose from."""

NO_ORGANISATION = "No organisation"
"""What the register says of an interest that is in no organisation: a cause, a friendship, a patent of one's own."""


@dataclass(frozen=True)
class NamedOrganisation:
    """An organisation picked from the reference data (`id`), or free text kept as unmatched (`id` None)."""

    text: str
    id: uuid.UUID | None = None


@dataclass(frozen=True)
class RedactionDetails:
    """What the Guardian decides about a request: the columns that are withheld (none: all is published), why, with what legal advice,
    and when to look at it again."""

    withheld: frozenset[str]
    reason: str
    legal_advice: str = ""
    review_on: date | None = None


@dataclass(frozen=True)
class InterestDetails:
    """One interest, as declared. `has_no_organisation`: the declarant said that there is none; without it an interest names one."""

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
    subtype: InterestSubtype | None = None
    particulars: Mapping[str, str] = field(default_factory=dict, hash=False)
    reveals_health: bool = False
    keep_private_fields: tuple[str, ...] = ()  # names of columns; none: all that can be withheld
    has_no_organisation: bool = False


@dataclass(frozen=True)
class StandingAnswer:
    """What somebody says of one interest on the register, at the version that they were shown: still right, ended on a day, or changed
    to `details`."""

    interest_id: uuid.UUID
    version: int
    still: Still
    ended_on: date | None = None
    details: InterestDetails | None = None


@dataclass(frozen=True)
class ConfirmationDetails:
    """A confirmation of everything that the register says about somebody, and what is new besides."""

    statement: str
    standing: tuple[StandingAnswer, ...]
    new: tuple[InterestDetails, ...] = ()


@dataclass(frozen=True)
class Making:
    """How a declaration came about: who prepared the draft that the person signed, and whether it was made on leaving."""

    drafted_by: str = ""
    is_leaving: bool = False


PLAINLY = Making()
"""By the person alone, not on leaving."""


@dataclass(frozen=True)
class NilDetails:
    """A positive nil return: nothing to declare, on this date."""

    statement: str


@dataclass(frozen=True)
class DeclaredOn:
    """The day of a declaration. `or_before`: it was taken over from a register of that day, which does not say when it was made."""

    day: date
    or_before: bool = False

    @property
    def words(self) -> str:
        return f"{'on or before' if self.or_before else 'on'} {self.day.day} {self.day:%B %Y}"
