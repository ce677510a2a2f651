"""Who a row is about: a person who is known, a new one, or a namesake that a person has to choose. Nobody is merged silently. Pure."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Protocol

from coi.organisations.naming import folded
from coi.people.vocabulary import PersonDetails
from coi.registers.importing.name_likeness import NamesAlike
from coi.registers.importing.vocabulary import NEW_PERSON, Answers, Holder, KnownPerson
from coi.wording import day

AS = "as:"
_SAME_TITLE = {"professor": "prof", "councillor": "cllr", "revd": "rev"}


class Named(Protocol):
    """A row that names somebody, with their position."""

    @property
    def key(self) -> str: ...
    @property
    def who(self) -> PersonDetails: ...
    @property
    def position(self) -> str: ...


class Holders:
    """The people in a file, each found once."""

    def __init__(self, stated: Sequence[Named], people: Iterable[KnownPerson], answers: Answers) -> None:
        self._by_family: dict[str, list[KnownPerson]] = defaultdict(list)
        self._by_id: dict[str, KnownPerson] = {}
        people = tuple(people)
        self._alike = NamesAlike((person.who, person) for person in people)
        for person in people:
            self._by_family[_family(person.who)].append(person)
            self._by_id[person.id] = person
        self._answers, self._remembered = answers.people, answers.remembered
        self._named = _named_in(stated)
        self._found: dict[str, Holder] = {}

    def of(self, stated: Named) -> Holder:
        """Returns whom a row is about."""
        key = self._named[stated.key].key
        if key not in self._found:
            self._found[key] = self._holder(self._named[stated.key], stated)
        return self._found[key]

    def _holder(self, named: "_Named", stated: Named) -> Holder:
        found, doubtful = candidates(stated.who, stated.position, self._by_family[_family(stated.who)])
        if found is None:
            doubtful = tuple({each.id: each for each in (*doubtful, *self._alike.of(stated.who))}.values())
        choices = tuple((each.id, _words(each)) for each in ((found,) if found else ()) + tuple(doubtful))
        if named.first is not None:
            other = self._found[named.first.key]
            as_first = f"The same person as {other.position or 'the one above'} in this file"
            choices = (*choices, (f"{AS}{named.first.key}", as_first))
        for said, is_remembered in ((self._answers, False), (self._remembered, True)):
            answer = next((said[each] for each in (named.key, named.short) if each in said), "")
            if (answered := self._answered(named.key, stated, answer)) is not None:
                offered = _offering(choices, self._by_id.get(answer))
                return replace(
                    answered, asked=named.key, said=answer, offered=offered, is_remembered=is_remembered
                )  # fmt: skip
        if found is not None and (named.first is None or _holds(found, stated.position)):
            return _known(named.key, stated, found)
        return Holder(named.key, stated.who, stated.position, choices=_offering(choices) if choices else ())

    def _answered(self, key: str, stated: Named, answer: str) -> Holder | None:
        """Whom an answer means; None where it means nobody who is known, any more."""
        if answer == NEW_PERSON:
            return Holder(key, stated.who, stated.position)
        if answer in self._by_id:
            return _known(key, stated, self._by_id[answer])
        return self._found.get(answer.removeprefix(AS)) if answer.startswith(AS) else None


def _offering(choices: Sequence[tuple[str, str]], chosen: KnownPerson | None = None) -> tuple[tuple[str, str], ...]:
    """Whom somebody can choose: those whom the name may mean, whoever was chosen, and a new person."""
    if chosen is not None and chosen.id not in {value for value, _ in choices}:
        choices = (*choices, (chosen.id, _words(chosen)))
    return (*choices, (NEW_PERSON, "A new person"))


def candidates(
    who: PersonDetails, position: str, of_family: Sequence[KnownPerson]
) -> tuple[KnownPerson | None, tuple[KnownPerson, ...]]:
    """Returns the known person that a name means for certain, or None and everybody whom it may mean. Certain is: the same email
    address; the same names in full, no other title, at this body, and nobody else of that name; or, among several, the only one who
    holds the stated post."""
    by_email = [each for each in of_family if who.email and each.who.email == who.email]
    if len(by_email) == 1:
        return by_email[0], ()
    exact = [each for each in of_family if folded(each.who.given_names) == folded(who.given_names)]
    alike = [each for each in of_family if each in exact or _initials_fit(each.who, who)]
    agreeing = [each for each in exact if _titles_agree(each.who, who)]
    if len(alike) == 1 and agreeing and agreeing[0].is_here and (_is_full(who) or _same_title(agreeing[0].who, who)):
        return agreeing[0], ()
    in_post = [each for each in alike if _titles_agree(each.who, who) and _holds(each, position)]
    if len(in_post) == 1 and in_post[0].is_here:
        return in_post[0], ()
    return None, tuple(alike)


@dataclass(eq=False)
class _Named:
    """Somebody in a file, as the file names them: two of one name stand apart where their positions or email addresses differ. `first`:
    the one of that name who stands further up."""

    plain: str
    post: str
    email: str
    first: "_Named | None" = None

    @property
    def key(self) -> str:
        """What tells them apart in this file and in the next, in whatever order the rows stand there."""
        return f"{self.plain}|{self.post}|{self.email}"

    @property
    def short(self) -> str:
        """The key by which earlier imports remember them."""
        return self.plain if self.first is None else f"{self.plain}|{self.post}"

    def may_be(self, post: str, email: str) -> bool:
        return self.post in ("", post or self.post) and self.email in ("", email or self.email)


def _named_in(stated: Iterable[Named]) -> Mapping[str, _Named]:
    """The person of each row, by its key. Where one name stands with another position or address, that may be somebody else, in an
    alphabetical list right below."""
    found: dict[str, _Named] = {}
    of_name: dict[str, list[_Named]] = defaultdict(list)
    above: _Named | None = None
    for each in stated:
        plain = " ".join(part for part in (_title(each.who), folded(each.who.given_names), _family(each.who)) if part)
        post, email, known = folded(each.position), each.who.email, of_name[plain]
        nearest = [above] if above is not None and above in known else []
        above = next((one for one in (*nearest, *known) if one.may_be(post, email)), None)
        if above is None:
            above = _Named(plain, post, email, known[0] if known else None)
            known.append(above)
        above.post, above.email = above.post or post, above.email or email
        found[each.key] = above
    return found


def told_of_leaver(holder: Holder) -> Iterator[str]:
    """Yields what becomes of the interest of somebody who has left; nothing for whoever is here."""
    if holder.left_on:
        yield f"They left on {day(holder.left_on)}. Their interest is kept, and they get no post by this import"


def _known(key: str, stated: Named, person: KnownPerson) -> Holder:
    return Holder(key, stated.who, stated.position, person.id, person.is_here, person.name, left_on=person.left_on)


def _words(person: KnownPerson) -> str:
    where = ", ".join(person.posts) if person.posts else "no post here"
    if person.left_on:
        where = f"{where}, left on {person.left_on.day} {person.left_on:%B %Y}"
    return f"{person.name} ({where})"


def _family(who: PersonDetails) -> str:
    return folded(who.family_name) or folded(who.given_names)


def _title(who: PersonDetails) -> str:
    title = folded(who.title)
    return _SAME_TITLE.get(title, title)


def _titles_agree(first: PersonDetails, second: PersonDetails) -> bool:
    return not first.title or not second.title or _same_title(first, second)


def _same_title(first: PersonDetails, second: PersonDetails) -> bool:
    return bool(_title(first)) and _title(first) == _title(second)


def _is_full(who: PersonDetails) -> bool:
    """Whether the given name is more than initials."""
    return any(len(word) > 1 for word in folded(who.given_names).split()) or not who.family_name


def _initials_fit(first: PersonDetails, second: PersonDetails) -> bool:
    """Whether one given name may be the other, shortened: "A" and "Ann", "Ann" and "Ann Jane"; a missing one fits any."""
    one, other = folded(first.given_names).split(), folded(second.given_names).split()
    return all(a == b or (1 in (len(a), len(b)) and a[0] == b[0]) for a, b in zip(one, other, strict=False))


def _holds(person: KnownPerson, position: str) -> bool:
    return bool(position) and folded(position) in {folded(post) for post in person.posts}
