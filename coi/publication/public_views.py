"""The public site: what anybody may read of a body's registers, without signing in. Nothing here changes anything."""

import uuid
from collections.abc import Mapping, Sequence
from string import ascii_uppercase
from urllib.parse import urlencode

from flask import g, request, url_for
from werkzeug.wrappers import Response

from coi import clock
from coi.errors import NotFound
from coi.publication import file_views as file_views  # adds its routes to the blueprint
from coi.publication import looking, queries, saying
from coi.publication.asking import Question, read_question
from coi.publication.caching import public_answer
from coi.publication.catalogue import INTERESTS, REGISTERS, Register, register_of
from coi.publication.choice_queries import choices
from coi.publication.looking import Published
from coi.publication.near_queries import meant
from coi.publication.non_declarers_views import missing  # its page is added to the blueprint
from coi.publication.public_blueprint import bp as bp
from coi.publication.register_queries import PublicPage, public_page, public_record, record_that_left
from coi.publication.releases import has_releases
from coi.publication.vocabulary import CHANGE_WORDS, LastHeld, ShownRow, SortBy
from coi.registers.interests.columns import partnerships_of
from coi.registers.vocabulary import RegisterKind
from coi.web.access import public
from coi.web.forms import PageError
from coi.web.numbers import read_number
from coi.web.pages import page


def _statement(register: RegisterKind = RegisterKind.INTERESTS) -> str:
    return saying.retention_statement(g.body, register)


def _published(kind: str, number: int | None = None) -> Published:
    return looking.published(g.body.id, register_of(kind), at=clock.now(), number=number)


def _marks(*found: Published, statement: str | None = None) -> str:
    return saying.marks(g.body, found, statement)


@bp.get("/")
@public
def home() -> Response:
    """The registers of a body that anybody may read."""
    found, statement = looking.all_published(g.body.id, at=clock.now()), _statement()
    return public_answer(
        _marks(*found, statement=statement),
        lambda: page(
            "publication/public/home.html", found=found, registers=REGISTERS, statement=statement,
            missing=next((missing(each) for each in found if each.register is INTERESTS), None),
        ),
    )  # fmt: skip


@bp.get("/<string:kind>")
@public
def register(kind: str) -> Response:
    """A register as it was last published."""
    try:
        found = _published(kind)
    except NotFound:
        return page("publication/public/nothing_yet.html", register=register_of(kind))
    return _answer(found)


@bp.get("/<string:kind>/editions/<int:edition>")
@public
def edition(kind: str, edition: int) -> Response:
    """A register as an earlier edition said it, without what may not be shown any more."""
    found = _published(kind, edition)
    return _answer(found)


def _answer(found: Published) -> Response:
    statement = _statement(found.register.kind)
    return public_answer(_marks(found, statement=statement), lambda: _register_page(found, statement))


def _register_page(found: Published, statement: str) -> Response:
    question = read_question(request.args, found.register)
    shown = public_page(found.shown, question.asked(found.register))
    columns = {column.name: column for column in found.register.shape.columns}
    values = choices(found.shown, found.register.choices)
    offered = [(columns[name], listed) for name, listed in values.items()]
    return page(
        "publication/public/register.html", found=found, question=question, shown=shown, offered=offered, statement=statement,
        selection=_selection(found, question), meant=_meant(found, question) if not shown.rows else [],
        previous=_address(question, shown.previous, "before"), next=_address(question, shown.next, "after"),
        letters=_letters(found.register), whole=_here(), wider=_here(find=question.find),
        sorts=_sorts(found.register, question), base=url_for(".home"), is_past=not found.shown.is_newest,
        others=[each for each in REGISTERS.values() if each is not found.register], has_releases=has_releases(found),
    )  # fmt: skip


def _here(**arguments: str) -> str:
    """The address of the page without, or with other, arguments."""
    return _asking(url_for(request.endpoint or "", **(request.view_args or {})), arguments)


def _asking(address: str, arguments: Mapping[str, str]) -> str:
    """An address with what is asked of a register, whose columns may be named like a part of the address itself."""
    return f"{address}?{urlencode(arguments)}" if arguments else address


def _meant(found: Published, question: Question) -> list[tuple[str, str]]:
    """The names that the visitor may have meant, each with the address that asks for it and keeps the filters."""
    return [(each.name, _here(**each.question.arguments())) for each in meant(found.shown, question)]


def _selection(found: Published, question: Question) -> list[tuple[str, str]]:
    """The files of just what the page asks for: what each is called, and its address. None where it asks for everything."""
    past = {} if found.shown.is_newest else {"edition": str(found.edition.number)}
    files = (("CSV", "csv_file"), ("JSON", "json_file")) if question.is_narrowed else ()
    return [
        (name, _asking(url_for(f".{file}", kind=found.register.kind), question.arguments() | past))
        for name, file in files
    ]


def _letters(register: Register) -> list[tuple[str, str]]:
    """Where the names of each letter begin, of a register that is ordered by people's names."""
    here = _here()
    return [(letter, f"{here}?letter={letter.lower()}") for letter in ascii_uppercase] if register.person else []


def _address(question: Question, key: str, name: str) -> str:
    return _here(**question.arguments(**{name: key})) if key else ""


def _sorts(register: Register, question: Question) -> list[tuple[str, str, bool]]:
    """The orders: what each is called, its address, and whether it is the present one."""
    words = {SortBy.NAME: register.order_words, SortBy.SUBJECT: register.subject_words, SortBy.NEWEST: "Newest change"}
    return [
        (text, _here(**question.arguments(sort="" if sort is SortBy.NAME else sort.value)), sort is question.sort)
        for sort, text in words.items()
    ]


@bp.get("/<string:kind>/record/<path:reference>")
@public
def record(kind: str, reference: str) -> Response:
    """One record of a register, under its reference for good."""
    found = _published(kind)
    (row, since), last = public_record(found.shown, reference), None
    if row is None:
        row, last = _left(found, reference)
    if row is None:
        return page(
            "publication/public/left.html",
            410,
            found=found,
            reference=reference,
            statement=_statement(found.register.kind),
        )
    partnerships = () if last or found.register is not INTERESTS else partnerships_of(row.values)
    return public_answer(
        _marks(found),
        lambda: page("publication/public/record.html", found=found, row=row, last=last, base=url_for(".home"), since=since,
                     partnerships=partnerships, days=queries.days_of_editions(g.body.id, found.register.kind)),
    )  # fmt: skip


def _left(found: Published, reference: str) -> tuple[ShownRow | None, LastHeld | None]:
    """A record that left the register, while past editions show it; after that, or where it is withheld by now, nothing of it."""
    row, number = record_that_left(looking.of_the_past(found, clock.now()).shown, reference)
    if row is None:
        return None, None
    days = queries.days_of_editions(g.body.id, found.register.kind)
    return row, LastHeld(number, days[number], days.get(number + 1))


@bp.get("/people/<uuid:holder_id>")
@public
def person(holder_id: uuid.UUID) -> Response:
    """All that the registers say about one person."""
    found, pages = _holdings("person", str(holder_id))
    name = str(pages[0][1].rows[0].values["name"])
    return public_answer(
        _marks(*found), lambda: page("publication/public/person.html", pages=pages, name=name, base=url_for(".home"))
    )


@bp.get("/organisations/<string:ods_code>")
@public
def organisation(ods_code: str) -> Response:
    """Who holds an interest in one organisation."""
    found, pages = _holdings("organisation", ods_code)
    name = _name_of(ods_code, pages)
    return public_answer(
        _marks(*found), lambda: page("publication/public/organisation.html", pages=pages, name=name, code=ods_code, base=url_for(".home")),
    )  # fmt: skip


def _holdings(column: str, value: str) -> tuple[list[Published], list[tuple[Published, PublicPage]]]:
    found = looking.all_published(g.body.id, at=clock.now())
    pages = looking.holdings(found, column, value)
    if not pages:
        raise NotFound("The public registers do not name it")
    return found, pages


def _name_of(code: str, pages: Sequence[tuple[Published, PublicPage]]) -> str:
    """What the registers call the organisation of a code: the text that stands where the code does; empty where that is not plain."""
    for found, shown in pages:
        for row in shown.rows:
            codes, texts = row.values.get(found.register.organisation), row.values.get(found.register.subject)
            if codes == code and texts:  # a register of which each row names one organisation
                return "; ".join(texts) if isinstance(texts, tuple) else str(texts)
            if isinstance(codes, tuple) and isinstance(texts, tuple) and len(codes) == len(texts) and code in codes:
                return texts[codes.index(code)]
    return ""


@bp.get("/<string:kind>/editions")
@public
def editions(kind: str) -> Response:
    """What was published of a register, and when."""
    found = _published(kind)
    listed = queries.editions(g.body.id, found.register.kind)
    return public_answer(_marks(found), lambda: page("publication/public/editions.html", found=found, editions=listed))


@bp.get("/<string:kind>/changes")
@public
def changes(kind: str) -> Response:
    """What changed from one edition of a register to another."""
    found = _published(kind)
    listed = queries.editions(g.body.id, found.register.kind)
    days = {each.number: each.as_at for each in listed}
    earlier, later, error = _span(found.shown.newest)
    if error:
        return page("publication/public/changes.html", found=found, editions=listed, days=days, earlier=max(0, found.shown.newest - 1),
                    later=found.shown.newest, wrong=[PageError(error, "from")])  # fmt: skip
    compared = looking.differences(looking.of_the_past(found, clock.now()).shown, earlier, later)
    return public_answer(
        _marks(found),
        lambda: page("publication/public/changes.html", found=found, editions=listed, compared=compared, words=CHANGE_WORDS, days=days,
                     earlier=earlier, later=later),
    )  # fmt: skip


def _span(newest: int) -> tuple[int, int, str]:
    """The editions that the address asks to compare, 0 for the time before the first; or what is wrong with what it asks."""
    try:
        later = read_number(request.args.get("to") or str(newest))
        earlier = read_number(request.args.get("from") or str(max(0, later - 1)))
    except ValueError:
        return 0, 0, "Choose the two editions from the lists: what was asked for is not the number of an edition"
    if max(earlier, later) > newest:
        return 0, 0, f"There is no edition {max(earlier, later)}. The newest is edition {newest}"
    if earlier >= later:
        return 0, 0, "Choose an edition under From that is earlier than the one under To"
    return earlier, later, ""
