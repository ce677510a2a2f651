"""Reading whether what is declared comes later than the rules allow, to tell the declarant in time, and in kind words."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from coi.guidance.vocabulary import Rulebook
from coi.organisations.policy_queries import rulebook_of
from coi.registers.interests.ending import Ending
from coi.registers.interests.ending_queries import ending, told_of
from coi.registers.interests.limits import limits_on
from coi.registers.interests.models import InterestVersion
from coi.registers.interests.people_queries import bound_since
from coi.registers.interests.queries import standing_of
from coi.registers.interests.register_queries import late_by
from coi.registers.interests.rules import Lateness
from coi.registers.interests.sitting import Sitting
from coi.registers.interests.vocabulary import Still
from coi.registers.interests.wording import day, organisations_in
from coi.registers.questions import as_date


@dataclass(frozen=True)
class LateOne:
    """An interest that is declared late: which it is, when it began or became known, how late that is, and within how many days it was
    to be told. `number` is its place in the sitting, 0 where it was sent already."""

    title: str
    since: date | None
    lateness: Lateness
    limit: int
    number: int = 0
    is_learned: bool = False  # the day on which the person became aware of it is known

    @property
    def words(self) -> str:
        days = f"{self.limit} day" + ("" if self.limit == 1 else "s")
        late = f"{self.title}, since {day(self.since)}: {self.lateness.days} later than the {days} that there are to declare it."
        in_time = self.is_learned and not self.lateness.after_awareness
        return (
            f"{late} The law counts from the day on which it became known: by that it is in time." if in_time else late
        )


@dataclass(frozen=True)
class LateEnd:
    """An interest whose end is told late, or takes it from the public register at once."""

    title: str
    ending: Ending
    number: int = 0
    is_learned: bool = True  # an end is known when it comes

    @property
    def words(self) -> str:
        found = self.ending
        ended = f"{self.title}, ended on {day(found.ended_on)}"
        late = f": {found.late_words[:1].lower()}{found.late_words[1:]}." if found.days_late else "."
        return (
            f"{ended}{late} {found.over_words}: the next edition has it no more." if found.is_over else f"{ended}{late}"
        )


Late = LateOne | LateEnd


def late_in(sitting: Sitting, person_id: uuid.UUID, body_id: uuid.UUID, declared_on: date, at: datetime) -> list[Late]:
    """Returns which new interests of a sitting, and which ends, would be late, were they declared on a day, by the rules of the body on
    that day. Rules: DECL-01, DECL-02, DECL-03, REG-03; RULEBOOK §6.2."""
    bound_on, rulebook = bound_since([person_id]).get(person_id), rulebook_of(body_id)
    found: list[Late] = []
    for number, each in enumerate(sitting.entries, start=1):
        arose, aware = as_date(each.arose_on), as_date(each.aware_on)
        late = late_by(arose, aware, declared_on, bound_on, rulebook=rulebook)
        if late and not each.is_change:
            limit = _limit(late, declared_on, rulebook)
            since = aware if late.after_awareness else arose
            found.append(LateOne(each.heading, since, late, limit, number, is_learned=aware is not None))
    ends = ended_in(sitting)
    for version in standing_of(person_id, at) if ends else ():
        ended = ending(ends.get(str(version.interest_id)), declared_on, bound_on, rulebook)
        found += [LateEnd(organisations_in(version), ended)] if ended else []
    return found


def ended_in(sitting: Sitting) -> dict[str, date]:
    """Returns which interests of the register a sitting says to have ended, and when."""
    said = [(line.interest_id, line.ended_on) for line in sitting.lines if line.still == Still.ENDED]
    said += [(entry.interest_id, entry.ended_on) for entry in sitting.entries if entry.is_change]
    return {interest_id: on for interest_id, text in said if (on := as_date(text)) is not None}


def late_of(versions: Sequence[InterestVersion], body_id: uuid.UUID) -> list[Late]:
    """Returns which interests of a declaration were late when it was made, and which ends, by the rules of the body then. That an interest
    was declared late before is not told of again."""
    new, rulebook = [each for each in versions if each.number == 1], rulebook_of(body_id)
    bound = bound_since({each.interest.person_id for each in versions})
    found: list[Late] = []
    for each in new:
        on, bound_on = each.declared, bound.get(each.interest.person_id)
        late = late_by(each.arose_on, each.aware_on, on.day, bound_on, rulebook=rulebook, or_before=on.or_before)
        if late:
            limit = _limit(late, on.day, rulebook)
            since = each.aware_on if late.after_awareness else each.arose_on
            found.append(LateOne(organisations_in(each), since, late, limit, is_learned=each.aware_on is not None))
    for each in versions:
        told = told_of([one for one in each.interest.versions if one.number <= each.number]) if each.ended_on else None
        ended = ending(each.ended_on, told, bound.get(each.interest.person_id), rulebook)
        found += [LateEnd(organisations_in(each), ended)] if ended else []
    return found


def _limit(late: Lateness, on: date, rulebook: Rulebook) -> int:
    """The days of the clock that counts."""
    from_awareness, from_arising = limits_on(rulebook, on)
    return from_awareness if late.after_awareness or from_arising is None else from_arising
