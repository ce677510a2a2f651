"""What it costs to find the organisation in a text, beside comparing the text with every name there is. `name value unit`."""

import gc
import os
import random
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path

from matching_cases import AMBIGUOUS, NONE, Case, cases
from rapidfuzz import fuzz, process

from coi.cli.screen import read_organisations
from coi.screening.matcher import Matcher
from coi.screening.matching_vocabulary import Decision, ReferenceOrganisation
from coi.screening.names import spoken

SHARED = Path(os.environ.get("COI_SHARED", Path(__file__).resolve().parents[2] / "shared"))
ODS = SHARED / "data" / "ods"
TEXTS, AREAS = 200, 12  # texts compared with every name, and how many commissioners' registers they are from
SURE = 90.0  # the likeness from which the plain comparison names somebody
_BUILDS = (
    "import sys, time; from pathlib import Path; from coi.cli.screen import read_organisations; "
    "from coi.screening.matcher import Matcher; started = time.process_time(); "
    "matcher = Matcher(read_organisations(tuple(Path(one) for one in sys.argv[1:]))); print(time.process_time() - started)"
)
_LOADS = (
    "import sys, time; from pathlib import Path; from coi.cli.screen import known_organisations; "
    "from coi.screening.matcher import Matcher; started = time.process_time(); "
    "matcher = Matcher(*known_organisations(tuple(Path(one) for one in sys.argv[1:]))); print(time.process_time() - started)"
)
Finds = Callable[[Case], set[str]]


def main() -> None:
    """Prints every figure; without the published files, says so and stops."""
    if not ODS.is_dir():
        print(f"skipped: no published files in {ODS}", file=sys.stderr)
        return
    files = sorted(ODS.glob("*.csv"))
    built = subprocess.run(
        [sys.executable, "-c", _BUILDS, *map(str, files)], check=True, capture_output=True, text=True
    )
    print(f"index_built {float(built.stdout):.2f} s")
    print(f"index_memory {resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024:.0f} MB")
    _print_loaded(files)
    organisations = read_organisations(tuple(files))
    matcher = Matcher(organisations)
    _print_exact(matcher, organisations)
    _print_new(organisations)


def _print_loaded(files: Sequence[Path]) -> None:
    """A process that finds the index of an earlier one: the files' digests, the organisations and their names, ready to match."""
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, "-c", _LOADS, *map(str, files)]
        runs = [
            subprocess.run(
                command, check=True, capture_output=True, text=True, env={**os.environ, "COI_INDEX_FOLDER": folder}
            )
            for _ in range(2)
        ]
    print(f"index_again {float(runs[1].stdout):.2f} s")


def _print_exact(matcher: Matcher, organisations: Sequence[ReferenceOrganisation]) -> None:
    chance = random.Random(9)
    practices = [one for one in organisations if one.kind == "practice" and one.areas and one.status == "active"]
    taken = []
    for one in chance.sample(practices, 2000):
        name, area = spoken(one.name), one.areas[-1].code
        started = time.process_time()
        result = matcher.match(name, area)
        if result.decision is Decision.MATCHED:
            taken.append(time.process_time() - started)
    print(f"match_exact_text {statistics.median(taken) * 1000:.3f} ms")


def _print_new(organisations: Sequence[ReferenceOrganisation]) -> None:
    """Texts that the matcher has not met, and the same by comparing with every name, in turns."""
    every = [
        case
        for case in cases(organisations, 200, held_out=True, seed=99)
        if not any(code.startswith("ORG:") for code in case.right)
    ]
    areas = {area for area, _ in Counter(case.area for case in every if case.area).most_common(AREAS)}
    labelled = [case for case in every if case.area in areas]
    labelled = random.Random(3).sample(labelled, min(TEXTS, len(labelled)))
    matcher = Matcher(organisations)
    names = [(name.lower(), one.code) for one in organisations for name in (one.name, *one.former_names)]
    spelled = [name for name, _ in names]

    def compared(case: Case) -> set[str]:
        found = process.extractOne(case.text.lower(), spelled, scorer=fuzz.token_set_ratio)
        return {names[found[2]][1]} if found[1] >= SURE else set()

    def matched(case: Case) -> set[str]:
        result = matcher.match(case.text, case.area)
        return {one.code for one in result.organisations if one.code} if result.decision is Decision.MATCHED else set()

    gc.collect()
    gc.freeze()  # how large the reference data around it are is not what is measured
    ours: list[float] = []
    theirs: list[float] = []
    answers: list[tuple[set[str], set[str]]] = []
    for case in labelled:
        answers.append((_timed(matched, case, ours), _timed(compared, case, theirs)))
    print(f"match_new_text {statistics.mean(ours) * 1000:.2f} ms")
    print(f"match_every_name {statistics.mean(theirs) * 1000:.2f} ms")
    print(f"match_every_name_over_new_text {statistics.mean(theirs) / statistics.mean(ours):.1f} ratio")
    for number, whose in enumerate(("new_text", "every_name")):
        _print_quality(whose, labelled, [pair[number] for pair in answers])


def _timed(finds: Finds, case: Case, taken: list[float]) -> set[str]:
    started = time.process_time()
    found = finds(case)
    taken.append(time.process_time() - started)
    return found


def _print_quality(whose: str, labelled: Sequence[Case], answers: Sequence[set[str]]) -> None:
    naming = [
        (case, found) for case, found in zip(labelled, answers, strict=True) if not case.right <= {NONE, AMBIGUOUS}
    ]
    right = sum(found == case.right for case, found in naming)
    named = sum(bool(found) for found in answers)
    print(f"match_{whose}_precision {right / max(named, 1) * 100:.1f} %")
    print(f"match_{whose}_recall {right / len(naming) * 100:.1f} %")


if __name__ == "__main__":
    main()
