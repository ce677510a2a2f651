"""The words of screening: facts in (organisations, interests, items, edges), verdicts out (matches, flags)."""

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum


class InterestType(StrEnum):
    """What a person may gain. Source: RULEBOOK §5.2."""

    FINANCIAL = "fin"
    PROFESSIONAL = "nfp"
    PERSONAL = "nfpers"


class Directness(StrEnum):
    """Whose interest it is. Source: RULEBOOK §5.2."""

    DIRECT = "direct"
    INDIRECT = "indirect"


class Role(StrEnum):
    """What a person is in an organisation, as far as it changes the level of a flag."""

    ADVISER = "adviser"
    CHIEF_EXECUTIVE = "chief_executive"
    CLINICAL_DIRECTOR = "clinical_director"
    CONSULTANT = "consultant"
    DIRECTOR = "director"
    EMPLOYEE = "employee"
    GOVERNOR = "governor"
    LANDLORD = "landlord"
    LOCUM = "locum"
    MEMBER = "member"
    OTHER = "other"
    OWNER = "owner"
    PARTNER = "partner"
    PATIENT = "patient"
    PRACTICE_MANAGER = "practice_manager"
    SALARIED_GP = "salaried_gp"
    SHAREHOLDER = "shareholder"
    SPONSORED = "sponsored"  # paid, funded or entertained by the organisation
    TRUSTEE = "trustee"
    UNKNOWN = "unknown"
    VOLUNTEER = "volunteer"

    @property
    def phrase(self) -> str:
        """The role as a path says it: "partner at", "shareholder in"."""
        return _ROLE_PHRASES.get(self, f"{self.value.replace('_', ' ')} of")

    @property
    def shares_the_gain(self) -> bool:
        """Whether the money is the person's own: owners, not employees. A role that nobody stated counts as one."""
        return self in _OWNERS


_OWNERS = {Role.DIRECTOR, Role.OWNER, Role.PARTNER, Role.SHAREHOLDER, Role.UNKNOWN}
_ROLE_PHRASES = {
    Role.ADVISER: "adviser to", Role.CONSULTANT: "consultant to", Role.EMPLOYEE: "employed by", Role.LOCUM: "locum at",
    Role.OTHER: "has an interest in", Role.PARTNER: "partner at", Role.PATIENT: "patient of", Role.PRACTICE_MANAGER: "practice manager at",
    Role.SALARIED_GP: "salaried GP at", Role.SHAREHOLDER: "shareholder in", Role.SPONSORED: "receives money or benefits from",
    Role.UNKNOWN: "has an interest in", Role.VOLUNTEER: "volunteer for",
}  # fmt: skip


class Level(StrEnum):
    """How strong a flag is. Source: RULEBOOK §24."""

    UNKNOWN = "F0"
    OWN_CONTRACT = "F1"
    MATERIAL = "F2"
    CLASS = "F3"
    RELATED = "F4"
    RESIDUAL = "F5"


class RelationKind(StrEnum):
    """What kind of interest meets an item; the level says how strongly."""

    DIRECT_FINANCIAL = "direct_financial"
    INDIRECT = "indirect"
    CLASS_WIDE = "class_wide"
    NON_FINANCIAL = "non_financial"


class Affected(StrEnum):
    """How an organisation stands to an item. Source: RULEBOOK §24, with scenario 15 for neighbours."""

    ALL_OF_CLASS = "all_of_class"
    BENEFICIARY = "beneficiary"
    BIDDER = "bidder"
    COMPETITOR = "competitor"
    EARLIER_BIDDER = "earlier_bidder"
    CONTRACT_HOLDER = "contract_holder"
    FUNDER = "funder"
    NEIGHBOUR = "neighbour"
    PREMISES_OWNER = "premises_owner"
    REPRESENTED = "represented"  # a local medical committee that speaks for those who are paid
    SUBJECT = "subject"

    @property
    def phrase(self) -> str:
        """The relation as a path says it: "bidder in"."""
        return _AFFECTED_PHRASES[self]


_AFFECTED_PHRASES = {
    Affected.ALL_OF_CLASS: "one of all those concerned by", Affected.BENEFICIARY: "beneficiary of", Affected.BIDDER: "bidder in",
    Affected.COMPETITOR: "competitor in", Affected.EARLIER_BIDDER: "bidder earlier in the matter of",
    Affected.CONTRACT_HOLDER: "contract holder in", Affected.FUNDER: "funder of",
    Affected.NEIGHBOUR: "neighbouring practice that may gain or lose patients by", Affected.PREMISES_OWNER: "owner of the premises in",
    Affected.REPRESENTED: "which speaks for practices in",
    Affected.SUBJECT: "named in",
}  # fmt: skip


class EdgeKind(StrEnum):
    """How one organisation stands to another: "<from> is <kind> <to>". The words are those of `coi.organisations`."""

    ALIKE = "alike"  # as their names say
    COMMISSIONED_BY = "commissioned_by"
    COMPETITOR_OF = "competitor_of"
    LANDLORD_OF = "landlord_of"
    MEMBER_OF_PCN = "member_of_pcn"
    NEAR = "near"  # as their postcodes say
    NETWORK_OF = "network_of"  # a primary care network → the commissioner of its practices
    OWNED_BY = "owned_by"
    PART_OF = "part_of"
    SHAREHOLDER_IN = "shareholder_in"
    SUCCEEDED_BY = "succeeded_by"


@dataclass(frozen=True, slots=True)
class OneOf:
    """Organisations, by key, of which one is meant, and nobody settled which; with what they are called, and the words that may mean
    them. The same words mean the same one wherever they stand."""

    keys: tuple[str, ...]
    names: tuple[str, ...] = ()
    words: str = ""


@dataclass(frozen=True, slots=True)
class Chosen:
    """That of several organisations this one is meant: what follows from it holds only then."""

    one_of: OneOf
    key: str

    @property
    def name(self) -> str:
        return dict(zip(self.one_of.keys, self.one_of.names, strict=False)).get(self.key, self.key)


@dataclass(frozen=True, slots=True)
class InterestFact:
    """One declared interest. `organisations` are keys (ODS codes, or any used alike in items and edges), each with its name."""

    key: str
    person: str
    organisations: tuple[str, ...]
    organisation_names: tuple[str, ...] = ()
    interest_type: InterestType = InterestType.FINANCIAL
    directness: Directness = Directness.DIRECT
    via: str = ""  # the relationship of an indirect interest ("spouse"), never a name
    role: Role = Role.UNKNOWN
    arose_on: date | None = None
    ended_on: date | None = None
    is_pursuing: bool = False
    has_ended: bool = False  # on a day that nobody stated; with `ended_on`, one of several did, and nobody knows which
    text: str = ""
    received_on: date | None = None  # a gift or hospitality, not a standing interest: when it was received
    is_dormant: bool = False  # a share that earns nothing now: still declared, and weighed by the chair
    holder: str = ""  # who holds it, where two people may bear one name
    one_of: tuple[OneOf, ...] = ()  # in each of these it is in one, and nobody settled in which
    deputy_for: str = ""  # whose interest it is, where the person fills that member's seat

    @property
    def called(self) -> str:
        """The person, and for whom they deputise where the interest is that member's."""
        return f"{self.person} (deputy for {self.deputy_for})" if self.deputy_for else self.person

    @property
    def begins(self) -> str:
        """How the path begins: with who holds it. From a deputy it leads by way of the member, whose spouse is not the deputy's."""
        person = self.person or "The declarant"
        close = f"{self.deputy_for or person}’s {self.via or 'close associate'}"
        steps = [person, f"deputy for {self.deputy_for}"] if self.deputy_for else [person]
        if self.directness is Directness.INDIRECT:
            steps = [*steps, close] if self.deputy_for else [close]
        return " → ".join(steps)

    @property
    def who(self) -> str:
        """What tells the holder from everybody else."""
        return self.holder or self.person

    def is_over(self, on: date) -> bool:
        """Whether it had ended before a day, as far as is known: one of several that ended makes all of them doubtful."""
        return self.has_ended if self.ended_on is None else self.ended_on < on


KEPT_EARLIER = "concerned because of an earlier item of this matter, which is kept back here"
"""What a path says in place of what an earlier item tells that is not for its reader."""


@dataclass(frozen=True, slots=True)
class AffectedOrganisation:
    """An organisation that an item concerns, and how; `why` it was taken to be meant."""

    key: str
    name: str
    relation: Affected = Affected.SUBJECT
    why: str = field(default="", compare=False)
    is_kept: bool = False  # from whoever reads: it counts, and no path tells it
    column: str = field(default="", compare=False)  # of the sheet, which names it outright
    if_meant: Chosen | None = None  # it is concerned if the item means this one of several


@dataclass(frozen=True, slots=True)
class AllPractices:
    """Every practice of these areas (commissioners' codes; none: all there are); where `has_networks`, their networks too."""

    areas: tuple[str, ...] = ()
    phrase: str = "all practices"
    has_networks: bool = False


@dataclass(frozen=True, slots=True)
class SomePractices:
    """These practices as a class, such as those of a town, by key; where their networks are concerned, with them."""

    practices: tuple[str, ...]
    phrase: str


@dataclass(frozen=True, slots=True)
class PcnScope:
    """Every member practice of these networks."""

    pcns: tuple[str, ...]
    phrase: str = "all practices of the network"


@dataclass(frozen=True, slots=True)
class Origin:
    """What somebody did earlier in the matter that an item is about: "wrote the business case, sub-group of 3 May"."""

    person: str
    words: str
    is_kept: bool = False  # from whoever reads: it counts, and is not told


@dataclass(frozen=True, slots=True)
class MedicalCommittee:
    """A local medical committee as words name it, and of which places; no place: the one that is meant by everybody there."""

    name: str
    places: frozenset[str] = frozenset()

    def may_be(self, other: "MedicalCommittee") -> bool:
        """Whether two of them may be one."""
        return not (self.places and other.places) or not self.places.isdisjoint(other.places)


@dataclass(frozen=True, slots=True)
class ItemFact:
    """One agenda item: whom it concerns by name, and by class. `moves_patients`: neighbours may gain or lose some by it."""

    key: str
    title: str
    on: date
    affected: tuple[AffectedOrganisation, ...] = ()
    class_scope: AllPractices | SomePractices | PcnScope | None = None
    left_out: tuple[str, ...] = ()  # who is of the class, and expressly not meant: "every practice except …", by key
    function_code: str = ""
    stage: str = ""
    for_decision: bool = True
    moves_patients: bool = False
    reference: str = ""  # what people call the item; its key where empty
    origins: tuple[Origin, ...] = ()
    negotiates_with: MedicalCommittee | None = None  # about terms or money


@dataclass(frozen=True, slots=True)
class Edge:
    """Organisation `source` is `kind` `target`, from a day to a day (None: open-ended). `note`: what is particular ("lot 3", "dormant")."""

    source: str
    target: str
    kind: EdgeKind
    valid_from: date | None = None
    valid_to: date | None = None
    note: str = ""

    def holds_on(self, day: date) -> bool:
        """Whether the relation stands on `day`."""
        return (self.valid_from is None or self.valid_from <= day) and (self.valid_to is None or day <= self.valid_to)
