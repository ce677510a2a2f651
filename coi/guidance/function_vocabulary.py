"""The words of commissioning functions: what a committee may say about each, whom it touches, and the verdict. Standard library only."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class AffectedClass(StrEnum):
    """Who a decision under a function usually touches: which practices to look at for conflicts."""

    ONE_PRACTICE = "one_practice"
    SET_OF_PRACTICES = "set_of_practices"
    ALL_PRACTICES = "all_practices"
    PREMISES_OWNER = "premises_owner"
    PERFORMER = "performer"
    NONE = "none"


class Say(StrEnum):
    """What a committee may do about a function under a co-commissioning model."""

    DECIDES = "decides"
    DECIDES_JOINTLY = "decides_jointly"
    ADVISES = "advises"
    NO_PART = "no_part"


@dataclass(frozen=True)
class CommissioningFunction:
    """A function of the delegation agreement. `reserved` means that NHS England keeps it under every model;
    `delegated_from` is the day from which it is delegated where that came later."""

    code: str
    title: str
    reserved: bool
    greater_involvement: Say
    joint: Say
    delegated: Say
    affects: AffectedClass
    delegated_from: date | None = None


@dataclass(frozen=True)
class ScopeVerdict:
    """Whether a committee may decide under a function, and why."""

    allowed: bool
    say: Say
    reason: str
    rule_id: str = "PCCC-05"

    def __bool__(self) -> bool:
        return self.allowed
