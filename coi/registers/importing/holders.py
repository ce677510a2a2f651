"""Who a row is about: a person who is known, a new one, or a namesake that a person has to choose. Nobody is merged silently. Pure."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from coi.organisations.naming import folded
from coi.people.vocabulary import PersonDetails
from coi.registers.importing.vocabulary import NEW_PERSON, Answers, Holder, KnownPerson, Stated

AS = "as:"
_SAME_TITLE = {"professor": "prof", "councillor": "cllr", "revd": "rev"}


class Holders:
    """The people in a file, each found once."""

    def __init__(self, stated: Sequence[Stated], people: Iterable[KnownPerson], answers: Answers) -> None:
        self._by_family: dict[str, list[KnownPerson]] = defaultdict(list)
        self._by_id: dict[str, KnownPerson] = {}
        for person in people:
            self._by_family[_family(person.who)].append(person)
            self._by_id[person.id] = person
        self._answers = answers.people
        self._keys = _keys_of(stated)
        self._found: dict[str, Holder] = {}

    def of(self, stated: Stated) -> Holder:
        """Returns whom a row is about."""
        key = self._keys[stated.key]
        if key not in self._found:
            self._found[key] = self._holder(key, stated)
        return self._found[key]

    def _holder(self, key: str, stated: Stated) -> Holder:
        answer = self._answers.get(key, "")
        first = key.partition("|")[0]
        if answer.startswith(AS) and answer.removeprefix(AS) in self._found:
            return self._found[answer.removeprefix(AS)]
        if answer == NEW_PERSON:
            return Holder(key, stated.who, stated.position)
        if answer in self._by_id:
            return _known(key, stated, self._by_id[answer])
        found, doubtful = candidates(stated.who, stated.position, self._by_family[_family(stated.who)])
        if found is not None and (key == first or _holds(found, stated.position)):
            return _known(key, stated, found)
        choices = tuple((each.id, _words(each)) for each in ((found,) if found else ()) + tuple(doubtful))
        if key != first:
            other = self._found[first]
            choices = (
                *choices,
                (f"{AS}{first}", f"The same person as {other.position or 'the one above'} in this file"),
            )
        if choices:
            return Holder(key, stated.who, stated.position, choices=(*choices, (NEW_PERSON, "A new person")))
        return Holder(key, stated.who, stated.position)


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


def _keys_of(stated: Iterable[Stated]) -> Mapping[str, str]:
    """The key of each row's person. Where one name stands with another position, that may be somebody else, in an alphabetical list
    right below: then the key has the position too."""
    keys: dict[str, str] = {}
    first_post: dict[str, str] = {}
    above = ("", "")
    for each in stated:
        plain = " ".join(part for part in (_title(each.who), folded(each.who.given_names), _family(each.who)) if part)
        post = folded(each.position)
        if post and first_post.setdefault(plain, post) != post:
            key = f"{plain}|{post}"
        else:
            key = above[1] if not post and above[0] == plain else plain
        keys[each.key], above = key, (plain, key)
    return keys


def _known(key: str, stated: Stated, person: KnownPerson) -> Holder:
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
