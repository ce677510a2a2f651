"""The words of a declaration of interest. Standard library only."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
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


class LinkPurpose(StrEnum):
    """What a single-use link to declare was sent for. Whoever holds it may declare whatever there is to declare."""

    INVITATION = "invitation"  # a first declaration
    CONFIRMATION = "confirmation"  # the yearly "still right?"
    DECLARATION = "declaration"  # something new or changed
    SIGNING = "signing"  # a draft that somebody prepared
    LEAVING = "leaving"
    GIFT = "gift"  # an offer of a gift or hospitality, and nothing else
    QUESTION = "question"  # "is this you?", from a public list


class RedactionState(StrEnum):
    REQUESTED = "requested"
    GRANTED = "granted"
    REFUSED = "refused"


TYPE_WORDS = {
    InterestType.FINANCIAL: "Financial interest",
    InterestType.NON_FINANCIAL_PROFESSIONAL: "Non-financial professional interest",
    InterestType.NON_FINANCIAL_PERSONAL: "Non-financial personal interest",
}
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
PURPOSE_WORDS = {
    LinkPurpose.INVITATION: "Declare for the first time",
    LinkPurpose.CONFIRMATION: "Confirm what the register says, once a year",
    LinkPurpose.DECLARATION: "Declare something new or changed",
    LinkPurpose.LEAVING: "Declare a last time before leaving",
    LinkPurpose.GIFT: "Declare a gift or hospitality",
    LinkPurpose.SIGNING: "Sign a draft that was prepared",
    LinkPurpose.QUESTION: "Answer a question from a public list",
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
class IssuedLink:
    """A single-use link to declare. `url` is a secret: it stands in one mail to the person and nowhere else. A mail that holds it is
    queued with `secret=link.url, secret_of=link.secret_of`, so that the outbox forgets it."""

    id: uuid.UUID
    email: str
    url: str = field(repr=False)
    expires_at: datetime

    @property
    def secret_of(self) -> str:
        return secret_of_link(self.id)


def secret_of_link(link_id: uuid.UUID) -> str:
    """Returns what the outbox calls the secret of a link to declare."""
    return f"declaring-link:{link_id}"


class Showing(StrEnum):
    """Which rows of the register a reader asks for."""

    EVERYTHING = "everything"
    WAITING = "waiting"  # mitigation is not agreed yet
    UNMATCHED = "unmatched"  # an organisation in the declarant's own words
    NOTHING_ON_FILE = "nothing"  # people who have not declared yet


SHOWING_WORDS = {
    Showing.EVERYTHING: "Everything",
    Showing.WAITING: "Interests that wait for their mitigation",
    Showing.UNMATCHED: "Interests with an unmatched organisation",
    Showing.NOTHING_ON_FILE: "People who have not declared yet",
}


@dataclass(frozen=True)
class DeclaredOn:
    """The day of a declaration. `or_before`: it was taken over from a register of that day, which does not say when it was made."""

    day: date
    or_before: bool = False

    @property
    def words(self) -> str:
        return f"{'on or before' if self.or_before else 'on'} {self.day.day} {self.day:%B %Y}"


@dataclass(frozen=True)
class NamedRow:
    """An organisation on the register page: the declarant's words, and what the reference data calls it now (empty: unmatched)."""

    text: str
    name: str

    @property
    def is_unmatched(self) -> bool:
        return not self.name


@dataclass(frozen=True)
class RegisterRow:
    """A row of the register page. Without `interest_id` it says that somebody had nothing to declare (`nil_on`), or has not declared
    yet. `late` is a sentence or empty; `is_restricted`: there is a request not to publish it, open or granted."""

    person_id: uuid.UUID
    name: str
    positions: str = ""
    nil_on: DeclaredOn | None = None
    interest_id: uuid.UUID | None = None
    reference: str = ""
    type: InterestType | None = None
    directness: Directness | None = None
    via: Via | None = None
    role: InterestRole | None = None
    nature: str = ""
    arose_on: date | None = None
    ended_on: date | None = None
    is_pursuing: bool = False
    status: InterestStatus | None = None
    mitigation: str = ""
    organisations: tuple[NamedRow, ...] = ()
    late: str = ""
    is_restricted: bool = False
    is_disposed: bool = False

    def __hash__(self) -> int:  # equality compares everything; a hundred rows are found again by what tells them apart
        return hash((self.reference, self.name, self.nature))

    @property
    def type_words(self) -> str:
        """The type without the word "interest", which the column says."""
        return TYPE_WORDS[self.type].removesuffix(" interest") if self.type else ""

    @property
    def role_words(self) -> str:
        return ROLE_WORDS[self.role] if self.role else ""

    @property
    def via_words(self) -> str:
        return VIA_WORDS[self.via] if self.via else ""
