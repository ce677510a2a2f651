"""How a briefing names items by their numbers: "items 7 to 9 and 12". Pure."""

from collections.abc import Iterable, Sequence

from coi.wording import and_list


def each_once(numbers: Iterable[int]) -> list[int]:
    """Returns numbers in their order, each once."""
    return list(dict.fromkeys(numbers))


def items_named(numbers: Sequence[int]) -> str:
    """Returns "item 7", or "items 7 to 9 and 12"."""
    return f"item{'' if len(numbers) == 1 else 's'} {numbers_told(numbers)}"


def numbers_told(numbers: Sequence[int]) -> str:
    """Returns numbers in order: "7 to 9 and 12"."""
    runs: list[list[int]] = []
    for number in sorted(numbers):
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    return and_list(each for run in runs for each in ([f"{run[0]} to {run[-1]}"] if len(run) > 2 else run))
