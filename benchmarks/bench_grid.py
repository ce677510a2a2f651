"""What the grid of a meeting costs, fifteen items against twenty-five members, over a floor: a page with the same shell, the same
signed-in session and the items as rows from one query. Target: at most four times the floor.

python -m benchmarks.bench_grid
"""

import random
from dataclasses import dataclass
from datetime import date
from typing import Any

import sqlalchemy as sa

from benchmarks.bench_pages import VISITS, add_floor
from benchmarks.pairs import ratio_of, report
from benchmarks.setting import Setting, each_setting
from coi.committees.vocabulary import MemberClass, Office
from coi.database import db
from coi.meetings.vocabulary import AffectedRelation, ClassScope
from coi.organisations.models import Body, Organisation
from coi.organisations.vocabulary import OrganisationKind
from coi.registers.interests.vocabulary import InterestRole
from tests.factories.committees import a_committee, a_member
from tests.factories.meetings import a_declared_interest, a_meeting, an_item
from tests.factories.people import a_person, an_appointment

ITEMS, MEMBERS = 15, 25


@dataclass
class Board:
    """Where the grid and its floor are."""

    grid: str
    floor: str


def main() -> None:
    """Prints the figures of both databases."""
    with each_setting(add_floor) as settings:
        for one in settings:
            with one.app.app_context():
                board = _board(one)
                db.session.commit()
            compare(one, board)


def compare(one: Setting, board: Board) -> None:
    """Prints what the grid costs against its floor. Raises RuntimeError where either is not as large as it should be."""
    browser = one.secretary()
    page = browser.get(board.grid)
    columns, rows = page.count("<abbr"), page.count('<th scope="row">')
    if (rows, columns) != (ITEMS, MEMBERS + 1):
        raise RuntimeError(f"The grid has {rows} rows and {columns} columns")
    ratio_of(
        f"page_grid_{one.database}",
        lambda: [browser.get(board.grid) for _ in range(VISITS)],
        lambda: [browser.get(board.floor) for _ in range(VISITS)],
    )
    report(f"page_grid_{one.database}_size", len(page) / 1000, "kB")
    report(f"page_grid_{one.database}_marks", page.count("coi-mark ") - page.count("<dt><span"), "marks")


def _board(one: Setting) -> Board:
    """Enters a committee of twenty-five with an interest each, and a meeting of fifteen items. Its secretary is there too."""
    chance = random.Random(11)
    body = db.session.scalars(sa.select(Body)).one()
    practices = list(
        db.session.scalars(
            sa.select(Organisation).where(Organisation.kind == OrganisationKind.PRACTICE).order_by(Organisation.code)
        )
    )
    committee = a_committee(body, "Primary Care Board", "PCB")
    for number in range(MEMBERS):
        is_doctor = number >= MEMBERS // 2
        person = a_person(f"{'Dr' if is_doctor else 'Ms'} Val Member{number:02d}")
        office = {0: Office.CHAIR, 1: Office.VICE_CHAIR}.get(number)
        a_member(committee, person, MemberClass.GP if is_doctor else MemberClass.LAY, office=office)
        an_appointment(person, body)
        role = InterestRole.PARTNER if is_doctor else InterestRole.TRUSTEE
        a_declared_interest(person, practices[number % len(practices)], role, arose_on=date(2016, 1, 1))
    meeting = a_meeting(committee)
    for number in range(ITEMS):
        _item(meeting, number, chance.sample(practices, 2))
    start = one.people.removesuffix("/people")
    return Board(f"{start}/meetings/{meeting.id}/grid", f"{start}/floor/agenda/{meeting.id}")


def _item(meeting: Any, number: int, named: list[Organisation]) -> None:
    if number % 7 == 6:
        an_item(meeting, f"Scheme {number + 1} for all practices", class_scope=ClassScope.ALL_PRACTICES)
    else:
        an_item(meeting, f"Contract variation {number + 1}", named, relation=AffectedRelation.CONTRACT_HOLDER)


if __name__ == "__main__":
    main()
