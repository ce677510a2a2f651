"""Conflicts found, wrongly raised and rightly named, over registers and agendas made from the published files. `name value unit`."""

import os
import sys
from collections import Counter
from pathlib import Path

from matching_cases import is_held_out
from pair_cases import NO, ON, Sitting, sittings

from coi.cli.screen import read_organisations
from coi.organisations.catalogue import reference_edges
from coi.screening.matcher import Matcher
from coi.screening.matching_vocabulary import ReferenceOrganisation
from coi.screening.report import row_of
from coi.screening.screen import screen
from coi.screening.vocabulary import Edge

SHARED = Path(os.environ.get("COI_SHARED", Path(__file__).resolve().parents[2] / "shared"))
ODS = SHARED / "data" / "ods"


def main() -> None:
    """Prints every figure; without the published files, says so and stops."""
    if not ODS.is_dir():
        print(f"skipped: no published files in {ODS}", file=sys.stderr)
        return
    organisations = read_organisations(tuple(sorted(ODS.glob("*.csv"))))
    edges, matcher = reference_edges(organisations), Matcher(organisations)
    for half, held in (("tried", False), ("held", True)):
        made = sittings(organisations, lambda one, held=held: is_held_out(one) is held, 40, held_out=held)  # type: ignore[misc]
        counted: Counter[str] = Counter()
        for sitting in made:
            counted.update(counts(sitting, organisations, edges, matcher))
        print(f"pairs_{half} {counted['pairs']} pairs")
        print(f"pairs_{half}_conflicts {counted['conflicts']} pairs")
        print(f"pairs_{half}_found {counted['found'] / counted['conflicts'] * 100:.1f} %")
        print(f"pairs_{half}_own_contract_found {counted['own_found'] / counted['own'] * 100:.1f} %")
        print(f"pairs_{half}_named_rightly {counted['named'] / counted['conflicts'] * 100:.1f} %")
        print(f"pairs_{half}_false {counted['false'] / counted['others'] * 100:.2f} %")


def counts(
    sitting: Sitting, organisations: tuple[ReferenceOrganisation, ...], edges: tuple[Edge, ...], matcher: Matcher
) -> Counter[str]:
    """Returns how one register and agenda fared against the truth about each of their pairs."""
    found = screen(
        sitting.register,
        sitting.agenda,
        on=ON,
        area=sitting.area,
        organisations=organisations,
        edges=edges,
        finder=matcher,
    )
    said = {(row_of(flag.interest_key), int(flag.item_key)): flag.relation.value for flag in found.flags}
    counted: Counter[str] = Counter(pairs=len(sitting.expected))
    for pair, truth in sitting.expected.items():
        got = said.get(pair, NO)
        if truth == NO:
            counted.update(others=1, false=got != NO)
        else:
            own = truth == "direct_financial"
            counted.update(conflicts=1, found=got != NO, named=got == truth, own=own, own_found=own and got != NO)
    return counted


if __name__ == "__main__":
    main()
