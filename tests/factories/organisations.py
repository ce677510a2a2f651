"""Organisations and bodies for tests, all invented, made by the commands that make them in the product."""

from datetime import UTC, date, datetime

from coi.organisations import commands
from coi.organisations.models import Body, Organisation, OrganisationRelation, ReferenceRelease
from coi.organisations.vocabulary import (
    BodyDetails,
    BodyKind,
    OrganisationDetails,
    OrganisationKind,
    RelationDetails,
    RelationKind,
)
from coi.permissions.vocabulary import system_actor

AT = datetime(2026, 4, 1, 8, 0, tzinfo=UTC)
SYSTEM = system_actor("cli")
RELEASED = date(2026, 1, 1)


def a_body(
    name: str = "NHS Mid Marsh ICB",
    slug: str = "mid-marsh",
    *,
    kind: BodyKind = BodyKind.ICB,
    area_codes: tuple[str, ...] = ("99Z",),
    contact: str = "governance@example.nhs.uk",
) -> Body:
    """A commissioning body."""
    details = BodyDetails(name, kind, slug, area_codes=area_codes, contact=contact)
    return commands.enter_body(details, actor=SYSTEM, at=AT)


def an_organisation(
    name: str = "Larkfield Surgery",
    kind: OrganisationKind = OrganisationKind.PRACTICE,
    *,
    code: str = "",
    town: str = "",
    postcode: str = "",
) -> Organisation:
    """An organisation as a person enters it, whoever else is called so."""
    details = OrganisationDetails(name, kind, code, town, postcode, is_another=True)
    return commands.enter_organisation(details, actor=SYSTEM, at=AT)


def a_relation(
    organisation: Organisation,
    kind: RelationKind,
    other: Organisation,
    *,
    valid_from: date | None = date(2020, 4, 1),
    valid_to: date | None = None,
    detail: str = "",
    stated_in: str = "",
) -> OrganisationRelation:
    """That one organisation is, for example, a shareholder in another, whether or not that makes a circle."""
    return commands.enter_relation(
        organisation,
        other,
        RelationDetails(kind, valid_from, valid_to, detail, stated_in, is_circle=True),
        actor=SYSTEM,
        at=AT,
    )


def ods_row(
    code: str,
    name: str,
    *,
    commissioner: str = "99Z",
    joined: str = "20130401",
    left: str = "",
    opened: str = "19740401",
    closed: str = "",
    status: str = "A",
    postcode: str = "ZZ1 1AA",
    town: str = "MARSHTON",
    setting: str = "4",
    geography: str = "QZZ",
) -> str:
    """One line of a file in the 27-field layout of the Organisation Data Service."""
    fields = [
        code,
        name,
        "Y99",
        geography,
        "THE HEALTH CENTRE",
        "1 HIGH STREET",
        "",
        town,
        "",
        postcode,
        opened,
        closed,
        status,
    ]
    fields += ["B", commissioner, joined, left, "", "", "", "", "0", "", commissioner, "", setting, ""]
    return ",".join(f'"{field}"' for field in fields)


def practices_file(*rows: str) -> bytes:
    """The bytes of an epraccur file with these lines."""
    return "".join(f"{row}\r\n" for row in rows).encode()


def a_release(
    *rows: str, released_on: date = RELEASED, filename: str = "epraccur.csv", at: datetime = AT
) -> ReferenceRelease:
    """A file in the 27-field layout, imported."""
    return commands.import_release(practices_file(*rows), filename, released_on, actor=SYSTEM, at=at)
