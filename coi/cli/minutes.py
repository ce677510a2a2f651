"""coi minutes: the minutes of a meeting as PDF."""

from pathlib import Path

import click
from flask.cli import with_appcontext

from coi.database import db
from coi.documents.pdf import pdf_of
from coi.errors import NotFound
from coi.meetings.minutes import content
from coi.meetings.minutes.queries import latest_minutes, meeting_by_reference, recorded_of
from coi.meetings.publicity import public_document, withheld_in_minutes
from coi.meetings.queries import agenda_of
from coi.organisations.models import Body


@click.group("minutes", help="The minutes of a meeting.")
def minutes_group() -> None:
    pass


@minutes_group.command("export", help="Write the newest minutes of the meeting with this reference as a tagged PDF.")
@click.argument("reference")
@click.option(
    "--to",
    "target",
    type=click.Path(dir_okay=False, path_type=Path),
    help="The file to write; else named after the meeting.",
)
@click.option(
    "--public", "is_public", is_flag=True, help="The copy for the public: no private part, no withheld details."
)
@with_appcontext
def export(reference: str, target: Path | None, is_public: bool) -> None:
    meeting = meeting_by_reference(reference)
    minutes = latest_minutes(meeting.id)
    if minutes is None:
        raise NotFound(f"The minutes of {reference} are not composed yet")
    path = target or Path(f"minutes-{reference.replace('/', '-')}{'-public' if is_public else ''}.pdf")
    body = db.session.get_one(Body, meeting.body_id)
    document = public_document(minutes, meeting, body) if is_public else content.as_document(minutes.content["whole"])
    path.write_bytes(pdf_of(document, created=minutes.composed_at))
    click.echo(f"Wrote {path} ({minutes.state.value}, version {minutes.number})")
    items = agenda_of(meeting)
    if not is_public and (names := withheld_in_minutes(recorded_of(meeting, items), items)):
        click.echo(f"Not for the public, details of interests are withheld: {'; '.join(names)}. Use --public", err=True)
