"""What is on record about one person, as a file: for a request under the Freedom of Information Act, or of the person."""

import uuid
from datetime import date

from flask import Response, g, request

from coi import clock
from coi.audit.access import note_reading
from coi.documents.csv_out import csv_of
from coi.errors import BadInput
from coi.permissions.vocabulary import Permission
from coi.registers.interests.blueprint import bp
from coi.registers.interests.record import HEAD
from coi.registers.interests.record_queries import person_on_file, record_of
from coi.registers.questions import as_date
from coi.web.access import requires


@bp.get("/people/<uuid:person_id>/record.csv")
@requires(Permission.REGISTERS_INTEREST_READ)
def record_file(person_id: uuid.UUID) -> Response:
    """Everything on record about one person since a day, without what is withheld. Who had it is kept in the access log."""
    now = clock.now()
    person = person_on_file(person_id, g.actor, g.body.id, clock.today())
    lines = record_of(person, g.body.id, _since(request.args.get("since", "").strip()), now)
    if person.id != g.actor.person_id:
        note_reading("record of a person as a file", person, g.actor, now, g.body.id)
    name = f"record-{person.sort_key.replace('  ', '-').replace(' ', '-')}.csv"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(csv_of(HEAD, (each.cells for each in lines)), mimetype="text/csv", headers=headers)


def _since(text: str) -> date | None:
    try:
        return as_date(text)
    except ValueError:
        raise BadInput("Enter the first day like 2019-01-31") from None
