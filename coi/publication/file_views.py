"""The files of the public site: the register as CSV, JSON, workbook and PDF, the data package, and the feed of changes."""

import json
from collections.abc import Iterator
from typing import Any
from xml.etree import ElementTree as ET

from flask import Response as FlaskResponse
from flask import current_app, g, request, stream_with_context, url_for
from werkzeug.wrappers import Response

from coi import clock
from coi.config import Config
from coi.errors import NotFound
from coi.files.queries import content_of
from coi.files.serving import attachment_headers
from coi.publication import exporting, feed, looking, queries, saying
from coi.publication.asking import read_question
from coi.publication.caching import public_answer
from coi.publication.catalogue import register_of
from coi.publication.exporting import Line
from coi.publication.looking import Published
from coi.publication.models import PublishedFile
from coi.publication.public_blueprint import bp
from coi.publication.releases import has_releases, releases_of
from coi.publication.vocabulary import FileKind
from coi.registers.vocabulary import RegisterKind
from coi.web.access import public
from coi.web.numbers import read_number
from coi.web.pages import page

JSON, ATOM = "application/json", "application/atom+xml"


def _address(endpoint: str, **values: Any) -> str:
    """The whole address of a page, as the installation knows itself: never what a request says its host is."""
    config: Config = current_app.config["COI"]
    return f"{config.base_url}{url_for(f'.{endpoint}', **values)}"


def _found(kind: str) -> Published:
    """The register whose file is asked for: its newest edition, or the one that the address says."""
    asked = request.args.get("edition")
    try:
        number = None if asked is None else read_number(asked)
    except ValueError:
        raise NotFound("There is no such edition") from None
    return looking.published(g.body.id, register_of(kind), at=clock.now(), number=number)


def _lines(found: Published) -> Iterator[Line]:
    """The records of a file: those that the address asks for as the page does, otherwise all."""
    question = read_question(request.args, found.register)
    return (
        looking.lines_asked(found, question.asked(found.register)) if question.is_narrowed else looking.lines_of(found)
    )


def _marks(*found: Published) -> str:
    return saying.marks(g.body, found)


def _sent(found: Published, pieces: Iterator[str], media_type: str, ending: str) -> Response:
    """Sends a file piece by piece, so that no register is too large."""
    some = "-selection" if read_question(request.args, found.register).is_narrowed else ""
    name = f"{g.body.slug}-{found.register.kind}-{found.edition.as_at.isoformat()}{some}.{ending}"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return FlaskResponse(stream_with_context(pieces), mimetype=media_type, headers=headers)


@bp.get("/<string:kind>/register.csv")
@public
def csv_file(kind: str) -> Response:
    """The register as CSV, in UTF-8, with the names of its columns: all of it, or the entries that the address asks for."""
    found = _found(kind)
    days = queries.days_of_editions(g.body.id, found.register.kind)
    pieces = exporting.csv_of(found.register.shape, _lines(found), days, found.edition.number)
    return public_answer(_marks(found), lambda: _sent(found, pieces, "text/csv", "csv"))


@bp.get("/<string:kind>/register.json")
@public
def json_file(kind: str) -> Response:
    """The register as JSON, an array of records: all of it, or the entries that the address asks for."""
    found = _found(kind)
    days = queries.days_of_editions(g.body.id, found.register.kind)
    pieces = exporting.json_of(found.register.shape, _lines(found), days, found.edition.number)
    return public_answer(_marks(found), lambda: _sent(found, pieces, JSON, "json"))


@bp.get("/<string:kind>/datapackage.json")
@public
def package(kind: str) -> Response:
    """What the columns of the files mean, for programs (Frictionless data package)."""
    found = _found(kind)
    about = saying.about(g.body, found, _address("register", kind=kind))
    told = exporting.package_of(found.register.shape, about, has_releases=has_releases(found))
    text = json.dumps(told, ensure_ascii=False, indent=2)
    return public_answer(_marks(found), lambda: FlaskResponse(text, mimetype=JSON))


@bp.get("/procurement/releases.json")
@public
def releases() -> Response:
    """The register of procurement decisions as a release package (Open Contracting Data Standard)."""
    found, config = _found(RegisterKind.PROCUREMENT.value), current_app.config["COI"]

    def make() -> Response:
        address = _address("releases", edition=found.edition.number if "edition" in request.args else None)
        package = releases_of(found, address, config.ocds_prefix)
        return _sent(found, iter([json.dumps(package, ensure_ascii=False, indent=2)]), JSON, "releases.json")

    return public_answer(_marks(found), make)


@bp.get("/<string:kind>/register.xlsx")
@public
def workbook(kind: str) -> Response:
    """The register as a workbook."""
    return _made(kind, FileKind.XLSX)


@bp.get("/<string:kind>/register.pdf")
@public
def document(kind: str) -> Response:
    """The register as a tagged PDF, to print."""
    return _made(kind, FileKind.PDF)


def _made(kind: str, file_kind: FileKind) -> Response:
    """A file that was made beforehand and says what may be said today; otherwise a word that it is on its way."""
    found = _found(kind)
    if not found.shown.is_newest:
        raise NotFound("Only the newest edition is given out as a workbook and PDF")
    made = queries.published_file(found.shown.shelf_id, file_kind)
    if made is None or made.mark != saying.mark_of_file(g.body, found):
        waiting = _being_made(found, file_kind) if _reads_pages() else _in_a_word()
        waiting.headers["Retry-After"] = "60"
        waiting.headers["Cache-Control"] = "no-store"
        return waiting
    return public_answer(made.mark, lambda: _stored(made))


_WHAT = {FileKind.XLSX: "The Excel workbook", FileKind.PDF: "The PDF"}


def _being_made(found: Published, file_kind: FileKind) -> FlaskResponse:
    """The page for whoever waits for a file. It does not load itself again: that would take it from under somebody who reads slowly."""
    return page("publication/public/being_made.html", 202, found=found, what=_WHAT[file_kind])


def _reads_pages() -> bool:
    """Whether whoever asks can show a page: a program that fetches a file would keep the page under the name of the file."""
    return "text/html" in request.headers.get("Accept", "")


def _in_a_word() -> Response:
    return FlaskResponse("This file is being made. Ask again in a minute.\n", 202, mimetype="text/plain")


def _stored(made: PublishedFile) -> Response:
    headers = {name: text for name, text in attachment_headers(made.file).items() if name != "Cache-Control"}
    return FlaskResponse(b"".join(content_of(made.file)), headers=headers)


@bp.get("/changes.atom")
@public
def changes_feed() -> Response:
    """What changed on the registers, edition by edition, for feed readers (Atom)."""
    found = looking.all_published(g.body.id, at=clock.now())

    def make() -> Response:
        tree = feed.feed_of(g.body, feed.news(g.body.id, found), _address)
        return FlaskResponse(ET.tostring(tree, encoding="utf-8", xml_declaration=True), mimetype=ATOM)

    return public_answer(_marks(*found), make)
