"""`make bench`: runs the benchmarks one after another, each in a process of its own, prints every figure as `name value unit`, and
then which targets are met. The exit status is 0: figures are read, not enforced.

python -m benchmarks [grid] [pages] [post] [memory] [pdf] [screening] [import]
"""

import os
import subprocess
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path

from benchmarks.targets import TARGETS

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent


def main(wanted: list[str]) -> None:
    """Runs the benchmarks that are named, or all of them."""
    there = sorted(file.stem.removeprefix("bench_") for file in HERE.glob("bench_*.py"))
    unknown = [name for name in wanted if name not in there]
    if unknown:
        say(f"There is no benchmark called {', '.join(unknown)}. Choose from: {', '.join(there)}")
    chosen = [name for name in there if name in wanted or not wanted]
    figures: dict[str, float] = {}
    for number, name in enumerate(chosen, start=1):
        say(f"[{number}/{len(chosen)}] {name} …")
        figures.update(run(name))
    print_targets(figures)


def run(name: str) -> dict[str, float]:
    """Runs one benchmark, passes on what it prints line by line, and returns its figures."""
    paths = [str(ROOT), str(HERE), *filter(None, [os.environ.get("PYTHONPATH")])]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(paths)}
    command = [sys.executable, "-m", f"benchmarks.bench_{name}"]
    lines = []
    with subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True) as process:
        for line in process.stdout or ():
            print(line, end="", flush=True)
            lines.append(line)
    if process.returncode:
        say(f"{name} failed with exit status {process.returncode}")
    return figures_in(lines)


def figures_in(lines: Iterable[str]) -> dict[str, float]:
    """Returns the figures among the lines, by name."""
    found = {}
    for line in lines:
        words = line.split()
        if len(words) == 3 and words[1].replace(".", "", 1).replace("e+", "", 1).isdigit():
            found[words[0]] = float(words[1])
    return found


def print_targets(figures: Mapping[str, float]) -> None:
    """Prints each target beside its figure: met, missed, or not measured."""
    known = [(target, figures[target.figure]) for target in TARGETS if target.figure in figures]
    print(f"\n{'target':<34}{'bound':>14}{'figure':>10}")
    for target, value in known:
        print(f"{target.figure:<34}{target.words:>14}{value:>10.4g}  {'met' if target.is_met(value) else 'MISSED'}")
    missing = [target.figure for target in TARGETS if target.figure not in figures]
    if missing:
        print(f"not measured in this run: {', '.join(missing)}")


def say(words: str) -> None:
    print(words, file=sys.stderr, flush=True)


if __name__ == "__main__":
    main(sys.argv[1:])
