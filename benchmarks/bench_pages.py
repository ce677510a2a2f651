"""What the pages cost that are opened most, against a floor: a page with the same shell, the same signed-in session and the same
number of rows from one query. Targets: an agenda of twelve items with flags and quorum at most four times its floor, a register
page of a hundred rows at most twice its floor.

python -m benchmarks.bench_pages
"""

import uuid

import sqlalchemy as sa
from flask import Blueprint, Flask
from werkzeug.wrappers import Response

from benchmarks.pairs import ratio_of, report
from benchmarks.setting import ITEMS, Setting, each_setting
from coi.database import db
from coi.meetings.models import AgendaItem
from coi.people.models import Person
from coi.permissions.vocabulary import Permission
from coi.registers.interests.models import Interest, InterestVersion
from coi.web.access import requires
from coi.web.pages import page

ROWS = 100
VISITS = 5
"""How often a page is visited in one measurement."""

bp = Blueprint("floor", __name__, template_folder="templates")


@bp.get("/<body>/floor/agenda/<uuid:meeting_id>")
@requires(Permission.MEETINGS_MEETING_READ)
def agenda(meeting_id: uuid.UUID) -> Response:
    """As many items as the agenda has, from one query."""
    item = AgendaItem
    wanted = sa.select(item.position, item.issued, item.title, item.purpose, item.part)
    mine = wanted.where(item.meeting_id == meeting_id, item.standing.is_(None)).order_by(item.position)
    headings = ("Item", "Reference", "Title", "Purpose", "Part")
    return page("floor/rows.html", headings=headings, rows=db.session.execute(mine).all())


@bp.get("/<body>/floor/register")
@requires(Permission.REGISTERS_INTEREST_READ)
def register() -> Response:
    """As many interests as a page of the register has, from one query."""
    version = InterestVersion
    wanted = sa.select(Person.name, Interest.reference, version.type, version.nature, version.arose_on, version.status)
    joined = wanted.join(Interest, Interest.id == version.interest_id).join(Person, Person.id == Interest.person_id)
    rows = db.session.execute(joined.order_by(Person.sort_key, Interest.reference).limit(ROWS)).all()
    return page("floor/rows.html", headings=("Name", "Reference", "Type", "Nature", "From", "State"), rows=rows)


def add_floor(app: Flask) -> None:
    app.register_blueprint(bp)


def main() -> None:
    """Prints the figures of both databases."""
    with each_setting(add_floor) as settings:
        for one in settings:
            start = one.people.removesuffix("/people")
            compare(one, "agenda", one.agenda, f"{start}/floor/agenda/{one.meeting_id}", ITEMS)
            if "interests.index" in one.app.view_functions:
                compare(one, "register", one.register, f"{start}/floor/register", ROWS)


def compare(one: Setting, name: str, real: str, floor: str, rows: int) -> None:
    """Prints what a page costs against its floor. Raises RuntimeError where the floor has not as many rows."""
    browser = one.secretary()
    lines = browser.get(floor).count("<tr>") - 1
    if lines != rows:
        raise RuntimeError(f"The floor of the {name} has {lines} rows")
    ratio_of(
        f"page_{name}_{one.database}",
        lambda: [browser.get(real) for _ in range(VISITS)],
        lambda: [browser.get(floor) for _ in range(VISITS)],
    )
    report(f"page_{name}_{one.database}_size", len(browser.get(real)) / 1000, "kB")


if __name__ == "__main__":
    main()
