"""The life of an interest in words: submitted, on the register, public or withheld, then after its end. Pure. Drafts are not here: nobody
but the declarant sees them."""

from dataclasses import dataclass
from datetime import date, timedelta

from coi.registers.interests.vocabulary import DeclaredOn, RedactionState
from coi.registers.retention import Periods, Stage, public_until, retention
from coi.wording import and_list


@dataclass(frozen=True)
class InEditions:
    """Which editions of the public register have an interest, as spans from one to another, and the day of the first. `is_shown`: the
    newest does, and the public can read it there."""

    spans: tuple[tuple[int, int], ...] = ()
    first_on: date | None = None
    is_shown: bool = False

    @property
    def words(self) -> str:
        """Which they are, in words; empty for none."""
        if not self.spans or self.first_on is None:
            return ""
        is_one = self.spans[0][0] == self.spans[-1][1]
        said = [str(first) if first == last else f"{first} to {last}" for first, last in self.spans]
        return (
            f"edition{'' if is_one else 's'} {and_list(said)}, {'' if is_one else 'the first '}of {_day(self.first_on)}"
        )


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
    editions: InEditions = InEditions()
    left_on: date | None = None  # the last day of its holder at the body whose register it is

    @property
    def over_on(self) -> date | None:
        """From when its public months count: its end, or the day on which its holder left, whichever came first."""
        return min((day for day in (self.ended_on, self.left_on) if day), default=None)


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
    hidden = facts.redaction in (RedactionState.REQUESTED, RedactionState.GRANTED)
    until = public_until(facts.over_on, facts.periods.public_months)
    counts = "It counts at every meeting. " if facts.left_on is None else ""
    stages = [
        _submitted(facts.declared),
        LifeStage("On the register", facts.recorded_on, f"{counts}{agreed}"),
        _public(facts, until, is_present=until is None),
    ]
    if until is None:
        return tuple(stages)
    after = _left(facts, until, hidden=hidden) if facts.ended_on is None else _ended(facts, until, hidden=hidden)
    return (*stages, *after)


def _ended(facts: LifeFacts, until: date, *, hidden: bool) -> list[LifeStage]:
    """The stages of what ended, public until a day. Rules: REG-03, REG-04."""
    kept, is_tail = retention(facts.ended_on, on=facts.on, periods=facts.periods), facts.on <= until
    tail = f"It ended, and {'stays' if is_tail else 'stayed'} public until {_day(until)}."
    if hidden:
        tail = "It is withheld from the public."
    elif _is_told_after(facts, until):
        tail = f"It ended. Its time on the public register was over on {_day(until)}, before that was told."
    since = max(until + timedelta(days=1), facts.end_told_on or facts.ended_on or until)
    limit = (
        f"It is kept until {_day(kept.private_until)}."
        if kept.private_until
        else "It is kept. The rules of its day set no limit."
    )
    is_due = kept.stage is Stage.DUE
    stages = [
        LifeStage("Expired", facts.ended_on, tail, is_tail),
        LifeStage("Historic", since, f"Not public any more. {limit}", not is_tail and not is_due),
    ]
    if kept.private_until:
        due = max(kept.private_until + timedelta(days=1), since)
        stages.append(LifeStage("Due for disposal", due, "A person may then dispose of it.", is_due))
    return stages


def _left(facts: LifeFacts, until: date, *, hidden: bool) -> list[LifeStage]:
    """The stages of what had not ended when its holder left: public for its months, then kept. Rules: REG-02, REG-03."""
    is_tail = facts.on <= until
    tail = f"The last post or seat here was over. It {'stays' if is_tail else 'stayed'} public until {_day(until)}."
    left = LifeStage("Left", facts.left_on, "It is withheld from the public." if hidden else tail, is_tail)
    return [left, LifeStage("Historic", until + timedelta(days=1), "Not public any more. It is kept.", not is_tail)]


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
    return LifeStage("Public", None, _published(facts, until), is_present)


def _published(facts: LifeFacts, until: date | None) -> str:
    """What was published of it so far, by the editions themselves, and what will be."""
    so_far = f"so far {facts.editions.words or 'none'}"
    if until is None:
        return f"It is in every edition of the register that is published while it lasts: {so_far}."
    if facts.on <= until:
        return f"It is in every edition of the register that is published until {_day(until)}: {so_far}."
    if not facts.editions.words:
        return "It never was: no edition of the register has it."
    if facts.editions.is_shown:
        return f"It still is, in {facts.editions.words}. The next edition has it no more."
    told = facts.end_told_on
    last = f"its end was told on {_day(told)}" if told and _is_told_after(facts, until) else _day(until)
    return f"It was, in {facts.editions.words}, until {last}."


def _is_told_after(facts: LifeFacts, until: date) -> bool:
    return facts.end_told_on is not None and facts.end_told_on > until


def _day(on: date) -> str:
    return f"{on.day} {on:%B %Y}"
