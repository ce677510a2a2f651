"""What the figures about pages are measured on: the application on a database of its own, with a committee of fourteen, its register,
a meeting of twelve items, and a secretary who is signed in. All of it is invented, and its day is always the same."""

import random
import re
import sys
import tempfile
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from flask import Flask
from flask.testing import FlaskClient

from coi import clock, create_app
from coi.committees.vocabulary import MemberClass, Office
from coi.config import Config
from coi.database import db
from coi.meetings.vocabulary import AffectedRelation, ClassScope
from coi.organisations.models import Body, Organisation
from coi.organisations.vocabulary import OrganisationKind, RelationKind
from coi.people.models import Person
from coi.permissions.vocabulary import Role
from coi.registers.interests.vocabulary import InterestRole, InterestType, Via
from tests.factories.accounts import account_with
from tests.factories.committees import a_committee, a_member
from tests.factories.meetings import a_declared_interest, a_meeting, an_item
from tests.factories.organisations import a_body, a_relation, a_release, an_organisation, ods_row
from tests.factories.people import a_person, an_appointment
from tests.support import postgres
from tests.support.backends import Backend, PostgresBackend, SqliteBackend
from tests.support.client import PASSWORD

TODAY = datetime(2026, 11, 5, 10, 0, tzinfo=UTC)
"""Five days before the meeting, so that the figures do not depend on the day on which they are taken."""

ITEMS, INTERESTS, PRACTICES, OTHERS = 12, 60, 24, 60
"""The size of the setting: items of the agenda, interests of the members, practices, and people who are no members."""

SECRETARY = "sam.scribe@example.nhs.uk"
_TOKEN = re.compile(r'name="csrf_token"[^>]*value="([^"]+)"')
_SEATS = (
    ("Mrs Ann Ashby", MemberClass.LAY, Office.CHAIR), ("Mr Bob Birch", MemberClass.LAY, Office.VICE_CHAIR),
    ("Ms Cat Cole", MemberClass.LAY, None), ("Mr Dan Dale", MemberClass.EXECUTIVE, None), ("Mrs Ida Inch", MemberClass.EXECUTIVE, None),
    ("Mr Jon Jewel", MemberClass.EXECUTIVE, None), ("Mrs Eve Elder", MemberClass.NURSE, None),
    ("Dr Kay Kerr", MemberClass.SECONDARY_CARE, None), ("Dr Fay Fenn", MemberClass.GP, None), ("Dr Guy Gorse", MemberClass.GP, None),
    ("Dr Lea Larch", MemberClass.GP, None), ("Dr Max Moor", MemberClass.GP, None), ("Dr Ned Nash", MemberClass.GP, None),
    ("Dr Oda Oak", MemberClass.GP, None),
)  # fmt: skip
_ELSEWHERE = (
    ("Hospitals Trust", OrganisationKind.TRUST), ("Community Trust", OrganisationKind.TRUST), ("Hospice", OrganisationKind.CHARITY),
    ("Carers", OrganisationKind.CHARITY), ("Pharmacy Limited", OrganisationKind.COMPANY), ("Estates Limited", OrganisationKind.COMPANY),
    ("County Council", OrganisationKind.OTHER), ("University", OrganisationKind.OTHER),
)  # fmt: skip
_NATURES = ("Partner in the practice", "Salaried doctor", "Shareholder of a third", "Husband is the practice manager")
_HOLDINGS = (
    (InterestRole.PARTNER, InterestType.FINANCIAL, None), (InterestRole.EMPLOYEE, InterestType.FINANCIAL, None),
    (InterestRole.SHAREHOLDER, InterestType.FINANCIAL, None), (InterestRole.EMPLOYEE, InterestType.FINANCIAL, Via.SPOUSE),
    (InterestRole.TRUSTEE, InterestType.NON_FINANCIAL_PROFESSIONAL, None),
)  # fmt: skip


class Browser:
    """A browser that keeps its cookies and its token, and looks at nothing that it is shown."""

    def __init__(self, app: Flask) -> None:
        self._client: FlaskClient = app.test_client()
        self._token = ""

    def sign_in(self, email: str, password: str = PASSWORD) -> "Browser":
        self._read_token(self.get("/sign-in"))
        self.post("/sign-in", {"email": email, "password": password})
        self._read_token(self.get("/account"))
        return self

    def get(self, url: str) -> str:
        """Returns the page at `url`. Raises RuntimeError where there is none."""
        response = self._client.get(url)
        if response.status_code != 200:
            raise RuntimeError(f"GET {url} answered {response.status}")
        return response.get_data(as_text=True)

    def post(self, url: str, data: dict[str, Any]) -> str:
        """Sends a form; returns where it leads. Raises RuntimeError where it was not stored."""
        sent = {"csrf_token": self._token, "form_key": str(uuid.uuid4()), **data}
        response = self._client.post(url, data=sent)
        if response.status_code not in (302, 303):
            raise RuntimeError(f"POST {url} answered {response.status}")
        return response.location

    def _read_token(self, page: str) -> None:
        found = _TOKEN.search(page)
        if found is None:
            raise RuntimeError("The page has no form")
        self._token = found[1]


@dataclass
class Setting:
    """The application on one database, and where its pages are."""

    database: str
    app: Flask
    agenda: str = ""
    add_item: str = ""
    people: str = ""
    register: str = ""
    meeting_id: uuid.UUID = field(default_factory=uuid.uuid4)

    def secretary(self) -> Browser:
        return Browser(self.app).sign_in(SECRETARY)


@contextmanager
def each_setting(prepare: Callable[[Flask], None] = lambda _app: None) -> Iterator[Iterator[Setting]]:
    """Gives the setting on SQLite, then on PostgreSQL where there is one. `prepare` may add routes before anything is served."""
    clock.now = lambda: TODAY
    with tempfile.TemporaryDirectory() as folder:
        yield _each(Path(folder), prepare)


def _each(folder: Path, prepare: Callable[[Flask], None]) -> Iterator[Setting]:
    yield _on(SqliteBackend(folder), folder, prepare)
    if postgres.server() is None:
        print(f"skipped: PostgreSQL: {postgres.reason()}", file=sys.stderr)
        return
    yield _on(PostgresBackend(), folder, prepare)


def _on(backend: Backend, folder: Path, prepare: Callable[[Flask], None]) -> Setting:
    app = create_app(config_of(backend, folder))
    prepare(app)
    made = Setting(backend.name, app)
    with app.app_context():
        fill(made)
        db.session.commit()
    return made


def config_of(backend: Backend, folder: Path) -> Config:
    return Config(
        environment="test", database_url=backend.url, owner_database_url=backend.owner_url, secret_key="for the benchmark",
        ledger_key_file=folder / f"{backend.name}.key", argon2_memory_kib=64,
    )  # fmt: skip


def fill(made: Setting) -> None:
    """Enters the board, its register and its next meeting with the commands of the product, and says where their pages are."""
    chance = random.Random(7)
    body = a_body()
    practices = _practices()
    committee = a_committee(body)
    members = [a_person(name) for name, _, _ in _SEATS]
    for person, (_, member_class, office) in zip(members, _SEATS, strict=True):
        a_member(committee, person, member_class, office=office)
        an_appointment(person, body)
    elsewhere = [an_organisation(f"Marsh {word}", kind) for word, kind in _ELSEWHERE]
    doctors = [person for person, (_, kind, _) in zip(members, _SEATS, strict=True) if kind is MemberClass.GP]
    for number in range(INTERESTS):
        in_practice = number % 2 == 0  # half are doctors' in practices, half anybody's elsewhere
        holder = doctors[number // 2 % len(doctors)] if in_practice else members[number // 2 % len(members)]
        _declare(holder, chance.choice(practices if in_practice else elsewhere), number)
    _others(body, practices)
    meeting = a_meeting(committee)
    for number in range(ITEMS):
        _item(meeting, number, chance.sample(practices, 2))
    secretary = a_person("Sam Scribe")
    account_with(secretary.id, SECRETARY, [Role.SECRETARY], body.id)
    start = f"/{body.slug}"
    made.meeting_id = meeting.id
    made.agenda = f"{start}/meetings/{meeting.id}/agenda"
    made.add_item = f"{made.agenda}/add"
    made.people, made.register = f"{start}/people", f"{start}/registers/interests/"


def _practices() -> list[Organisation]:
    """Practices of one area in four networks and a federation, so that paths lead somewhere."""
    names = [f"{place} {kind}" for kind in ("SURGERY", "MEDICAL CENTRE", "HEALTH CENTRE") for place in
             ("LARKFIELD", "MARSH END", "OLD QUAY", "STATION ROAD", "HILLTOP", "WILLOW", "ABBEY", "CANAL SIDE")]  # fmt: skip
    a_release(*(ods_row(f"Z{number:05d}", name) for number, name in enumerate(names[:PRACTICES], start=1)))
    found = list(db.session.scalars(db.select(Organisation).where(Organisation.kind == OrganisationKind.PRACTICE)))
    found.sort(key=lambda each: each.code or "")
    networks = [
        an_organisation(f"Marsh {word} PCN", OrganisationKind.PCN) for word in ("North", "East", "South", "West")
    ]
    federation = an_organisation("Marsh GP Federation", OrganisationKind.FEDERATION)
    for number, practice in enumerate(found):
        a_relation(practice, RelationKind.MEMBER_OF_PCN, networks[number % len(networks)])
        if number % 3 == 0:
            a_relation(practice, RelationKind.SHAREHOLDER_IN, federation)
    return found


def _declare(person: Person, organisation: Organisation, number: int) -> None:
    role, kind, via = _HOLDINGS[number % len(_HOLDINGS)]
    nature = f"{_NATURES[number % len(_NATURES)]}, declared in return {number + 1}"
    a_declared_interest(
        person, organisation, role, kind=kind, via=via, nature=nature, arose_on=date(2015, 1 + number % 12, 1)
    )


def _others(body: Body, practices: list[Organisation]) -> None:
    """People with a post at the body and an interest each: they fill the register's first page."""
    for number in range(OTHERS):
        person = a_person(f"Dr Quinn Other{number:02d}")
        an_appointment(person, body)
        _declare(person, practices[number % len(practices)], number)


def _item(meeting: Any, number: int, named: list[Organisation]) -> None:
    """Most items name one or two practices; every sixth concerns all of them."""
    if number % 6 == 5:
        an_item(meeting, f"Scheme {number + 1} for all practices", class_scope=ClassScope.ALL_PRACTICES)
    else:
        relation = (AffectedRelation.CONTRACT_HOLDER, AffectedRelation.BIDDER)[number % 2]
        an_item(meeting, f"Contract variation {number + 1}", named[: 1 + number % 2], relation=relation)
