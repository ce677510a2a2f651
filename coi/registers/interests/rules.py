"""Pure rules of declaring: what an interest must say, which dates can be, how late it was, when a declaration is stale."""

import re
import uuid
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from coi.clock import months_after
from coi.errors import RuleBroken
from coi.registers.interests.vocabulary import DeclaredOn, Directness, InterestDetails


def check_interest(details: InterestDetails, *, today: date) -> None:
    """Raises RuleBroken where an interest cannot be declared as it is. Rules: DECL-05 (an indirect interest states its relation),
    DECL-06 (dates), DECL-09 (an interest being pursued may lie ahead); RULEBOOK §5, §6."""
    if details.directness is Directness.INDIRECT and details.via is None:
        raise RuleBroken("Select how the person who holds the interest is related to you", field="via", rule="DECL-05")
    check_organisations(details)
    if not details.nature.strip():
        raise RuleBroken("Enter what the interest is", field="nature")
    check_dates(
        arose_on=details.arose_on, ended_on=details.ended_on, aware_on=details.aware_on, is_pursuing=details.is_pursuing, today=today
    )  # fmt: skip


def check_organisations(details: InterestDetails) -> None:
    """Raises RuleBroken where an interest neither names its organisations nor says that there is none, or does both. Rule: DECL-05;
    RULEBOOK §5: loyalty to a cause and close ties are interests too, and are in no organisation."""
    if details.has_no_organisation:
        if details.organisations:
            raise RuleBroken("Either enter an organisation or say that there is none", field="organisation")
        return
    if not details.organisations or not all(each.text.strip() for each in details.organisations):
        raise RuleBroken("Enter the organisation", field="organisation")


_TITLED = re.compile(r"\b(?:Dr|Mr|Mrs|Ms|Miss|Mx|Prof|Professor|Sir|Dame)\.? +([A-Z][\w’'-]+(?: [A-Z][\w’'-]+)?)")
_FIRM = (
    r"(?:Ltd|Limited|Surgery|Practice|Trust|Hospital|Health|Medical|Centre|University|College|School|Council|Federation|PCN|LLP|"
    r"The|A|I|NHS)\b"
)
_WORD = rf"(?!{_FIRM})[A-Z][a-zà-ÿ’'-]+"
_RELATED = re.compile(
    r"\b(?:husband|wife|spouse|partner|son|daughter|child|brother|sister|mother|father|parent|cousin|uncle|aunt|nephew|niece|friend)"
    rf"(?:,? (?:is |called |named )?)({_WORD}(?: {_WORD})?)\b(?! {_FIRM})"
)


def apparent_name(text: str) -> str:
    """Returns what looks like the name of a person in the description of somebody else's interest; empty where nothing does. It may be
    wrong, so that it only warns. Rule: DECL-05; RULEBOOK §26 no. 12."""
    found = _TITLED.search(text) or _RELATED.search(text)
    return found.group(1) if found else ""


def check_agreer(
    *, agreer_id: uuid.UUID | None, holder_id: uuid.UUID, named_id: uuid.UUID | None, named: str = ""
) -> None:
    """Raises RuleBroken where somebody may not agree what is done about an interest: their own, or one of a group for which the body
    named somebody else (`named`). Is whoever was named the holder, anybody else who may agree at all does. Rule: DECL-07; RULEBOOK
    §6.3: nobody approves their own mitigation."""
    if agreer_id is not None and agreer_id == holder_id:
        raise RuleBroken("You cannot agree the mitigation of your own interest. Ask a colleague", rule="DECL-07")
    if named_id not in (None, holder_id, agreer_id):
        raise RuleBroken(f"{named} agrees this: your organisation named them for it", rule="DECL-07")


def check_dates(
    *, arose_on: date | None, ended_on: date | None, aware_on: date | None, is_pursuing: bool, today: date
) -> None:
    """Raises RuleBroken where the dates of an interest cannot be. Nobody is aware of an interest before there is one: the clock of the
    law (DECL-01) would run before the clock of the guidance (DECL-02), and call a declaration late that was not; only one that is
    pursued may be known before it starts. Rules: DECL-06, DECL-09; RULEBOOK §6.2."""
    if arose_on is None and not is_pursuing:
        raise RuleBroken("Enter the date the interest started", field="arose_on", rule="DECL-06")
    if arose_on and arose_on > today and not is_pursuing:
        raise RuleBroken(
            "The date the interest started must be in the past, unless you are still pursuing it",
            field="arose_on",
            rule="DECL-09",
        )
    check_end(arose_on=arose_on, ended_on=ended_on, today=today)
    if aware_on and aware_on > today:
        raise RuleBroken("The date you became aware must be today or in the past", field="aware_on", rule="DECL-06")
    if aware_on and arose_on and aware_on < arose_on and not is_pursuing:
        raise RuleBroken(
            f"The date you became aware must not be before the start, {arose_on.day} {arose_on:%B %Y}. Leave it empty if you knew from "
            "the start",
            field="aware_on",
            rule="DECL-06",
        )


def check_end(*, arose_on: date | None, ended_on: date | None, today: date) -> None:
    """Raises RuleBroken where an interest cannot have ended on that day: before it started, or later than today. Rule: DECL-06."""
    if ended_on and arose_on and ended_on < arose_on:
        raise RuleBroken(
            f"The date the interest ended must be the same as or after the date it started, {arose_on.day} {arose_on:%B %Y}",
            field="ended_on",
            rule="DECL-06",
        )
    if ended_on and ended_on > today:
        raise RuleBroken("The date the interest ended must be today or in the past", field="ended_on", rule="DECL-06")


def check_paper(declared_on: date | None, *, today: date) -> None:
    """Raises RuleBroken where a paper that somebody enters is dated later than today. Rule: DECL-06."""
    if declared_on is not None and declared_on > today:
        raise RuleBroken(
            "The date on the declaration must be today or in the past", field="declared_on", rule="DECL-06"
        )


def check_nil(open_interests: Sequence[str]) -> None:
    """Raises RuleBroken where somebody says to have nothing to declare while interests of theirs stand on the register (their
    references). A register that says both is worth nothing. Rule: DECL-04; RULEBOOK §6.3."""
    if open_interests:
        raise RuleBroken(
            f"The register shows interests that have not ended: {', '.join(open_interests)}",
            rule="DECL-04",
            options=("end each of them first, if they have ended", "confirm that nothing has changed"),
        )


def check_confirmation(open_interests: Mapping[uuid.UUID, str], answered: Collection[uuid.UUID]) -> None:
    """Raises RuleBroken where a confirmation does not answer for exactly the interests that stand on the register (their references by
    key): another one came, or one ended meanwhile. Rule: DECL-04; RULEBOOK §6.1."""
    if not open_interests and not answered:
        raise RuleBroken(
            "There is no interest on the register to confirm",
            rule="DECL-04",
            options=("declare an interest", "say that you have nothing to declare"),
        )
    missing = sorted(reference for key, reference in open_interests.items() if key not in answered)
    if missing:
        raise RuleBroken(
            f"The register shows another interest of yours since you began: {', '.join(missing)}",
            rule="DECL-04",
            options=("go back and answer for it too",),
        )
    if set(answered) - set(open_interests):
        raise RuleBroken(
            "An interest that you answered for has ended since you began",
            rule="DECL-04",
            options=("go back and look at your answers",),
        )


@dataclass(frozen=True)
class Lateness:
    """How many days after each clock's limit an interest was declared; 0 where it was in time or the date is not known.
    `after_arising` is the guidance's clock, `after_awareness` the statute's."""

    after_arising: int
    after_awareness: int

    @property
    def short(self) -> str:
        """Fit for a tag in a table."""
        if self.after_awareness:
            return f"{_days(self.after_awareness)} late by law"
        return f"{_days(self.after_arising)} late by the guidance" if self.after_arising else ""

    @property
    def days(self) -> str:
        """How late by the clock that counts, in words."""
        return _days(self.after_awareness or self.after_arising)

    @property
    def sentence(self) -> str:
        if self.after_awareness:
            return f"Declared {_days(self.after_awareness)} later than the law allows"
        if self.after_arising:
            return f"Declared {_days(self.after_arising)} later than the guidance asks"
        return ""

    def __bool__(self) -> bool:
        return bool(self.after_arising or self.after_awareness)


def _days(number: int) -> str:
    return "1 day" if number == 1 else f"{number:,} days"


def lateness(
    *,
    arose_on: date | None,
    aware_on: date | None,
    declared_on: date,
    limit_days: int,
    arising_days: int | None = None,
    bound_on: date | None = None,
    or_before: bool = False,
) -> Lateness:
    """Returns how late a declaration was on both clocks: `limit_days` from becoming aware, `arising_days` from arising (the same where
    it is None); neither starts before `bound_on`, the first day on which the person held a post or a seat and had to declare at all.
    With `or_before`, where `declared_on` is only the latest day that it can have been, nothing shows that it was late.
    Rules: DECL-01 (from becoming aware), DECL-02 (from arising), DECL-03 (on appointment); calendar days, RULEBOOK §3, §6.2."""

    def over(start: date | None, days: int) -> int:
        return max((declared_on - max(start, bound_on or start)).days - days, 0) if start and not or_before else 0

    after_arising = over(arose_on, limit_days if arising_days is None else arising_days)
    return Lateness(after_arising=after_arising, after_awareness=over(aware_on, limit_days))


def is_stale(last_declared_on: date | None, *, on: date, refresh_months: int) -> bool:
    """Whether a person's last declaration or nil return is missing or older than the refresh that the rule-set asks for.
    Rule: DECL-04."""
    return last_declared_on is None or months_after(last_declared_on, refresh_months) < on


@dataclass(frozen=True)
class Refresh:
    """When somebody last declared and by when to declare again (None: these rules ask for no refresh, or there was none yet)."""

    last_on: date | None
    due_on: date | None
    is_stale: bool
    or_before: bool = False

    @property
    def last_words(self) -> str:
        return DeclaredOn(self.last_on, self.or_before).words if self.last_on else ""


def refresh(last_declared_on: date | None, *, on: date, refresh_months: int | None) -> Refresh:
    """Returns when a person's declarations are due again. Without a figure in the rules, only a missing one is stale. Rule: DECL-04."""
    if last_declared_on is None:
        return Refresh(None, None, True)
    if refresh_months is None:
        return Refresh(last_declared_on, None, False)
    due = months_after(last_declared_on, refresh_months)
    return Refresh(last_declared_on, due, is_stale(last_declared_on, on=on, refresh_months=refresh_months))


def is_on_public_tail(ended_on: date | None, *, on: date, months: int) -> bool:
    """Whether an ended interest is still within its public months. Rule: REG-03."""
    return ended_on is not None and on <= months_after(ended_on, months)


def must_declare_by(on: date, limit_days: int) -> date:
    """Returns the last day on which an interest that became known on a date is declared in time. Rule: DECL-01."""
    return on + timedelta(days=limit_days)
