"""The closed list of management actions: one cause, five effects (papers, discussion and presence, quorum, vote,
sentence)."""

from collections.abc import Collection, Iterable
from functools import lru_cache

from coi.guidance.vocabulary import ActionCode, CombinationVerdict, Effects, ManagementAction

A1, A2, A3 = ActionCode.HAND_OVER_CHAIR, ActionCode.NOT_ATTEND, ActionCode.WITHHOLD_PAPERS
A4, A5, A6, S1 = (
    ActionCode.LEAVE,
    ActionCode.DISCUSS_THEN_LEAVE,
    ActionCode.NOTE_AND_STAY,
    ActionCode.STAY_WITHOUT_VOTE,
)

ASK_THE_GUARDIAN = (
    "Ask the conflicts of interest Guardian first, and record it. "
    "The item is about a contract of the person’s own organisation"
)  # fmt: skip
"""What stands against noting, or dismissing, an interest in one's own contract. Rule: MTG-08; RULEBOOK §10.4."""

_PLACES = frozenset({A2, A4, A5, A6, S1})  # exactly one of these says where the person is and what they may do

ACTIONS: dict[ActionCode, ManagementAction] = {
    action.code: action
    for action in (
        ManagementAction(
            A1, "Somebody else takes the chair", None, None, None, None, None,
            _PLACES | {A3}, False,
            "{acting_chair} was asked to take the chair for {item} in place of {name}.",
            "The vice chair, or another member without a conflict. Choose also what the chair does meanwhile.",
        ),
        ManagementAction(
            A2, "Does not attend", False, False, False, False, False,
            frozenset({A1, A3}), False,
            "{name} was asked not to attend for {item}.",
        ),
        ManagementAction(
            A3, "Does not receive the papers or minutes", None, None, None, False, None,
            frozenset({A1, A2, A4, A5, S1}), False,
            "The papers for {item} were to be withheld from {name}.",
            "Choose also whether the person stays or leaves. Once confirmed, minutes of a public item are for everybody; a private item "
            "stays kept from the person.",
        ),
        ManagementAction(
            A4, "Leaves for the discussion and the decision", False, False, False, None, False,
            frozenset({A1, A3}), False,
            "{name} was asked to leave for the discussion and the decision on {item}.",
            "In a meeting held in public, the person may join the public gallery.",
        ),
        ManagementAction(
            A5, "Joins the discussion, leaves for the decision", True, False, False, None, False,
            frozenset({A1, A3}), False,
            "{name} was asked to join the discussion of {item} and to leave for the decision.",
            "Useful where the person knows something that the committee needs.",
        ),
        ManagementAction(
            A6, "Interest noted, stays for the discussion and the decision", True, True, True, True, True,
            frozenset({A1}), True,
            "The interest of {name} was noted as not material to {item}. {name} was allowed to stay and decide.",
            "Only where the interest is immaterial or not relevant.",
            "The interest of {name} was noted as not material to {item}. {name}, who has no vote, was allowed to stay.",
        ),
        ManagementAction(
            S1, "Stays and joins the discussion, does not vote", True, False, True, None, False,
            frozenset({A1, A3}), True,
            "{name} was allowed to stay and discuss {item}, and was asked to take no part in the decision.",
            "Not in the statutory guidance for CCGs: say why the person need not leave.",
        ),
    )
}  # fmt: skip


def effects_of(codes: Iterable[str]) -> Effects:
    """Returns what the actions ruled for a person mean together. Each effect is lost as soon as one action takes it
    away; without any action a member has all of them. A code outside the closed list takes everything away. Rule:
    MTG-08; RULEBOOK §10.4."""
    return _effects_together(frozenset(codes))


@lru_cache(maxsize=256)
def go_together(codes: tuple[str, ...]) -> bool:
    """Whether suggested actions are all to be ruled, as withholding the papers goes with leaving; not where the chair has to choose one
    because each says where the person is. Rule: MTG-08; RULEBOOK §10.4."""
    chosen = [ACTIONS[code] for code in ActionCode if code.value in codes]
    return all(one is other or other.code in one.combinable_with for one in chosen for other in chosen)


@lru_cache(maxsize=512)
def _effects_together(given: frozenset[str]) -> Effects:
    known = {action.value for action in ActionCode}
    if not given <= known:
        return Effects(papers=False, discuss=False, room=False, quorum=False, vote=False)
    chosen = [ACTIONS[ActionCode(code)] for code in given]
    return Effects(
        papers=all(action.gets_papers is not False for action in chosen),
        discuss=all(action.may_discuss is not False for action in chosen),
        room=all(action.in_room_at_decision is not False for action in chosen),
        quorum=all(action.counts_to_quorum is not False for action in chosen),
        vote=all(action.may_decide is not False for action in chosen),
    )


def check_combination(
    codes: Collection[str],
    *,
    rationale: str = "",
    own_contract: bool = False,
    guardian_consulted: bool = False,
    presides: bool = True,
) -> CombinationVerdict:
    """Whether these actions may be ruled together for a person. `own_contract`: the interest is financial and direct,
    and the item awards, varies, extends, pays, closes or manages a contract of that organisation. `presides`: the
    person is in the chair. Rule: MTG-08; RULEBOOK §10.4."""
    wrong = _shape(codes, presides)
    if wrong is None:
        wrong = _reasons(codes, rationale, own_contract, guardian_consulted)
    return CombinationVerdict(allowed=True) if wrong is None else wrong


def _no(reason: str, field: str = "actions") -> CombinationVerdict:
    return CombinationVerdict(allowed=False, reason=reason, field=field)


def _shape(codes: Collection[str], presides: bool) -> CombinationVerdict | None:
    known = {action.value for action in ActionCode}
    if not codes:
        return _no("Choose what happens")
    if not set(codes) <= known:
        return _no("Choose actions from the list")
    chosen = sorted(ActionCode(code) for code in set(codes))
    if A1 in chosen and not presides:
        return _no("Only the person in the chair can hand it over. Choose another action")
    if chosen == [A1]:
        return _no("Choose also what the chair does while somebody else takes the chair")
    for first in chosen:
        for second in chosen:
            if first != second and second not in ACTIONS[first].combinable_with:
                return _no(f"Choose one of these: “{ACTIONS[first].title}” or “{ACTIONS[second].title}”")
    if not _PLACES & set(chosen):
        return _no("Choose also whether the person stays or leaves")
    return None


def _reasons(
    codes: Collection[str], rationale: str, own_contract: bool, guardian_consulted: bool
) -> CombinationVerdict | None:
    typed = bool(rationale.strip())
    if A6 in codes and not typed:
        return _no("Enter why the interest is immaterial or not relevant", "rationale")
    if not typed and any(ACTIONS[ActionCode(code)].needs_rationale_always for code in codes):
        return _no("Enter the reason", "rationale")
    if A6 in codes and own_contract and not guardian_consulted:
        return _no(ASK_THE_GUARDIAN, "guardian_consulted")
    return None
