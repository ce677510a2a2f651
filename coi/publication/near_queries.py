"""The names on a public register that somebody may mean whose words found nothing, read from what may be seen today and nothing else."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from coi.publication.asking import Question
from coi.publication.catalogue import Register
from coi.publication.content import column_word, words_in
from coi.publication.nearness import near_names, near_words, trials
from coi.publication.register_queries import Shown, public_page
from coi.publication.vocabulary import ShownRow
from coi.publication.word_queries import are_known, words_like

MOST_WORDS = 5


@dataclass(frozen=True)
class Meant:
    """A name that the visitor may mean, and the question that asks for it instead."""

    name: str
    question: Question


def meant(edition: Shown, question: Question) -> list[Meant]:
    """Returns the names of people and organisations on the register that are near to the words of a question which found nothing; the
    rest of the question stays as it is. Rule: REG-06."""
    for field, column in (("find", ""), ("about", edition.register.subject)):
        text = getattr(question, field)
        for trial in _trials(edition, text, column):
            near = near_names(text, set(_names(edition, question, field, trial)))
            if near:
                return [Meant(name, _instead(question, field, name)) for name in near]
    return []


def _instead(question: Question, field: str, text: str) -> Question:
    return replace(question, **{field: text}, after="", before="", letter="")


def _trials(edition: Shown, text: str, column: str) -> list[str]:
    """What to look for instead of a text."""
    words = words_in(text)[:MOST_WORDS]
    start = column_word(column, "") if column else ""
    known = are_known(edition.shelf_id, [start + word for word in words])
    wanted = [word for word, is_there in zip(words, known, strict=True) if not is_there or all(known)]
    like = dict(zip(wanted, words_like(edition.shelf_id, start, wanted), strict=True))
    near = [near_words(word, like.get(word, ())) for word in words]
    return trials(words, near, known)


def _names(edition: Shown, question: Question, field: str, trial: str) -> Iterator[str]:
    for row in public_page(edition, _instead(question, field, trial).asked(edition.register)).rows:
        yield from _named(row, edition.register)


def _named(row: ShownRow, register: Register) -> Iterator[str]:
    """The person and the organisations that a row names, as it may be seen."""
    for column in ("name", register.subject) if register.person else (register.subject,):
        value = row.values.get(column)
        yield from value if isinstance(value, tuple) else (str(value),) if value else ()
