"""What a list from outside makes one ask which member. Pure."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date

from coi.clock import months_after
from coi.organisations.naming import folded
from coi.people.vocabulary import PersonDetails
from coi.registers.prompts.vocabulary import About, Award, Declared, Member, OutsideFile, Outsider, Prompt, PromptKind
from coi.screening.names import company_key
from coi.screening.terms import RECENT_MONTHS
from coi.wording import day

ASK = "Is this you?"


def prompts_from(file: OutsideFile, members: Sequence[Member], *, on: date) -> list[Prompt]:
    """Returns the questions to members that a file suggests, each once, those that more than a name speaks for first. Whoever declared
    an interest in the organisation is not asked, nor about what ended longer ago than an interest counts.
    Source: USERS W11; RULEBOOK §24 F5 for how long."""
    since = months_after(on, -RECENT_MONTHS)
    recent = [each for each in file.people if each.until is None or each.until >= since]
    by_family: dict[str, list[Outsider]] = {}
    for each in recent:
        by_family.setdefault(_family(each.who), []).append(each)
    awarded: dict[str, list[Award]] = {}
    for award in file.awards:
        awarded.setdefault(company_key(award.supplier), []).append(award)
    found = [
        prompt for member in members for prompt in _of_member(member, by_family.get(_family(member.who), ()), awarded)
    ]
    return sorted(dict.fromkeys(found), key=lambda each: each.is_weak)


def declared_suppliers(file: OutsideFile, members: Iterable[Member]) -> tuple[str, ...]:
    """Returns the suppliers of a file in which somebody declared an interest that stands: nobody is asked about these."""
    standing = {company_key(each.organisation) for one in members for each in one.interests if each.ended_on is None}
    return tuple(sorted({each.supplier for each in file.awards if company_key(each.supplier) in standing}))


def about_closed(members: Iterable[Member]) -> list[Prompt]:
    """Returns the questions to members whose entries name an organisation that has closed or merged since.
    Source: RULEBOOK §23 scenario 16."""
    return [
        Prompt(
            member.name, f"{_gone(each)} Has your interest gone over, or ended?", f"{each.reference} names it.",
            About(PromptKind.CLOSED, each.organisation, until=each.closed_on, interest_id=each.interest_id), person_id=member.id,
        )
        for member in members for each in member.interests if each.ended_on is None and each.has_closed
    ]  # fmt: skip


def _gone(interest: Declared) -> str:
    when = f" on {day(interest.closed_on)}" if interest.closed_on else ""
    into = f", and was succeeded by {' and '.join(interest.successors)}" if interest.successors else ""
    return f"{interest.organisation} closed{when}{into}."


def _of_member(member: Member, people: Sequence[Outsider], awards: Mapping[str, Sequence[Award]]) -> Iterator[Prompt]:
    standing = {company_key(each.organisation) for each in member.interests if each.ended_on is None}
    named = [each for each in people if _may_be(member.who, each.who)]
    births = {each.born for each in named if each.born}
    for each in named:
        if company_key(each.company) not in standing:
            yield _asked(member, each, len(births))
    ended = {company_key(each.organisation): each for each in member.interests if each.ended_on is not None}
    for key, past in ended.items():
        why = f"{past.reference} says that it ended on {day(past.ended_on)}."
        for award in () if key in standing else awards.get(key, ()):
            yield _awarded(member, award, past, "Has your interest in it ended?", why)
    for running, tie in ((each, tie) for each in member.interests if each.ended_on is None for tie in each.ties):
        key = company_key(tie.organisation)
        why = f"{running.reference} names {running.organisation}. {tie.words}, which no entry of yours names."
        for award in () if key in standing or key in ended else awards.get(key, ()):
            yield _awarded(member, award, running, "Have you an interest in it?", why)


def _awarded(member: Member, award: Award, entry: Declared, asks: str, why: str) -> Prompt:
    when = f" on {day(award.on)}" if award.on else ""
    said = f"{award.supplier} was awarded a contract{when}: {award.title}. {asks}"
    about = About(PromptKind.AWARD, award.supplier, since=award.on, until=entry.ended_on, interest_id=entry.interest_id)
    return Prompt(member.name, said, why, about, is_weak=True, person_id=member.id)


def _asked(member: Member, found: Outsider, births: int) -> Prompt:
    number = f" ({found.number})" if found.number else ""
    since = f" since {day(found.since)}" if found.since else ""
    until = f", until {day(found.until)}" if found.until else ""
    role = found.role.replace("-", " ").replace("llp ", "LLP ") or "director"
    said = f"A public list names somebody of this name as {role} of {found.company}{number}{since}{until}. {ASK}"
    about = About(PromptKind.OFFICER, found.company, found.number, found.role, found.since, found.until, found.born)
    place = next((each for each in member.interests if each.postcode and _same_place(each, found)), None)
    if place is not None:
        why = f"The same name, at the postcode of {place.organisation} in {place.reference}."
        return Prompt(member.name, said, why, about, person_id=member.id)
    why = "Only the name is the same, and other people may bear it."
    if births > 1:
        why = f"Only the name is the same, and the list has {births} people who bear it."
    elif not _is_full(member.who, found.who):
        why = "Only the family name and an initial are the same."
    return Prompt(member.name, said, why, about, is_weak=True, person_id=member.id)


def _same_place(interest: Declared, found: Outsider) -> bool:
    return interest.postcode.replace(" ", "").casefold() == found.postcode.replace(" ", "").casefold()


def _may_be(one: PersonDetails, other: PersonDetails) -> bool:
    """Whether two names may be one person's: the family name, and the first given name or its initial. Whoever has one name is only
    somebody who has that one too."""
    if not _family(one) or _family(one) != _family(other):
        return False
    first, second = _first(one), _first(other)
    return first == second or (min(len(first), len(second)) == 1 and first[0] == second[0])


def _is_full(one: PersonDetails, other: PersonDetails) -> bool:
    return _first(one) == _first(other) and len(_first(one)) != 1


def _family(who: PersonDetails) -> str:
    """The family name, or the one name of somebody who has no other. Source: USERS d.2."""
    return folded(who.family_name) or folded(who.given_names)


def _first(who: PersonDetails) -> str:
    """The first given name; "" of somebody who has one name only."""
    return next(iter(folded(who.given_names).split()), "") if folded(who.family_name) else ""
