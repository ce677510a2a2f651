"""Labelled texts made from the published ODS releases by truths that the files themselves hold: renames, closures, shared names."""

import random
import re
import zlib
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from coi.screening.matching_vocabulary import ReferenceOrganisation
from coi.screening.names import TYPE_WORDS, core, name_words

_OPENS = re.compile(r"^\W*\w|(?<=-)\w")
NONE, AMBIGUOUS = "none", "ambiguous"
_WRAPPERS = (
    "{}",
    "GP partner at {}",
    "Partner - {}",
    "Salaried GP, {}",
    "{} (practice manager)",
    "Spouse is a salaried GP at {}",
    "Formerly partner at {} (retired March 2019)",
    "Owns part of the premises of {}",
    "Daughter works as a receptionist at {}",
    "{} - locum, two sessions a week",
)
_HELD_WRAPPERS = (
    "{}",
    "Senior partner, {}",
    "{}: GP principal",
    "Sessional doctor - {}",
    "Practice manager at {}",
    "Husband works for {}",
    "Ex-partner of {}, left in June 2018",
    "Landlord of {}",
    "My son is a paramedic at {}",
    "{} (2 sessions per week)",
)
_NOBODY = (
    "Nil", "None", "n/a", "No interests to declare", "Member of the BMA", "Fellow of the RCGP", "Spouse is a teacher",
    "Wife is a nurse at a hospital in another county", "Member of the Labour Party", "Owns a house in the area",
    "Registered patient of a local practice", "Brother is a consultant anaesthetist", "GP trainer and appraiser",
    "Shareholder in several quoted companies through a pension", "Retired general practitioner",
    "Member of the Medical Defence Union", "Husband is an accountant", "Lay member for governance", "Parish councillor",
    "Daughter is a medical student",
)  # fmt: skip


@dataclass(frozen=True)
class Case:
    """A text, whose register it is in, and what is right: codes that are all right answers, or none, or ambiguous."""

    kind: str
    text: str
    area: str
    right: frozenset[str]


Maker = Callable[[ReferenceOrganisation], tuple[ReferenceOrganisation, str, frozenset[str]] | None]


def is_held_out(one: ReferenceOrganisation) -> bool:
    """Whether an organisation belongs to the half that rules are never tried on."""
    return bool(zlib.crc32(one.code.encode()) & 1)


def cases(
    organisations: Sequence[ReferenceOrganisation], each: int, *, held_out: bool = False, seed: int = 7
) -> list[Case]:
    """Returns about `each` cases of every kind, the same for the same seed, about the one half of the organisations or the other,
    which is also spoken of in other turns of phrase."""
    chance = random.Random(seed)
    wrappers = _HELD_WRAPPERS if held_out else _WRAPPERS
    practices = [one for one in organisations if one.kind == "practice" and one.areas and core(name_words(one.name))]
    by_core: dict[tuple[str, ...], list[ReferenceOrganisation]] = defaultdict(list)
    for one in practices:
        for name in {one.name, *one.former_names, *one.address[:2]}:
            by_core[core(name_words(name))].append(one)
    active = [one for one in practices if one.status == "active"]
    mine = [one for one in active if is_held_out(one) is held_out]
    found: list[Case] = []
    for kind, make in _MAKERS.items():
        made = 0
        for one in chance.sample(mine, len(mine)):
            text = make(one, chance)
            if text and _is_alone(one, by_core) and made < each:
                found.append(Case(kind, chance.choice(wrappers).format(text), area_of(one), frozenset({one.code})))
                made += 1
    found.extend(_renamed(mine, by_core, each, chance, wrappers))
    found.extend(_shared(active, by_core, each, chance, wrappers))
    found.extend(_strangers(mine, by_core, each, chance))
    found.extend(Case("nobody", text, area_of(chance.choice(mine)), frozenset({NONE})) for text in _NOBODY)
    return found


def area_of(one: ReferenceOrganisation) -> str:
    return one.areas[-1].code


def _is_alone(one: ReferenceOrganisation, by_core: dict[tuple[str, ...], list[ReferenceOrganisation]]) -> bool:
    """Whether no other practice of the area bears these telling words."""
    key = core(name_words(one.name))
    return not any(
        other.code != one.code and {held.code for held in other.areas} & {held.code for held in one.areas}
        for other in by_core[key]
    )


def titled(name: str) -> str:
    return " ".join(
        word if "." in word else _OPENS.sub(lambda found: found[0].upper(), word.lower()) for word in name.split()
    )


def _abbreviated(one: ReferenceOrganisation, chance: random.Random) -> str:
    name = titled(one.name)
    for long, shorts in (
        ("Medical Centre", ("Med Ctr", "MC", "Med. Centre", "Medical Ctr")),
        ("Health Centre", ("HC", "Hlth Ctr", "Health Ctr")),
        ("Surgery", ("Surg", "Surg.")),
        ("Medical Practice", ("Med Pract", "Medical Prac")),
        (" And ", (" & ",)),
        ("Street ", ("St ",)),
        ("Road ", ("Rd ",)),
    ):
        if long in name:
            return name.replace(long, chance.choice(shorts))
    return ""


def _retyped(one: ReferenceOrganisation, chance: random.Random) -> str:
    name = titled(one.name)
    for long in ("Medical Centre", "Health Centre", "Surgery", "Medical Practice", "Group Practice", "Practice"):
        if name.endswith(long):
            others = [other for other in ("Surgery", "Medical Centre", "Medical Practice") if other != long]
            return name.removesuffix(long) + chance.choice(others)
    return ""


def _mistyped(one: ReferenceOrganisation, chance: random.Random) -> str:
    listed = titled(one.name).split()
    long = [n for n, word in enumerate(listed) if len(word) > 6 and word.isalpha() and word.lower() not in TYPE_WORDS]
    if not long:
        return ""
    number = chance.choice(long)
    word, place = listed[number], chance.randrange(1, len(listed[number]) - 1)
    slips = (
        word[:place] + word[place + 1 :],
        word[:place] + word[place + 1] + word[place] + word[place + 2 :],
        word[:place] + word[place] + word[place:],
        word[:place] + chance.choice("aeioulnrst") + word[place + 1 :],
    )
    listed[number] = chance.choice(slips)
    return " ".join(listed)


def _no_article(one: ReferenceOrganisation, chance: random.Random) -> str:
    if one.name.startswith("THE "):
        bare = one.name.removeprefix("THE ")
        return chance.choice((titled(bare), f"{bare} (THE)", f"{titled(bare)}, The"))
    return f"The {titled(one.name)}"


def _with_town(one: ReferenceOrganisation, chance: random.Random) -> str:
    if not one.town:
        return ""
    return chance.choice(
        (
            f"{titled(one.name)}, {titled(one.town)}",
            f"{one.name} {one.town}",
            f"{titled(one.name)} ({titled(one.town)})",
        )
    )


def _with_address(one: ReferenceOrganisation, chance: random.Random) -> str:
    streets = [line for line in one.address if re.search(r"\d.*(?:ROAD|STREET|LANE|AVENUE)$", line)]
    return f"{one.name}, {streets[0]}, {one.postcode}" if streets else ""


_MAKERS = {
    "exact": lambda one, chance: chance.choice((titled(one.name), one.name, one.name.lower())),
    "abbreviated": _abbreviated,
    "type word differs": _retyped,
    "misspelled": _mistyped,
    "article": _no_article,
    "with town": _with_town,
    "with address": _with_address,
    "by code": lambda one, chance: chance.choice((f"{titled(one.name)} ({one.code})", f"{one.code} {one.name}")),
}


def _renamed(
    active: Iterable[ReferenceOrganisation],
    by_core: dict[tuple[str, ...], list[ReferenceOrganisation]],
    each: int,
    chance: random.Random,
    wrappers: Sequence[str],
) -> list[Case]:
    found = []
    for one in active:
        for former in one.former_names:
            key = core(name_words(former))
            alone = all(other.code == one.code for other in by_core[key])
            if key and alone and key != core(name_words(one.name)) and {*name_words(former)} & TYPE_WORDS:
                text = chance.choice(wrappers).format(titled(former))
                found.append(Case("former name", text, area_of(one), frozenset({one.code})))
    return chance.sample(found, min(each, len(found)))


def _shared(
    active: Iterable[ReferenceOrganisation],
    by_core: dict[tuple[str, ...], list[ReferenceOrganisation]],
    each: int,
    chance: random.Random,
    wrappers: Sequence[str],
) -> list[Case]:
    """The same full name twice: in the area one, told by the town one, and without either nobody's."""
    by_name: dict[tuple[str, ...], list[ReferenceOrganisation]] = defaultdict(list)
    for one in active:
        by_name[name_words(one.name)].append(one)
    found = []
    for same in by_name.values():
        areas = [area_of(one) for one in same]
        if len(same) < 2:
            continue
        one = chance.choice(same)
        text = chance.choice(wrappers).format(titled(one.name))
        if areas.count(area_of(one)) > 1:
            found.append(Case("same name in one area", text, area_of(one), frozenset({AMBIGUOUS})))
        elif _is_alone(one, by_core):
            found.append(Case("same name, area tells", text, area_of(one), frozenset({one.code})))
            found.append(Case("same name, no area", text, "", frozenset({AMBIGUOUS})))
            if sum(other.town == one.town for other in same) == 1 and one.town.isalpha() and one.town != "LONDON":
                told = f"{text}, {titled(one.town)}"
                found.append(Case("same name, town tells", told, "", frozenset({one.code})))
    kinds = sorted({case.kind for case in found})
    chance.shuffle(found)
    return [case for kind in kinds for case in [one for one in found if one.kind == kind][:each]]


def _strangers(
    active: Sequence[ReferenceOrganisation],
    by_core: dict[tuple[str, ...], list[ReferenceOrganisation]],
    each: int,
    chance: random.Random,
) -> list[Case]:
    """Names that share words with a practice and are none; a lonely name with another place's town."""
    found = []
    towns = sorted({one.town for one in active if one.town.isalpha() and len(one.town) > 5})
    for one in chance.sample(list(active), each):
        telling = " ".join(word.capitalize() for word in core(name_words(one.name)))
        other = chance.choice(("Pharmacy", "Hospice", "Dental Care Ltd", "Primary School", "Parish Council"))
        named = frozenset({f"ORG:{telling} {other}"})
        found.append(Case("no practice", f"Trustee of {telling} {other}", area_of(one), named))
        away = chance.choice(active)
        key = core(name_words(one.name))
        town = chance.choice(towns)
        if len(by_core[key]) == 1 and area_of(away) != area_of(one) and town not in one.address and len(key) > 1:
            found.append(Case("other town", f"{titled(one.name)}, {titled(town)}", area_of(away), frozenset({NONE})))
    return found
