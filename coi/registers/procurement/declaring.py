"""What bidders, evaluators, moderators and advisers are asked to declare for a procurement, and who may see the bids. Pure."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from coi.errors import RuleBroken
from coi.registers.interests.vocabulary import TYPE_WORDS
from coi.registers.procurement.declared_vocabulary import (
    MEASURE_WORDS,
    NEARNESS_WORDS,
    NOT_TOLD,
    LinkDeclaration,
    Measure,
    Particulars,
)
from coi.registers.procurement.vocabulary import Side
from coi.wording import in_sentence, running_words

NONE = "None"
_NIL = re.compile(
    r"(none|no conflicts?( of interest)?)( (was|were))?( (declared|noted|identified|recorded|known))?\.?", re.IGNORECASE
)
OF_A_BIDDER: Mapping[str, str] = {
    "commissioner": "Does your organisation do work for {body} or NHS England, beside this procurement?",
    "rival": "Does your organisation do work for, own, or have a part in another bidder or possible bidder?",
    "other": "Is there any other connection that the public could think impairs judgement or fairness in this procurement?",
}
OF_THE_PANEL: Mapping[str, str] = {
    "bidder": "Do you work for, own, hold a role in, or have shares in a bidder or possible bidder?",
    "close": "Does anybody of your family, your friends or your close acquaintances?",
    "other": "Is there any other connection that the public could think impairs your judgement in this procurement?",
}
OF_ONESELF = frozenset({"bidder", "close"})
"""The questions whose answers are interests of a type, held from a day on: of whoever declares, or of somebody close to them."""
OF_A_PERSON = (
    "Any such interest, or a personal one: family, friends or acquaintances among those who decide, evaluate or advise. "
    "“None” if there is none"
)


@dataclass(frozen=True)
class Standing:
    """How somebody who was asked stands: whether they have declared, with a conflict, and what was done about it."""

    name: str
    side: Side
    has_declared: bool
    has_conflict: bool = False
    measure: Measure | None = None
    declared_on: date | None = None  # for the first time

    @property
    def waits(self) -> bool:
        """A conflict that nobody has dealt with."""
        return self.has_conflict and self.measure is None

    @property
    def words(self) -> str:
        if not self.has_declared:
            return "Not declared yet"
        if not self.has_conflict:
            return "Declared, no conflict"
        return "Conflict declared, nothing decided yet" if self.waits else "Conflict declared and dealt with"


def questions_of(side: Side) -> Mapping[str, str]:
    """Returns the questions of a declaration, by a code that never changes. Rule: PROC-02; RULEBOOK §17.9 (Annex I)."""
    return OF_THE_PANEL if side.sees_bids else OF_A_BIDDER


def interest_words(said: LinkDeclaration) -> str:
    """Returns in words what was declared, for the record: each yes, then each relevant person."""
    lines = [f"{text}{_told(said.particulars.get(code, NOT_TOLD))}" for code, text in said.answers.items() if text]
    lines += [f"{each.name}: {each.interest or NONE}{_told(each.particulars)}" for each in said.people]
    return "\n".join(lines) or NONE


def _told(found: Particulars) -> str:
    """What is told of an interest beside its description, in brackets after it."""
    words = (
        in_sentence(NEARNESS_WORDS[found.nearness]) if found.nearness else "",
        in_sentence(TYPE_WORDS[found.type]) if found.type else "", running_words(found.since, found.until),
    )  # fmt: skip
    told = "; ".join(each for each in words if each)
    return f" ({told})" if told else ""


def check_bids(panel: Sequence[Standing], on: date, reason: str) -> None:
    """Raises RuleBroken where somebody saw the bids on a day who had not declared by then, or whose conflict nobody has dealt with, unless
    a reason is given. Rule: PROC-02; RULEBOOK §16, §17.9; SI 2023/1348 reg 21."""
    early = [
        each.name for each in panel
        if each.side.sees_bids and (not each.has_declared or each.waits or (each.declared_on is not None and each.declared_on > on))
    ]  # fmt: skip
    if early and not reason.strip():
        raise RuleBroken(
            f"{', '.join(early)} must declare first, and a conflict must be dealt with",
            field="reason", rule="PROC-02", options=("enter why the bids are given out all the same",),
        )  # fmt: skip


def with_line(text: str, line: str) -> str:
    """Returns a published statement with one more line. "None declared" gives way to it; "None, but Dr Ash is a partner" does not."""
    if not text.strip() or _NIL.fullmatch(text.strip()):
        return line
    return text if line in text.splitlines() else f"{text}\n{line}"


def without_line(text: str, line: str) -> str:
    """Returns a published statement without a line that `with_line` gave it."""
    return "\n".join(each for each in text.splitlines() if each != line)


def action_line(conflict: str, measure: Measure) -> str:
    """Returns what the register says of what is done about a conflict."""
    return f"{conflict.rstrip('.')}: {MEASURE_WORDS[measure]}"
