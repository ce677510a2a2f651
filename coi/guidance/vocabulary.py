"""The words of the guidance: force, bodies, parameters, actions, functions and verdicts. Standard library only."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction


class Force(StrEnum):
    """How binding a rule is: must = law or duty, should = statutory guidance (comply or explain), may = an option."""

    MUST = "must"
    SHOULD = "should"
    MAY = "may"


class BodyType(StrEnum):
    """The kinds of commissioning body that a rule-set is made for."""

    CCG = "ccg"  # clinical commissioning group, until 30 June 2022
    ICB = "icb"  # integrated care board, from 1 July 2022


class CommissioningModel(StrEnum):
    """How far NHS England shares the commissioning of general practice with the body."""

    GREATER_INVOLVEMENT = "greater_involvement"  # model 1: the body advises
    JOINT = "joint"  # model 2: decided together
    DELEGATED = "delegated"  # model 3: the body decides


ParameterValue = int | Decimal | bool | str | None


@dataclass(frozen=True)
class Parameter:
    """One number or switch of a rule-set. `value` None means that these rules set no figure. `since` is the day from
    which this value counts inside its rule-set, where that is later than the rule-set itself; `note` says what to know
    before relying on it."""

    name: str
    value: ParameterValue
    rule_id: str
    force: Force
    source: str
    note: str = ""
    since: date | None = None


class Subject(StrEnum):
    """What a figure is about, as the page of rules groups it."""

    DECLARING = "declaring"
    REGISTER = "register"
    GIFTS = "gifts"
    MEETINGS = "meetings"
    PROCUREMENT = "procurement"
    ASSURANCE = "assurance"


class Unit(StrEnum):
    """What a figure counts."""

    DAYS = "days"
    WORKING_DAYS = "working_days"
    MONTHS = "months"
    YEARS = "years"
    POUNDS = "pounds"
    PERCENT = "percent"
    PEOPLE = "people"
    NUMBER = "number"
    YES_NO = "yes_no"
    WORDS = "words"


@dataclass(frozen=True)
class Figure:
    """What a parameter is called on a page, and what it counts."""

    name: str
    subject: Subject
    words: str
    unit: Unit


@dataclass(frozen=True)
class PolicyFigure:
    """A figure of a body's own policy, from a day on. `value` None means that the body went back to the guidance. `source` says where
    the policy says so."""

    name: str
    value: int | Decimal | None
    valid_from: date
    source: str = ""


@dataclass(frozen=True)
class Rulebook:
    """What a body goes by, on any day: its type, and the figures of its policy in the order in which they were recorded."""

    body_type: str
    policy: tuple[PolicyFigure, ...] = ()


class Reach(StrEnum):
    """How far an instrument goes: a body's whole rule-set, a part that is added to it, or another body's rules."""

    WHOLE = "whole"
    ADDITION = "addition"
    OTHER_BODY = "other_body"


@dataclass(frozen=True)
class Instrument:
    """An act, regulations or guidance, with the days from and to which it is in force (None: open). `bodies` are the types that it binds,
    `changes` what came with it in our own words, `subjects` what it is about."""

    code: str
    title: str
    reach: Reach
    bodies: tuple[BodyType, ...]
    valid_from: date | None
    valid_to: date | None
    force: Force
    changes: tuple[str, ...]
    subjects: tuple[str, ...]
    note: str = ""


@dataclass(frozen=True)
class RuleSet:
    """The rules for one type of body on one day. `instruments` names what they were issued in."""

    code: str
    body_type: BodyType
    title: str
    valid_from: date
    valid_to: date | None
    instruments: tuple[str, ...]
    parameters: Mapping[str, Parameter] = field(repr=False)

    def __getitem__(self, name: str) -> Parameter:
        """Returns a parameter with its rule id, force and source. Raises KeyError for a name that no rule-set knows."""
        return self.parameters[name]

    def number(self, name: str) -> int | None:
        """Returns a whole number such as `declare_days`, or None where these rules set none."""
        value = self.parameters[name].value
        if value is None or (isinstance(value, int) and not isinstance(value, bool)):
            return value
        raise TypeError(f"{name} is not a whole number")

    def amount(self, name: str) -> Decimal | None:
        """Returns a sum in pounds such as `hospitality_refuse_over`, or None where these rules set none."""
        value = self.parameters[name].value
        if value is None or isinstance(value, Decimal):
            return value
        raise TypeError(f"{name} is not a sum of money")

    def flag(self, name: str) -> bool:
        """Returns whether these rules ask for something, such as `nil_return_required`."""
        value = self.parameters[name].value
        if isinstance(value, bool):
            return value
        raise TypeError(f"{name} is not a yes or no")

    def text(self, name: str) -> str | None:
        """Returns a word such as `procurement_regime`, or None where these rules have none."""
        value = self.parameters[name].value
        if value is None or isinstance(value, str):
            return value
        raise TypeError(f"{name} is not a word")

    @property
    def declare_days(self) -> int:
        """Days in which an interest has to be declared. Rule: DECL-01; NHS Act 2006 s.14O(3), s.14Z30(3)."""
        return self.number("declare_days") or 0

    @property
    def refresh_months(self) -> int:
        """Months after which a declaration has to be confirmed or updated. Rule: DECL-04."""
        return self.number("refresh_months") or 0

    @property
    def withdrawal_share(self) -> Fraction:
        """The share of the voting members above which whoever presides decides whether an item goes on. Rule: QUO-01."""
        return Fraction(self.text("withdrawal_share_to_pause") or 1)

    @property
    def public_after_expiry_months(self) -> int | None:
        """Months for which an ended interest stays public. Rule: REG-03."""
        return self.number("public_after_expiry_months")

    @property
    def private_retention_years(self) -> int | None:
        """Years for which the private record of an ended interest is kept. Rule: REG-04."""
        return self.number("private_retention_years")

    @property
    def nil_return_required(self) -> bool:
        """Whether having nothing to declare has to be declared too. Rule: DECL-04."""
        return self.flag("nil_return_required")


class ActionCode(StrEnum):
    """The closed list of what can be done about a conflict at a meeting (MTG-08), and staying without a vote."""

    HAND_OVER_CHAIR = "A1"
    NOT_ATTEND = "A2"
    WITHHOLD_PAPERS = "A3"
    LEAVE = "A4"
    DISCUSS_THEN_LEAVE = "A5"
    NOTE_AND_STAY = "A6"
    STAY_WITHOUT_VOTE = "S1"


@dataclass(frozen=True)
class ManagementAction:
    """One action of the closed list. The five effects are True or False, or None where the action leaves them to the
    others that it is combined with. `sentence` says in the minutes what was ruled, not that it was done (presence shows
    that); its places are {name}, {item} and {acting_chair}. `sentence_without_vote` stands in its place of somebody who has no vote."""

    code: ActionCode
    title: str
    may_discuss: bool | None
    may_decide: bool | None
    in_room_at_decision: bool | None
    gets_papers: bool | None
    counts_to_quorum: bool | None
    combinable_with: frozenset[ActionCode]
    needs_rationale_always: bool
    sentence: str
    hint: str = ""
    sentence_without_vote: str = ""

    def told(self, name: str, item: str, acting_chair: str, *, has_vote: bool) -> str:
        """Returns what was ruled, as the minutes say it."""
        words = self.sentence if has_vote else self.sentence_without_vote or self.sentence
        return words.format(name=name, item=item, acting_chair=acting_chair)


@dataclass(frozen=True)
class Effects:
    """What the actions ruled for a person mean for an item: one cause, five effects (the sentence stands with the
    action). `papers`: receives them; `discuss`: may speak; `room`: may be there at the decision; `quorum`: counts;
    `vote`: may decide."""

    papers: bool
    discuss: bool
    room: bool
    quorum: bool
    vote: bool


@dataclass(frozen=True)
class CombinationVerdict:
    """Whether a set of actions may be ruled together, and if not, why and beside which field that belongs."""

    allowed: bool
    reason: str = ""
    field: str | None = None
    rule_id: str = "MTG-08"

    def __bool__(self) -> bool:
        return self.allowed


@dataclass(frozen=True)
class RuleEntry:
    """A rule of the catalogue: its id, force, what it asks for in our own words, and where it comes from."""

    rule_id: str
    force: Force
    statement: str
    source: str
