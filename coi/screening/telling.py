"""Which words of a text can tell one organisation from another: none that say a role, a relation or a kind of organisation. Pure."""

from coi.screening.names import COMMISSIONER_WORDS, COMPANY_WORDS, FOREIGN_WORDS, LINKS, TYPE_WORDS, WAYS, words
from coi.screening.noise import NOISE, SURE_TYPES
from coi.screening.roles import is_relation, role_of
from coi.screening.vocabulary import Role

_GENERIC = (
    TYPE_WORDS | FOREIGN_WORDS | LINKS | WAYS | NOISE | {"primary", "care", "community", "family", "first", "local"}
)
_KINDS = (SURE_TYPES | (FOREIGN_WORDS - COMPANY_WORDS)) - COMMISSIONER_WORDS - {"doctor"}
_SHORTEST = 4  # "Elm" and "Ash" stand in too many names


def telling_words(text: str) -> frozenset[str]:
    """Returns the words of `text` that can tell one organisation from another, as names are compared."""
    return frozenset(each.text for each in words(text) if not _says_nothing(each.text))


def is_named_in(text: str, name: str) -> bool:
    """Whether `text` names the organisation `name`: its telling words stand there as one name, with nothing that makes it another
    ("Alpha Dental" is not "Alpha Diagnostics"). A name of nothing but generic words is never recognised."""
    sought = telling_words(name)
    if not sought or not any(sought <= run.keys() and not _goes_on(run, sought) for run in _runs(text)):
        return False
    said, named = ({each.text for each in words(one)} & _KINDS for one in (text, name))
    return named & FOREIGN_WORDS <= said and (not said or not named or bool(said & named))


def _runs(text: str) -> list[dict[str, str]]:
    """The telling words of a text that stand side by side, with how each is written."""
    runs: list[dict[str, str]] = [{}]
    for each in words(text):
        if each.hard or _says_nothing(each.text):
            runs.append({})
        if not _says_nothing(each.text):
            runs[-1][each.text] = each.raw
    return runs


def _goes_on(run: dict[str, str], sought: frozenset[str]) -> bool:
    return any(raw[:1].isupper() for word, raw in run.items() if word not in sought)


def _says_nothing(word: str) -> bool:
    if len(word) < _SHORTEST or not word.isalpha():
        return True
    return any(
        form in _GENERIC or is_relation(form) or role_of(form) is not Role.UNKNOWN
        for form in (word, word.removesuffix("s"))
    )
