"""Two ways of doing a thing, measured in turns in one run, so that a busy machine slows both alike."""

import gc
import re
import statistics
import time
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from typing import Any

Work = Callable[[], Any]
Around = Callable[[], AbstractContextManager[Any]]


def report(name: str, value: float, unit: str) -> None:
    """Prints one figure as `name value unit`."""
    print(f"{name} {value:.4g} {unit}", flush=True)


def cpu_seconds(work: Work, around: Around = nullcontext) -> float:
    """Returns the processor time that `work` takes, without the garbage of whoever went before. What `around` sets up for it
    and puts back is not counted."""
    with around():
        gc.collect()
        start = time.process_time()
        work()
        return time.process_time() - start


def peak_memory() -> float:
    """Returns the most memory that this process had, in megabytes. Not from getrusage: a process that was started by a larger one
    begins there with what that one had."""
    found = re.search(r"VmHWM:\s+(\d+) kB", Path("/proc/self/status").read_text())
    if found is None:
        raise RuntimeError("The kernel does not note the most memory of a process")
    return int(found[1]) * 1024 / 1_000_000


def ratio_of(
    name: str, numerator: Work, denominator: Work, rounds: int = 15, *, around_denominator: Around = nullcontext
) -> float:
    """Runs both `rounds` times in turns, after one run each to warm up; prints and returns the median of the ratios of each
    pair. Prints as well what each takes (median, milliseconds), as `<name>_numerator` and `<name>_denominator`.
    Who goes first changes with every round."""
    cpu_seconds(numerator)
    cpu_seconds(denominator, around_denominator)
    over, under = [], []
    for number in range(rounds):
        if number % 2:
            over.append(cpu_seconds(numerator))
            under.append(cpu_seconds(denominator, around_denominator))
        else:
            under.append(cpu_seconds(denominator, around_denominator))
            over.append(cpu_seconds(numerator))
    ratio = statistics.median(above / below for above, below in zip(over, under, strict=True))
    report(name, ratio, "ratio")
    report(f"{name}_numerator", statistics.median(over) * 1000, "ms")
    report(f"{name}_denominator", statistics.median(under) * 1000, "ms")
    return ratio
