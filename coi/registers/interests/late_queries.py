"""Reading whether what is declared comes later than the rules allow, to tell the declarant in time, and in kind words."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from coi.guidance.vocabulary import Rulebook
from coi.organisations.policy_queries import rulebook_of
from coi.registers.interests.models import InterestVersion
from coi.registers.interests.people_queries import bound_since
from coi.registers.interests.register_queries import late_by, limits_on
from coi.registers.interests.rules import Lateness
from coi.registers.interests.sitting import Sitting
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


def late_in(sitting: Sitting, person_id: uuid.UUID, body_id: uuid.UUID, declared_on: date) -> list[LateOne]:
    """Returns which new interests of a sitting would be late, were they declared on a day, by the rules of the body on that day. Rules:
    DECL-01, DECL-02, DECL-03; RULEBOOK §6.2."""
    bound_on, rulebook = bound_since([person_id]).get(person_id), rulebook_of(body_id)
    found = []
    for number, each in enumerate(sitting.entries, start=1):
        arose, aware = as_date(each.arose_on), as_date(each.aware_on)
        late = late_by(arose, aware, declared_on, bound_on, rulebook=rulebook)
        if late and not each.is_change:
            limit = _limit(late, declared_on, rulebook)
            since = aware if late.after_awareness else arose
            found.append(LateOne(each.heading, since, late, limit, number, is_learned=aware is not None))
    return found


def late_of(versions: Sequence[InterestVersion], body_id: uuid.UUID) -> list[LateOne]:
    """Returns which interests of a declaration were late when it was made, by the rules of the body then. One that was on the register
    before is not told of again."""
    new, rulebook = [each for each in versions if each.number == 1], rulebook_of(body_id)
    bound, found = bound_since({each.interest.person_id for each in new}), []
    for each in new:
        on, bound_on = each.declared, bound.get(each.interest.person_id)
        late = late_by(each.arose_on, each.aware_on, on.day, bound_on, rulebook=rulebook, or_before=on.or_before)
        if late:
            limit = _limit(late, on.day, rulebook)
            since = each.aware_on if late.after_awareness else each.arose_on
            found.append(LateOne(organisations_in(each), since, late, limit, is_learned=each.aware_on is not None))
    return found


def _limit(late: Lateness, on: date, rulebook: Rulebook) -> int:
    """The days of the clock that counts."""
    from_awareness, from_arising = limits_on(rulebook, on)
    return from_awareness if late.after_awareness or from_arising is None else from_arising
