"""A row as somebody says it instead of the file: what can be said, and the row that it makes. Pure."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, replace
from datetime import date
from difflib import SequenceMatcher
from typing import Any

from coi.errors import RuleBroken
from coi.organisations.naming import folded
from coi.people.vocabulary import PersonDetails
from coi.registers.importing.names import read_name
from coi.registers.importing.reading import role_in
from coi.registers.importing.vocabulary import NEW_PERSON, Stated
from coi.registers.interests.subtypes import settles_type
from coi.registers.interests.vocabulary import ROLE_WORDS, TYPE_WORDS, Directness, InterestRole, InterestType, Via
from coi.screening.interest_text import read_date

NEW_INTEREST = NEW_PERSON
_A_SLIP = 0.8
BY_HAND = "You corrected this row"


@dataclass(frozen=True)
class Correction:
    """What a row says, in the words of whoever corrected it. `via` None: a direct interest. Dates as they were typed. `same_as`: the id of
    the interest on the register that it is, "new" for none of them, empty where the import finds out. `mitigation` None: as the file
    says. `role` None: read from the words."""

    name: str
    position: str = ""
    is_nil: bool = False
    organisation: str = ""
    nature: str = ""
    type: InterestType = InterestType.FINANCIAL
    via: Via | None = None
    arose_on: str = ""
    ended_on: str = ""
    same_as: str = ""
    mitigation: str | None = None
    role: InterestRole | None = None

    def as_data(self) -> dict[str, Any]:
        return asdict(self)

    def words(self) -> dict[str, str]:
        """What was said, for whoever has to type it again."""
        said = {
            "Name": self.name, "Position": self.position, "Organisation": self.organisation, "Nature": self.nature,
            "From": self.arose_on, "To": self.ended_on, "Action taken": self.mitigation or "",
            "Interest": "Nothing to declare" if self.is_nil else TYPE_WORDS[self.type],
        }  # fmt: skip
        if self.role and not self.is_nil:
            said["Role in it"] = ROLE_WORDS[self.role]
        return {label: text for label, text in said.items() if text}


def correction_from(said: Mapping[str, Any]) -> Correction:
    """Returns a correction as `as_data` gave it."""
    via = Via(said["via"]) if said["via"] else None
    role = InterestRole(said["role"]) if said.get("role") else None
    return Correction(**{**said, "type": InterestType(said["type"]), "via": via, "role": role})


def check_correction(said: Correction, *, today: date) -> None:
    """Raises RuleBroken, beside its field, for a row that could not be imported as it is said."""
    if not any(letter.isalpha() for letter in said.name):
        raise RuleBroken("Enter the name of the person", field="name")
    if said.is_nil:
        return
    if not (said.organisation or said.nature):
        raise RuleBroken("Enter the organisation, or what the interest is", field="organisation")
    days = {}
    for field, text in (("arose_on", said.arose_on), ("ended_on", said.ended_on)):
        days[field] = read_date(text, at_end=field == "ended_on")
        if text and days[field] is None:
            raise RuleBroken(f"“{text}” is not a date. Enter dates such as 31/01/2024 or 01/2024", field=field)
    if days["arose_on"] and days["arose_on"] > today:
        raise RuleBroken("The interest must have started today or in the past", field="arose_on")
    if days["ended_on"] and days["ended_on"] > today:
        raise RuleBroken("Leave this empty while the interest stands. Its end is entered on the day", field="ended_on")
    if days["arose_on"] and days["ended_on"] and days["ended_on"] < days["arose_on"]:
        raise RuleBroken("The end must be the day of the start or later", field="ended_on")


def corrected(stated: Iterable[Stated], corrections: Mapping[str, Mapping[str, Any]]) -> Iterator[Stated]:
    """Yields the rows, those that somebody corrected as they are said now."""
    for each in stated:
        yield _corrected(each, correction_from(corrections[each.key])) if each.key in corrections else each


def _who(each: Stated, said: Correction) -> PersonDetails:
    """Whom a corrected row names. An address goes along with a slip of the name, and never to somebody else: links are mailed to it."""
    who = read_name(said.name)
    before, now = (folded(f"{one.given_names} {one.family_name}") for one in (each.who, who))
    return replace(who, email=each.who.email) if SequenceMatcher(None, before, now).ratio() >= _A_SLIP else who


def _corrected(each: Stated, said: Correction) -> Stated:
    base = Stated(
        row=each.row, line=each.line, part=each.part, name=said.name, who=_who(each, said),
        position=said.position, code=each.code, declared_on=each.declared_on, keep_private_because=each.keep_private_because,
        is_nil=said.is_nil, notes=(BY_HAND,), same_as=said.same_as,
    )  # fmt: skip
    if said.is_nil:
        return base
    subtype = each.subtype if each.subtype and settles_type(each.subtype) in (None, said.type) else None
    organisation, nature = said.organisation or said.nature, said.nature or said.organisation
    return replace(
        base, type=said.type, says_type=True, directness=Directness.INDIRECT if said.via else Directness.DIRECT, via=said.via,
        role=said.role or role_in(f"{nature} - {organisation}", said.position), says_role=said.role is not None,
        organisation=organisation, nature=nature,
        arose_on=read_date(said.arose_on), ended_on=read_date(said.ended_on, at_end=True),
        mitigation=each.mitigation if said.mitigation is None else said.mitigation,
        subtype=subtype, particulars=each.particulars if subtype else {},
    )  # fmt: skip
