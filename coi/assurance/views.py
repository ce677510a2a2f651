"""Pages for scrutiny: the story of an item, the ledger in plain words, the proof of an entry, checking a checkpoint."""

import importlib
import uuid
from typing import Any

from flask import Blueprint, Response, abort, current_app, g, make_response, request, url_for

from coi import clock
from coi.assurance import ledger_queries, proof_queries, queries
from coi.assurance.forms import CheckForm, FilterForm
from coi.assurance.ledger_queries import EntryStory
from coi.assurance.story import compose
from coi.audit import published_key
from coi.audit.access import note_reading
from coi.audit.notes import CheckpointWrong, vkey_of
from coi.audit.queries import latest_checkpoint
from coi.config import Config
from coi.errors import RuleBroken
from coi.permissions.vocabulary import Permission
from coi.registers.interests.models import Interest
from coi.web.access import public, requires
from coi.web.numbers import read_number
from coi.web.pages import page

bp = Blueprint("assurance", __name__)

STORY, LEDGER = Permission.ASSURANCE_STORY_READ, Permission.ASSURANCE_LEDGER_READ


@bp.get("/<body>/items/<uuid:item_id>/story")
@requires(STORY)
def story(item_id: uuid.UUID) -> Response:
    """What happened to an item, from declaration to minute, and the four questions of somebody who was not there."""
    item, is_kept = queries.item_for_story(item_id, body_id=g.body.id, actor=g.actor)
    if is_kept:
        return page("assurance/story_withheld.html", item=item, back=_back(item.id))
    facts = queries.story_facts(item, actor=g.actor, known_at=clock.now())
    _note_readings("the story of an item", queries.redacted_in(facts, g.body.id))
    return page("assurance/story.html", item=item, story=compose(facts), back=_back(item.id))


@bp.get("/<body>/ledger/")
@requires(LEDGER)
def ledger() -> Response:
    """The newest entries in plain words; of one day, or of one kind."""
    form = FilterForm(request.args, meta={"csrf": False})
    fits = form.validate()
    wanted = {"on": form.on.data, "kind": form.kind.data} if fits else {}
    before = request.args.get("before", type=read_number)
    found = ledger_queries.page_of(g.body.id, actor=g.actor, before=before, **wanted)
    return page("assurance/ledger.html", form=form, found=found, is_filtered=any(wanted.values()), before=before,
                kept=_kept_filter())  # fmt: skip


@bp.get("/<body>/ledger/<int:seq>")
@requires(LEDGER)
def entry(seq: int) -> Response:
    """One entry: what changed, in words, and the proof."""
    found = ledger_queries.entry_of(seq, body_id=g.body.id, actor=g.actor)
    _note_readings(f"ledger entry {seq}", _redacted(found))
    return page("assurance/entry.html", found=found, entry=found.line.entry, proof=proof_queries.inclusion_of(seq),
                log_name=_config().ledger_name)  # fmt: skip


@bp.get("/<body>/ledger/about/<table>/<uuid:row_id>")
@requires(LEDGER)
def about(table: str, row_id: uuid.UUID) -> Response:
    """Every entry about one thing, in order."""
    lines = ledger_queries.about(table, row_id, body_id=g.body.id, actor=g.actor)
    return page("assurance/about.html", lines=lines, noun=ledger_queries.noun_of(table),
                name=ledger_queries.name_of_row(table, row_id))  # fmt: skip


@bp.route("/<body>/ledger/check", methods=["GET", "POST"])
@requires(LEDGER)
def check() -> Response:
    """What the ledger can prove, the newest checkpoint, and a form to hold the ledger against an older one."""
    form, answer = CheckForm(), None
    if form.validate_on_submit():
        try:
            answer = _loaded("coi.assurance.check_queries").check_against(
                form.as_bytes(), vkey=_vkey(), log_name=_config().ledger_name
            )
        except CheckpointWrong as wrong:
            form.show(RuleBroken(f"This is not a checkpoint of this ledger. {wrong}", field="note"))
    newest = latest_checkpoint()
    return page("assurance/check.html", form=form, answer=answer, newest=newest, vkey=_vkey(),
                note=newest.note.decode() if newest else "")  # fmt: skip


@bp.get("/ledger/checkpoint")
@public
def checkpoint() -> Response:
    """The newest signed checkpoint, as text for anybody to keep. It says how many entries there are, and nothing of them."""
    newest = latest_checkpoint()
    if newest is None:
        abort(404)
    response = make_response(newest.note)
    response.headers["Content-Type"] = "text/plain; charset=utf-8"
    return response


def _note_readings(what: str, interests: list[Interest]) -> None:
    for interest in interests:
        note_reading(what, interest, g.actor, clock.now(), g.body.id)


def _redacted(found: EntryStory) -> list[Interest]:
    return queries.redacted_interests(ledger_queries.interests_named_in(found.line.entry), g.body.id)


def _back(item_id: uuid.UUID) -> str | None:
    """Where the story was come from, where the pages of meetings are plugged in."""
    return url_for("meetings.item", item_id=item_id) if "meetings.item" in current_app.view_functions else None


def _kept_filter() -> dict[str, str]:
    """What the address says of the filter, for the links to other pages of the list."""
    return {name: value for name, value in request.args.items() if name != "before" and value}


def _config() -> Config:
    config: Config = current_app.config["COI"]
    return config


def _vkey() -> str:
    """The ledger's public key as text. What signs is loaded only where no job has written the public half yet."""
    config = _config()
    if public := published_key.read(config.ledger_key_file):
        return vkey_of(config.ledger_name, public)
    signing = _loaded("coi.audit.checkpoint")
    text: str = signing.vkey(config.ledger_name, signing.load_or_make_key(config.ledger_key_file))
    return text


def _loaded(module: str) -> Any:
    """What checks signatures takes as much memory as a password: a worker loads it when somebody first asks for it."""
    return importlib.import_module(module)
