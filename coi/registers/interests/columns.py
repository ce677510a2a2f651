"""What the register of interests publishes: its columns, and one interest or nil return as a row of them. Pure."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from coi.registers.columns import Column, ColumnKind, PublicRow, RegisterShape, Value
from coi.registers.interests.vocabulary import (
    NO_ORGANISATION,
    ROLE_WORDS,
    SHORT_TYPE_WORDS,
    VIA_WORDS,
    DeclaredOn,
    InterestRole,
    InterestType,
    Via,
)
from coi.registers.vocabulary import REGISTER_TITLES, RegisterKind

_T, _D, _B, _L = ColumnKind.TEXT, ColumnKind.DATE, ColumnKind.BOOLEAN, ColumnKind.LIST


def _machine(name: str, heading: str, kind: ColumnKind = _T, description: str = "") -> Column:
    """A column for files and programs, kept out of pages."""
    return Column(name, heading, kind, description, is_shown=False)


def _told(name: str, heading: str, kind: ColumnKind = _T, description: str = "") -> Column:
    """A column for files and for whoever looks at one record."""
    return Column(name, heading, kind, description, is_shown=False, is_told=True)


def _shown(name: str, heading: str, kind: ColumnKind = _T, description: str = "") -> Column:
    """A column for people, which a Guardian may keep from the public."""
    return Column(name, heading, kind, description, is_withholdable=True)


SHAPE = RegisterShape(
    RegisterKind.INTERESTS,
    REGISTER_TITLES[RegisterKind.INTERESTS],
    (
        _shown("name", "Name", description="The person whose interest it is, with the title"),
        _shown("positions", "Current position", _L, "Posts held at the body"),
        _shown("organisation", "Declared interest", _L, "The organisation, and the nature of its business where it is known"),
        _shown("type", "Type of interest", description="Financial, non-financial professional or non-financial personal"),
        _machine("financial", "Financial", _B),
        _machine("non_financial_professional", "Non-financial professional", _B),
        _machine("non_financial_personal", "Non-financial personal", _B),
        _machine("indirect", "Indirect", _B),
        _shown("directness", "Direct or indirect", description="Of an indirect interest, the relation to whoever holds it; never a name"),
        _shown("nature", "Nature of interest", description="The role in the organisation, and what the interest is"),
        _shown("arose_on", "From", _D, "When the interest began"),
        _shown("ended_on", "To", _D, "When it ended; empty while it lasts"),
        _shown("mitigation", "Action taken to mitigate risk"),
        _told("committees", "Committees", _L, "The body’s committees that the person sits on"),
        _machine("person_id", "Person identifier", description="The same for all rows of one person"),
        _machine("interest_id", "Interest identifier", description="The reference of the interest, or of the nil return"),
        _machine("organisation_identifier", "Organisation identifier", _L, "The code of each organisation that is known by one"),
        _machine("identifier_scheme", "Identifier scheme", description="GB-NHS: codes of the Organisation Data Service"),
        _machine("null_entry", "No interests declared", _B, "True where the person declared to have no interests"),
        _told("date_declared", "Date declared", _D),
        _machine("declared_on_or_before", "Declared then or before", _B, "True where an older register of that date does not say when"),
        _told("date_recorded", "Date entered on the register", _D),
        _told("date_updated", "Date last changed", _D),
        _machine("status", "Status", description="current, being pursued, ended, nil, or not declared"),
        _machine("withheld", "Withheld", _L, "The names of columns that are kept from the public"),
    ),
)  # fmt: skip

WITHHOLDABLE = SHAPE.withholdable
"""What a request not to publish can name, in the order of the register."""

_SAID_TWICE: Mapping[str, tuple[str, ...]] = {
    "name": ("person_id",),
    "organisation": (
        "organisation_identifier",
        "identifier_scheme",
        "nature",
    ),  # which is made from it unless somebody wrote another
    "type": ("financial", "non_financial_professional", "non_financial_personal"),
    "directness": ("indirect",),
    "arose_on": (),
    "ended_on": (),
}
"""Columns that give a withheld one away, and go with it."""

SCHEME = "GB-NHS"
NIL = "No interests declared"
MISSING, MISSING_STATUS = "Has not declared", "not declared"


@dataclass(frozen=True)
class PublicOrganisation:
    """An organisation as the public reads it: its name, what kind it is in words, its code; the last two empty where not known."""

    name: str
    business: str = ""
    code: str = ""


@dataclass(frozen=True)
class PublicFacts:
    """What a row is made from. Without `type` it says that the person declared to have no interests. `person_id` is the text of the
    person's key; `public_until` the last public day where an end is known."""

    reference: str
    name: str
    sort_key: str
    declared: DeclaredOn
    person_id: str = ""
    positions: tuple[str, ...] = ()
    committees: tuple[str, ...] = ()
    organisations: tuple[PublicOrganisation, ...] = ()
    type: InterestType | None = None
    via: Via | None = None
    role: InterestRole | None = None
    nature: str = ""
    arose_on: date | None = None
    ended_on: date | None = None
    is_pursuing: bool = False
    mitigation: str = ""
    recorded_on: date | None = None
    updated_on: date | None = None
    public_until: date | None = None


@dataclass(frozen=True)
class MissingFacts:
    """Somebody who decides and did not declare: `key` names the row and tells nothing of the person, `noted_on` is the day as at which a
    list first said so."""

    key: str
    name: str
    sort_key: str
    person_id: str
    positions: tuple[str, ...]
    committees: tuple[str, ...]
    due_on: date
    noted_on: date


def missing_row(facts: MissingFacts) -> PublicRow:
    """Returns the row that says that somebody did not declare. Rule: REG-02; RULEBOOK §7.2."""
    values: dict[str, Value] = dict.fromkeys(SHAPE.names) | {
        "name": facts.name, "positions": facts.positions, "organisation": (MISSING,),
        "nature": f"A declaration was due by {facts.due_on.day} {facts.due_on:%B %Y}", "committees": facts.committees,
        "person_id": facts.person_id, "interest_id": facts.key, "null_entry": False, "date_recorded": facts.noted_on,
        "date_updated": facts.noted_on, "status": MISSING_STATUS, "withheld": (),
    }  # fmt: skip
    return PublicRow(facts.key, facts.sort_key, values)


def hidden_with(fields: frozenset[str]) -> frozenset[str]:
    """Returns `fields` with what would give them away. Where every column that can be withheld is, the whole row is: all its names.
    Rule: REG-06; RULEBOOK §7.3."""
    return SHAPE.hidden_with(fields, _SAID_TWICE)


def public_row(facts: PublicFacts, withheld: frozenset[str] = frozenset()) -> PublicRow:
    """Returns an interest, or a nil return, as the public may read it. What is withheld is empty and named in the column `withheld`;
    a row without its name is ordered last, so that its place gives nothing away. Rules: DECL-05, REG-02, REG-06; RULEBOOK §7.1–7.3."""
    hidden = hidden_with(withheld)
    values = {name: None if name in hidden else value for name, value in _values(facts).items()}
    values["withheld"] = tuple(name for name in WITHHOLDABLE if name in hidden)
    sort_key = "~" if "name" in hidden else facts.sort_key
    return PublicRow(facts.reference, sort_key, values, facts.public_until)


def _values(facts: PublicFacts) -> dict[str, Value]:
    kind, codes = facts.type, tuple(each.code for each in facts.organisations if each.code)
    return {
        "name": facts.name, "positions": facts.positions, "organisation": _declared(facts),
        "type": SHORT_TYPE_WORDS[kind] if kind else None,
        "financial": kind is InterestType.FINANCIAL, "non_financial_professional": kind is InterestType.NON_FINANCIAL_PROFESSIONAL,
        "non_financial_personal": kind is InterestType.NON_FINANCIAL_PERSONAL, "indirect": facts.via is not None,
        "directness": _directness(facts), "nature": _nature(facts), "arose_on": facts.arose_on, "ended_on": facts.ended_on,
        "mitigation": facts.mitigation or None, "committees": facts.committees, "person_id": facts.person_id or None,
        "interest_id": facts.reference, "organisation_identifier": codes, "identifier_scheme": SCHEME if codes else None,
        "null_entry": kind is None, "date_declared": facts.declared.day, "declared_on_or_before": facts.declared.or_before,
        "date_recorded": facts.recorded_on,
        "date_updated": facts.updated_on, "status": _status(facts),
    }  # fmt: skip


def _declared(facts: PublicFacts) -> tuple[str, ...]:
    """What is declared: the organisations, that the interest is in none, or that there is no interest."""
    return tuple(map(_named, facts.organisations)) or (NO_ORGANISATION if facts.type else NIL,)


def _named(organisation: PublicOrganisation) -> str:
    return f"{organisation.name} ({organisation.business})" if organisation.business else organisation.name


def _directness(facts: PublicFacts) -> str | None:
    if facts.type is None:
        return None
    return f"Indirect: {VIA_WORDS[facts.via].lower()}" if facts.via else "Direct"


def _nature(facts: PublicFacts) -> str | None:
    if facts.type is None:
        return f"Confirmed {facts.declared.words}"
    return described(facts.nature, facts.role, is_in_one=bool(facts.organisations))


def described(nature: str, role: InterestRole | None, *, is_in_one: bool) -> str:
    """Returns what an interest is: the role before its description, once. A role is one in an organisation (`is_in_one`), and says
    something."""
    words = role_beside(nature, role, is_in_one=is_in_one)
    return f"{words}. {nature}" if words else nature


def role_beside(nature: str, role: InterestRole | None, *, is_in_one: bool) -> str:
    """Returns the words of a role that a description does not say itself; empty where it does, and where the role says nothing."""
    if role in (None, InterestRole.OTHER) or not is_in_one:
        return ""
    words = ROLE_WORDS[role or InterestRole.OTHER]
    return "" if says_role(nature, words) else words


def partnerships_of(values: Mapping[str, Value]) -> tuple[tuple[str, str], ...]:
    """Returns the name and the code of each organisation of which a published interest that goes on says that the holder is a partner or
    owner: what fellow partners declare counts too. What is withheld says nothing. Rule: DECL-08; RULEBOOK §5.2."""
    names, codes = values.get("organisation"), values.get("organisation_identifier")
    nature = str(values.get("nature") or "")
    is_partner = any(says_role(nature, ROLE_WORDS[each]) for each in (InterestRole.PARTNER, InterestRole.OWNER))
    if not is_partner or values.get("indirect") is not False or values.get("ended_on") or not values.get("name"):
        return ()
    if not isinstance(names, tuple) or not isinstance(codes, tuple) or len(names) != len(codes):
        return ()
    return tuple((name, code) for name, code in zip(names, codes, strict=True) if code)


def says_role(nature: str, role: str) -> bool:
    """Returns whether a description says the role at its start: with the role's words ("Director, Hollowbeck Surgery"), with one of two
    that it is called by ("Trustee" of "Trustee or governor"), or with one word before it ("GP partner"). "Salaried" says employed."""
    if re.match(rf"\s*{re.escape(role)}(?![\w'’])", nature, re.IGNORECASE):
        return True
    opening = re.split(r"[.,;:()\n–—]", nature.strip().casefold(), maxsplit=1)[0].split()
    for words in (name.split() for name in (role.casefold(), *role.casefold().split(" or "))):
        if opening[: len(words)] == words or opening[1:] == words:
            return True
    return role == ROLE_WORDS[InterestRole.EMPLOYEE] and opening[:1] == ["salaried"]


def _status(facts: PublicFacts) -> str:
    if facts.type is None:
        return "nil"
    return "ended" if facts.ended_on else "being pursued" if facts.is_pursuing else "current"
