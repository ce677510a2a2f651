"""What fellow partners hold, by cross-reference: a GP who shares a practice with somebody shares some of that person's interests."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from coi.screening.flags import Flag
from coi.screening.paths import Reach
from coi.screening.rules import RULES
from coi.screening.vocabulary import Directness, InterestFact, ItemFact, Level, RelationKind, Role
from coi.screening.ways import Verdict

_VERDICT = Verdict(Level.RESIDUAL, RelationKind.INDIRECT, (), ("DECL-08", *RULES))
_STRONG = (Level.OWN_CONTRACT, Level.MATERIAL)


def fellow_flags(
    flags: Sequence[Flag], interests: Iterable[InterestFact], names: Mapping[str, str] | None = None
) -> tuple[Flag, ...]:
    """Returns the flags that fellow partners get because of the flags of one of them, each person once per item, and only where
    they have none of their own. Its time grows with the flags and the partners of those flagged. Rule: DECL-08; RULEBOOK §5.2, §23
    scenario 11, §24 F5."""
    known = names or {}
    partners: dict[str, list[InterestFact]] = defaultdict(list)
    practices: dict[tuple[str, str], list[InterestFact]] = defaultdict(list)
    for one in interests:
        if one.role is Role.PARTNER and one.directness is Directness.DIRECT and one.who:
            practices[one.who, one.deputy_for].append(one)
            for key in one.organisations:
                partners[key].append(one)
    flagged = {(flag.interest.who, flag.item_key) for flag in flags}
    found: list[Flag] = []
    for flag in flags:
        if flag.level not in _STRONG or flag.interest.directness is Directness.INDIRECT:
            continue
        for shared in _shared(flag, practices):
            for fellow in partners[shared]:
                if (fellow.who, flag.item_key) not in flagged and _is_current(fellow, flag.item.on):
                    flagged.add((fellow.who, flag.item_key))
                    found.append(_flag(fellow, flag.item, shared, flag, known))
    return tuple(found)


def _shared(flag: Flag, practices: Mapping[tuple[str, str], Iterable[InterestFact]]) -> list[str]:
    """The practices that the flagged person shares with others, but for those that the flag is about."""
    held = (
        one
        for one in practices.get((flag.interest.who, flag.interest.deputy_for), ())
        if _is_current(one, flag.item.on)
    )
    return [key for one in held for key in one.organisations if key not in flag.organisations]


def _is_current(one: InterestFact, day: date) -> bool:
    begun = one.arose_on is None or one.arose_on <= day
    return begun and not one.is_pursuing and not one.is_over(day)


def _flag(fellow: InterestFact, item: ItemFact, shared: str, flag: Flag, names: Mapping[str, str]) -> Flag:
    named = dict(zip(fellow.organisations, fellow.organisation_names, strict=False))
    hops = (f"fellow partner of {flag.interest.deputy_for or flag.person}", *flag.path[1:-1])
    reach = Reach(shared, flag.reach.affected, hops, through=(f"{fellow.who} with {flag.interest_key}", *flag.through))
    return Flag(fellow, item, _VERDICT, shared, reach, lambda key: names.get(key) or named.get(key, key))
