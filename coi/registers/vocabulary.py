"""The words that all four registers share. Standard library only."""

from enum import StrEnum


class RegisterKind(StrEnum):
    """The registers that a commissioning body keeps (RULEBOOK §7.1). The value is the part of the address."""

    INTERESTS = "interests"
    GIFTS = "gifts"
    PROCUREMENT = "procurement"
    BREACHES = "breaches"


REGISTER_TITLES = {
    RegisterKind.INTERESTS: "Register of interests",
    RegisterKind.GIFTS: "Register of gifts and hospitality",
    RegisterKind.PROCUREMENT: "Register of procurement decisions and contracts awarded",
    RegisterKind.BREACHES: "Register of breaches",
}
