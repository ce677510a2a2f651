"""The life of an interest in words: submitted, on the register, public or withheld, then after its end. Pure. Drafts are not here: nobody
but the declarant sees them."""

from dataclasses import dataclass
from datetime import date, timedelta

from coi.registers.interests.vocabulary import DeclaredOn, RedactionState
from coi.registers.retention import Periods, Stage, retention


@dataclass(frozen=True)
class LifeFacts:
    """What the life of an interest depends on, as known on a day. `end_told_on`: when its end was told, where that was after it."""

    declared: DeclaredOn
    recorded_on: date
    agreed_on: date | None
    ended_on: date | None
    redaction: RedactionState | None
    on: date
    periods: Periods
    end_told_on: date | None = None


@dataclass(frozen=True)
class LifeStage:
    """A stage: its word, since when (None: not dated), why, and whether the interest stands there now."""

    word: str
    on: date | None
    reason: str
    is_present: bool = False


def life_of(facts: LifeFacts) -> tuple[LifeStage, ...]:
    """Returns the stages that an interest has been through and those to come, in their order; exactly one is the present one. Mitigation
    delays nothing, so that it is told beside and is no stage. Rules: REG-02, REG-03, REG-04, REG-06; RULEBOOK §6.3, §7.4."""
    agreed = (
        "What to do about it is agreed."
        if facts.agreed_on
        else "What to do about it is not agreed yet, which delays nothing."
    )
    kept = retention(facts.ended_on, on=facts.on, periods=facts.periods)
    hidden = facts.redaction in (RedactionState.REQUESTED, RedactionState.GRANTED)
    stages = [
        _submitted(facts.declared),
        LifeStage("On the register", facts.recorded_on, f"It counts at every meeting. {agreed}"),
        _public(facts, kept.public_until, is_present=kept.stage is Stage.CURRENT),
    ]
    if facts.ended_on is None or kept.public_until is None:
        return tuple(stages)
    stays = "stays" if facts.on <= kept.public_until else "stayed"
    tail = f"It ended, and {stays} public until {_day(kept.public_until)}."
    if hidden:
        tail = "It is withheld from the public."
    elif _is_told_after(facts, kept.public_until):
        tail = f"It ended. Its time on the public register was over on {_day(kept.public_until)}, before that was told."
    stages.append(LifeStage("Expired", facts.ended_on, tail, kept.stage is Stage.PUBLIC_TAIL))
    since = max(kept.public_until + timedelta(days=1), facts.end_told_on or facts.ended_on)
    until = (
        f"It is kept until {_day(kept.private_until)}."
        if kept.private_until
        else "It is kept. The rules of its day set no limit."
    )
    stages.append(LifeStage("Historic", since, f"Not public any more. {until}", kept.stage is Stage.PRIVATE))
    if kept.private_until:
        due = max(kept.private_until + timedelta(days=1), since)
        stages.append(LifeStage("Due for disposal", due, "A person may then dispose of it.", kept.stage is Stage.DUE))
    return tuple(stages)


def _submitted(declared: DeclaredOn) -> LifeStage:
    if declared.or_before:
        return LifeStage(
            "Submitted", declared.day, "Or before: the register that it was taken over from does not say when."
        )
    return LifeStage("Submitted", declared.day, "Signed by the declarant.")


def _public(facts: LifeFacts, until: date | None, *, is_present: bool) -> LifeStage:
    redaction = facts.redaction
    if redaction is RedactionState.REQUESTED:
        return LifeStage("Withheld", None, "It is not public before the Guardian has decided.", is_present)
    if redaction is RedactionState.GRANTED:
        return LifeStage("Withheld", None, "The Guardian decided what is not published.", is_present)
    if until is None or facts.ended_on is None:
        said = "It is in every edition of the register that is published while it lasts."
    elif facts.on <= until:
        said = f"It is in every edition of the register that is published until {_day(until)}."
    elif facts.end_told_on and _is_told_after(facts, until):
        said = f"It was, in the editions of the register that were published until its end was told on {_day(facts.end_told_on)}."
    elif facts.recorded_on > until:
        said = "It never was: it was entered too late for that."
    else:
        said = f"It was, in the editions of the register that were published until {_day(until)}."
    return LifeStage("Public", None, said, is_present)


def _is_told_after(facts: LifeFacts, until: date) -> bool:
    return facts.end_told_on is not None and facts.end_told_on > until


def _day(on: date) -> str:
    return f"{on.day} {on:%B %Y}"
