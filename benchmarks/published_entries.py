"""Invented interests as an edition keeps them, any number of them; without anything that only tests need, so that a process which
measures its own memory can make them."""

import random
import uuid
from collections.abc import Iterator
from datetime import date, timedelta

import coi.wiring  # noqa: F401 - loads every room's tables
from coi.publication.catalogue import INTERESTS
from coi.publication.content import entry_of
from coi.publication.vocabulary import Entry
from coi.registers.columns import PublicRow
from coi.registers.interests.columns import PublicFacts, PublicOrganisation, public_row
from coi.registers.interests.vocabulary import DeclaredOn, InterestRole, InterestType, Via


def facts(number: int, dice: random.Random) -> PublicFacts:
    """An invented interest."""
    name = f"{dice.choice(_GIVEN)} {dice.choice(_FAMILY)}"
    practice = dice.randrange(8_000)
    place = f"{_PLACES[practice % len(_PLACES)]} {('Surgery', 'Health Centre', 'Medical Practice', 'Surgery')[practice % 4]}"
    return PublicFacts(
        f"I/2026/{number:06d}", f"Dr {name}", " ".join(reversed(name.casefold().split())),
        DeclaredOn(date(2026, 1, 1) + timedelta(days=number % 300)),
        person_id=str(uuid.UUID(int=number // 3)), positions=("GP partner member",), committees=("Primary Care Committee",),
        organisations=(PublicOrganisation(place, "GP practice", f"Y{practice:05d}"),),
        type=dice.choice(list(InterestType)), via=dice.choice([None, None, Via.SPOUSE]), role=dice.choice(list(InterestRole)),
        nature=f"Holds the contract with {dice.choice(_FAMILY)} and two others since the merger", arose_on=date(2015, 1, 1),
        mitigation="Leaves the meeting for items about the practice", recorded_on=date(2026, 2, 1), updated_on=date(2026, 2, 1),
    )  # fmt: skip


def _names(dice: random.Random, count: int, endings: tuple[str, ...]) -> tuple[str, ...]:
    """Invented names without numbers, of which many begin alike."""
    starts = (
        "Ash",
        "Bram",
        "Carr",
        "Dun",
        "Elm",
        "Fair",
        "Gorse",
        "Hazel",
        "Inch",
        "Kirk",
        "Lark",
        "Marl",
        "Nor",
        "Oak",
        "Quen",
        "Thorn",
    )
    middles = ("", "a", "den", "el", "er", "in", "ing", "le", "mer", "o", "ster", "wick")
    made = {f"{first}{second}{third}" for first in starts for second in middles for third in endings}
    return tuple(dice.sample(sorted(made), count))


_GIVEN = _names(random.Random(1), 300, ("a", "ie", "ne", "o", "ric", "win"))
_FAMILY = (
    *_names(random.Random(2), 1_500, ("by", "croft", "dale", "field", "ford", "ley", "man", "ton", "well", "worth")),
    "Quenby",
)
_PLACES = _names(
    random.Random(3), 1_800, ("bridge", "bury", "combe", "down", "field", "ham", "ley", "mead", "moor", "stead")
)


def entries(size: int) -> Iterator[Entry]:
    """Invented records as an edition keeps them."""
    dice = random.Random(size)
    register = INTERESTS
    for number in range(size):
        row: PublicRow = public_row(facts(number, dice))
        yield entry_of(
            row, register.shape, facets=register.facets, subject=register.subject, changed=register.changed, nothing=register.nothing
        )  # fmt: skip
