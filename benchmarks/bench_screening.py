"""The screening engine's figures: time and memory of `coi screen`, precision and recall of the matcher. `name value unit`."""

import csv
import os
import random
import resource
import subprocess
import sys
import tempfile
import time
import zlib
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path

from matching_cases import AMBIGUOUS, NONE, Case, cases, is_held_out
from matching_registers import register_cases

from coi.cli.screen import read_organisations
from coi.screening.matcher import Matcher
from coi.screening.matching_vocabulary import Decision, ReferenceOrganisation

SHARED = Path(os.environ.get("COI_SHARED", Path(__file__).resolve().parents[2] / "shared"))
ODS = SHARED / "data" / "ods"
INTERESTS, ITEMS = 1000, 40
_ROLES = (
    "GP partner at {}",
    "Salaried GP - {}",
    "Spouse is a practice manager at {}",
    "{}",
    "Locum at {}",
    "Director, {} Ltd",
)
_BUSINESS = (
    "Boundary change: {}",
    "Premises improvement grant, {}",
    "Application to merge {} with a neighbour",
    "Temporary list closure, {}",
    "Local enhanced service, all practices ({} presents)",
)


def main() -> None:
    """Prints every figure; without the published files, says so and stops."""
    if not ODS.is_dir():
        print(f"skipped: no published files in {ODS}", file=sys.stderr)
        return
    files = sorted(ODS.glob("*.csv"))
    organisations = read_organisations(tuple(files))
    with tempfile.TemporaryDirectory() as folder:
        register, agenda = _write(Path(folder), organisations)
        _print_run(register, agenda, files)
    _print_examples(files)
    matcher = Matcher(organisations)
    _print_quality(matcher, organisations)
    _print_by_hand(matcher)


def _write(folder: Path, organisations: Iterable[ReferenceOrganisation]) -> tuple[Path, Path]:
    chance = random.Random(3)
    area = "06Q"
    here = [one for one in organisations if one.kind == "practice" and any(held.code == area for held in one.areas)]
    register, agenda = folder / "register.csv", folder / "agenda.csv"
    with register.open("w", newline="", encoding="utf-8") as out:
        rows = csv.writer(out)
        rows.writerow(["Name", "Declared interest", "From", "To"])
        everywhere = [one for one in organisations if one.kind == "practice"]
        for number in range(INTERESTS):
            one = chance.choice(here if number % 3 else everywhere)
            rows.writerow(
                [f"Member {number // 3}", chance.choice(_ROLES).format(one.name.title()), "04/2015", "Ongoing"]
            )
    with agenda.open("w", newline="", encoding="utf-8") as out:
        rows = csv.writer(out)
        rows.writerow(["Item", "Title"])
        for number in range(ITEMS):
            rows.writerow([number + 1, chance.choice(_BUSINESS).format(chance.choice(here).name.title())])
    return register, agenda


def _print_run(register: Path, agenda: Path, files: list[Path]) -> None:
    command = [sys.executable, "-m", "coi", "screen", str(register), str(agenda), "--area", "06Q", "--json"]
    subprocess.run([*command, "--organisations", *map(str, files)], check=True, stdout=subprocess.DEVNULL)
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    print(f"screen_{INTERESTS}x{ITEMS}_cpu {used.ru_utime + used.ru_stime:.2f} s")
    print(f"screen_{INTERESTS}x{ITEMS}_memory {used.ru_maxrss / 1024:.0f} MB")


def _print_examples(files: list[Path]) -> None:
    """The labelled examples as a register and an agenda, from the command line."""
    given = [str(SHARED / "data" / "matching" / name) for name in ("example_matches.csv", "example_items.csv")]
    command = [sys.executable, "-m", "coi", "screen", *given, "--json", "--organisations", *map(str, files)]
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    print(f"screen_examples_cpu {used.ru_utime + used.ru_stime - before.ru_utime - before.ru_stime:.2f} s")


def _print_quality(matcher: Matcher, organisations: Sequence[ReferenceOrganisation]) -> None:
    """Precision, recall and what was rightly left alone, on the half that rules were tried on and on the half held out."""
    for half, held in (("tried", False), ("held", True)):
        labelled = cases(organisations, 200, held_out=held)
        labelled += register_cases(organisations, lambda one, held=held: is_held_out(one) is held, 150, 11 + held)  # type: ignore[misc]
        _print_half(matcher, half, labelled)


def _print_by_hand(matcher: Matcher) -> None:
    """Texts as people write them, labelled by hand: the half that rules were tried on and the half that was held out."""
    with (Path(__file__).parent / "hand_cases.csv").open(encoding="utf-8", newline="") as file:
        written = [(row["area"], row["text"], row["right"].split("|")) for row in csv.DictReader(file)]
    silent = {"NONE": NONE, "AMBIGUOUS": AMBIGUOUS}
    for half, held in (("hand_tried", 0), ("hand_held", 1)):
        labelled = [
            Case("by hand", text, area, frozenset(silent.get(each, each) for each in right))
            for area, text, right in written
            if zlib.crc32(text.encode()) % 2 == held
        ]
        _print_half(matcher, half, labelled)


def _print_half(matcher: Matcher, half: str, labelled: list[Case]) -> None:
    counted: Counter[str] = Counter()
    kinds: Counter[str] = Counter()
    right: Counter[str] = Counter()
    started = time.process_time()
    for case in labelled:
        named, good = judged(matcher, case)
        silent = case.right <= {NONE, AMBIGUOUS}
        kinds[case.kind] += 1
        right[case.kind] += good
        counted["silent" if silent else "naming"] += 1
        counted["silent_right" if silent else "naming_right"] += good
        counted["named"] += bool(named)
        counted["named_right"] += bool(named) and named == case.right
    print(f"match_{half}_texts {len(labelled)} texts")
    print(f"match_{half}_text {(time.process_time() - started) / len(labelled) * 1000:.2f} ms")
    print(f"match_{half}_precision {counted['named_right'] / counted['named'] * 100:.1f} %")
    print(f"match_{half}_recall {counted['naming_right'] / counted['naming'] * 100:.1f} %")
    print(f"match_{half}_left_alone {counted['silent_right'] / counted['silent'] * 100:.1f} %")
    for kind, number in kinds.items():
        print(f"match_{half}_{kind.replace(',', '').replace(' ', '_')} {right[kind] / number * 100:.1f} %")


def judged(matcher: Matcher, case: Case) -> tuple[set[str], bool]:
    """Returns whom the matcher names in a text, and whether that is right: all of them and nobody else."""
    result = matcher.match(case.text, case.area)
    listed = result.organisations if result.decision is Decision.MATCHED else ()
    named = {one.code or f"ORG:{one.name}" for one in listed}
    return named, not named if case.right <= {NONE, AMBIGUOUS} else named == case.right


if __name__ == "__main__":
    main()
