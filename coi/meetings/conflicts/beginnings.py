"""Pure: how the path of a flag begins, with its person or with somebody whose interest counts for theirs. Standard library only."""

from collections.abc import Sequence

_ARROW = " → "


def noted(path: tuple[str, ...], name: str, notes: Sequence[str]) -> tuple[str, ...]:
    """A path with what its person did before on the matter. It was they who did, and not their spouse or the member they stand for."""
    if not notes:
        return path
    person, step = f"{name}, who {' and '.join(notes)}", path[0].removeprefix(name)
    if step.startswith("’s "):
        return (f"{person}{_ARROW}{path[0]}", *path[1:])
    return (f"{person}{step}", *path[1:])


def whose(path: Sequence[str], name: str) -> str:
    """Returns whose the interest is, in words that stand after the name of the person: nothing where it is their own."""
    step = path[0].removeprefix(name) if path else ""
    if step.startswith("’s "):
        return f"their {step.removeprefix('’s ')}"
    beyond = step.partition(_ARROW)[2]
    return f"their {beyond.removeprefix(f'{name}’s ')}" if beyond.startswith(f"{name}’s ") else beyond


def after_name(path: Sequence[str], name: str) -> tuple[str, ...]:
    """The path as it is told beside the name of its person: it says first whose the interest is, where that is not the person."""
    by_way_of = whose(path, name)
    return (by_way_of, *path[1:]) if by_way_of else tuple(path[1:])


def for_the_member(path: Sequence[str], name: str, interest: str) -> str:
    """An interest in words, which say for whom the person deputises where it is that member's."""
    step = whose(path, name).partition(_ARROW)[0]
    return f"{step}, whose interest it is: {interest}" if step.startswith("deputy for ") else interest
