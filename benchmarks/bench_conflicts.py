"""The figures of interest × item: 20,000 interests that are already tied to organisations, against 40 items. `name value unit`."""

import gc
import os
import random
import statistics
import sys
import time
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from coi.cli.screen import read_organisations
from coi.organisations.catalogue import reference_edges
from coi.screening.matching_vocabulary import ReferenceOrganisation
from coi.screening.paths import EdgeIndex
from coi.screening.rules import flags_for
from coi.screening.vocabulary import (
    Affected,
    AffectedOrganisation,
    AllPractices,
    Directness,
    InterestFact,
    ItemFact,
    Role,
)

SHARED = Path(os.environ.get("COI_SHARED", Path(__file__).resolve().parents[2] / "shared"))
ODS = SHARED / "data" / "ods"
INTERESTS, ITEMS, ROUNDS = 20_000, 40, 9
ON = date(2025, 9, 1)
_ROLES = (Role.PARTNER, Role.PARTNER, Role.SALARIED_GP, Role.LOCUM, Role.EMPLOYEE, Role.SHAREHOLDER, Role.LANDLORD)


def main() -> None:
    """Prints what screening costs by size: it grows with interests and flags, not with their product."""
    if not ODS.is_dir():
        print(f"skipped: no published files in {ODS}", file=sys.stderr)
        return
    organisations = read_organisations(tuple(sorted(ODS.glob("*.csv"))))
    index = EdgeIndex.of(reference_edges(organisations))
    practices = [one for one in organisations if one.kind == "practice" and one.areas and one.status == "active"]
    interests, items = made_interests(practices, INTERESTS), made_items(practices, ITEMS)
    for classes in (0, 4):
        asked = items[: ITEMS - classes] + class_items(practices, classes)
        taken, flags = measured(interests, asked, index)
        name = f"screen_{INTERESTS}x{ITEMS}" + (f"_{classes}_classes" if classes else "")
        print(f"{name}_flags {flags} flags")
        print(f"{name} {taken:.1f} ms")
        print(f"{name}_over_allowance {taken / (40 + flags * 0.002):.2f} ratio")
    half, _ = measured(interests[: INTERESTS // 2], items, index)
    whole, _ = measured(interests, items, index)
    print(f"screen_twice_the_interests {whole / half:.2f} ratio")
    few, _ = measured(interests, items[: ITEMS // 2], index)
    print(f"screen_twice_the_items {whole / few:.2f} ratio")
    edited, _ = measured(made_interests(practices, 60 * 8), items[:1], index)
    print(f"screen_one_item_60_members {edited:.2f} ms")


def measured(interests: Sequence[InterestFact], items: Sequence[ItemFact], index: EdgeIndex) -> tuple[float, int]:
    """Returns the processor milliseconds of one screening (the median), and how many flags it finds. The reference data around it
    are kept out of the collector's way: how large they are is not what is measured."""
    gc.collect()
    gc.freeze()
    taken, flags = [], 0
    for _ in range(ROUNDS):
        started = time.process_time()
        found = flags_for(interests, items, index)
        taken.append((time.process_time() - started) * 1000)
        flags = len(found)
        del found
    return statistics.median(taken), flags


def made_interests(practices: Sequence[ReferenceOrganisation], number: int) -> list[InterestFact]:
    """Interests of members over the whole country, some indirect, some ended, some in two organisations."""
    chance = random.Random(5)
    made = []
    for place in range(number):
        chosen = chance.sample(practices, 2 if place % 10 == 0 else 1)
        indirect = place % 7 == 0
        made.append(
            InterestFact(
                str(place), f"Member {place // 4}", tuple(one.code for one in chosen), tuple(one.name for one in chosen),
                directness=Directness.INDIRECT if indirect else Directness.DIRECT, via="spouse" if indirect else "",
                role=chance.choice(_ROLES), arose_on=date(2014, 4, 1) if place % 3 else None,
                ended_on=date(2025, 6, 30) if place % 20 == 0 else None,
            )
        )  # fmt: skip
    return made


def made_items(practices: Sequence[ReferenceOrganisation], number: int) -> list[ItemFact]:
    """Items about one, two or six practices each; every fourth moves patients to their neighbours."""
    chance = random.Random(6)
    made = []
    for place in range(number):
        affected = tuple(
            AffectedOrganisation(one.code, one.name, Affected.CONTRACT_HOLDER)
            for one in chance.sample(practices, (1, 2, 6)[place % 3])
        )
        made.append(ItemFact(str(place), "Business", ON, affected, moves_patients=place % 4 == 0))
    return made


def class_items(practices: Sequence[ReferenceOrganisation], number: int) -> list[ItemFact]:
    """Schemes for all practices of one area each; the last for every practice there is."""
    areas = sorted({one.areas[-1].code for one in practices})[:number]
    scopes = [AllPractices((area,)) for area in areas[:-1]] + [AllPractices()] if areas else []
    return [ItemFact(f"c{place}", "Scheme", ON, class_scope=scope) for place, scope in enumerate(scopes)]


if __name__ == "__main__":
    main()
