"""Publishing, for those who keep the registers: what is public, what would be, and what was published when."""

from datetime import date

from flask import Blueprint, flash, g, redirect, request, url_for
from werkzeug.wrappers import Response

from coi import clock
from coi.audit.access import note_reading
from coi.database import db
from coi.errors import NotFound, RuleBroken
from coi.files.queries import content_of
from coi.files.serving import attachment_headers
from coi.permissions.rules import ROLE_TABLE, committees_where
from coi.permissions.vocabulary import Permission
from coi.publication import due_queries, previewing, publishing_jobs, queries
from coi.publication.catalogue import REGISTERS, Register, register_of
from coi.publication.forms import PublishForm
from coi.publication.vocabulary import CHANGE_WORDS
from coi.registers.vocabulary import RegisterKind
from coi.web.access import requires
from coi.web.pages import page

bp = Blueprint("publication", __name__, url_prefix="/<body>/publication")
PUBLISHERS = [
    role.value.replace("_", " ") for role, may in ROLE_TABLE.items() if Permission.PUBLICATION_EDITION_PUBLISH in may
]
READ, PUBLISH = Permission.PUBLICATION_EDITION_READ, Permission.PUBLICATION_EDITION_PUBLISH


@bp.before_request
def for_the_whole_body() -> None:
    """An edition is of a whole body: whoever holds a role for one committee alone reads the list of editions and nothing behind it."""
    if request.endpoint != "publication.index" and not _holds_for_the_body(_asked()):
        raise NotFound("There is no such page")


def _asked() -> Permission:
    return PUBLISH if request.endpoint == "publication.publish" else READ


def _holds_for_the_body(permission: Permission) -> bool:
    return g.body is not None and committees_where(g.actor, permission, g.body.id) is None


@bp.get("/")
@requires(READ)
def index() -> Response:
    """The registers, when each was last published, and every edition."""
    newest, today = queries.newest_editions(g.body.id), clock.today()
    interests = newest.get(RegisterKind.INTERESTS)
    return page(
        "publication/index.html", registers=REGISTERS, newest=newest, editions=queries.editions(g.body.id), today=today,
        due=due_queries.due_by_kind(g.body.id, newest, today), ended_since=due_queries.ended_since(interests, today) if interests else 0,
        may_look=_holds_for_the_body(READ), may_publish=_holds_for_the_body(PUBLISH),
        under_way=publishing_jobs.under_way(g.body.id), publishers=PUBLISHERS,
    )  # fmt: skip


@bp.get("/<string:kind>")
@requires(READ)
def preview(kind: str) -> Response:
    """What would be public on a day, and what that changes against the last edition."""
    register, today = register_of(kind), clock.today()
    on, error = _day(request.args.get("on", ""), today)
    if (
        register.kind is RegisterKind.BREACHES and on > today
    ):  # a text that is not public yet is kept from those it is about
        on, error = today, "What is public of breaches on a later day cannot be looked at before"
    seen = previewing.preview(g.body.id, register, on=on, at=clock.now())
    return page(
        "publication/preview.html", 422 if error else None, register=register, on=on, today=today, seen=seen, words=CHANGE_WORDS,
        error=error, typed=request.args.get("on", ""),
    )  # fmt: skip


def _day(text: str, today: date) -> tuple[date, str]:
    """The day that the address asks for, or today with what is wrong with it."""
    if not text.strip():
        return today, ""
    try:
        on = date.fromisoformat(text.strip())
    except ValueError:
        return today, f"Enter a date like {today.isoformat()}"
    return (
        (on, "")
        if on >= today
        else (today, "The date must be today or in the future. For the past, read an earlier edition")
    )


@bp.route("/<string:kind>/publish", methods=["GET", "POST"])
@requires(PUBLISH)
def publish(kind: str) -> Response:
    """Publishes an edition, after a look at what changes."""
    register, form = register_of(kind), PublishForm()
    if form.validate_on_submit():
        try:
            said = _published(register, form)
        except RuleBroken as broken:
            form.show(broken)
        else:
            db.session.commit()
            flash(said)
            return redirect(url_for(".index"), 303)
    seen = previewing.preview(g.body.id, register, on=clock.today(), at=clock.now())
    return page(
        "publication/publish.html", form=form, register=register, seen=seen, words=CHANGE_WORDS, today=clock.today()
    )


def _published(register: Register, form: PublishForm) -> str:
    """Publishes a register, a large one by a job. Returns what to say about it."""
    at, title = clock.now(), register.title.lower()
    asked = {"note": form.note.data, "nothing_changed": form.nothing_changed.data, "actor": g.actor, "at": at}
    edition = publishing_jobs.publish_or_ask(g.body, register, **asked)
    if edition is None:
        return f"The {title} is being published. This page says when it is done"
    return f"Edition {edition.number} of the {title} is published"


@bp.get("/<string:kind>/sealed/<int:edition>")
@requires(READ)
def sealed(kind: str, edition: int) -> Response:
    """The sealed file of an edition, as it was published. It may hold what is withheld by now, so reading it leaves a trace."""
    found = queries.edition(g.body.id, register_of(kind).kind, edition)
    if found.file is None:
        raise NotFound("There is no such file")
    data, headers = b"".join(content_of(found.file)), attachment_headers(found.file)
    note_reading("sealed edition", found, g.actor, clock.now(), g.body.id)
    return Response(data, headers=headers)
