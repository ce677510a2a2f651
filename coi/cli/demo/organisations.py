"""The demo's organisations, all invented: practices, networks and a trust in the layout of the Organisation Data Service, and what
people entered beside them. No code here is one that the service gives."""

import csv
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from io import StringIO

from coi.cli.demo.days import Days
from coi.organisations.vocabulary import OrganisationKind, RelationKind

AREA = "Z9W0A"  # the commissioner of every practice
BOARD = "Z9X"
AREA_NAME = "NHS Wexmoor and the Vale ICB - Z9W0A"
BOARD_NAME = "NHS Wexmoor and the Vale Integrated Care Board"
COMMUNITY_TRUST = "Z9T"
TRUST_NAME = "Wexmoor Community NHS Foundation Trust"
FIRST_RELEASE, SECOND_RELEASE = -430, -105  # days after the last meeting
CLOSED, OPENED = -151, -150


@dataclass(frozen=True)
class Practice:
    """A practice, its network, and what it was called in the first release where that differs."""

    code: str
    name: str
    town: str
    postcode: str
    network: str
    former_name: str = ""
    closes: int | None = None
    opens: int | None = None


PRACTICES = (
    Practice("Z90001", "Hollowbeck Surgery", "Hollowbeck", "ZZ9 1AA", "Z9N001"),
    Practice("Z90002", "Alderquay Medical Centre", "Alderquay", "ZZ9 1AB", "Z9N001"),
    Practice("Z90003", "Fennacre Health Centre", "Fennacre", "ZZ9 1AD", "Z9N001"),
    Practice("Z90004", "Brackenholt Surgery", "Brackenholt", "ZZ9 1AE", "Z9N001"),
    Practice("Z90005", "Merrowby Group Practice", "Merrowby", "ZZ9 2AA", "Z9N002"),
    Practice(
        "Z90006",
        "The Larchminster Practice",
        "Larchminster",
        "ZZ9 2AB",
        "Z9N002",
        former_name="Dr Quillen and Partners, Larchminster",
    ),
    Practice("Z90007", "Dunmarsh Surgery", "Dunmarsh", "ZZ9 2AD", "Z9N002"),
    Practice("Z90008", "Corvedge Medical Practice", "Corvedge", "ZZ9 2AE", "Z9N002"),
    Practice("Z90009", "Kestrow Lane Surgery", "Kestrow", "ZZ9 3AA", "Z9N003", closes=CLOSED),
    Practice("Z90010", "Eastwithy Surgery", "Eastwithy", "ZZ9 3AB", "Z9N003"),
    Practice("Z90011", "Greyholme House Surgery", "Greyholme", "ZZ9 3AD", "Z9N003"),
    Practice("Z90012", "Ivelden Medical Centre", "Ivelden", "ZZ9 3AE", "Z9N003"),
    Practice("Z90013", "Nettlestrand Practice", "Nettlestrand", "ZZ9 3AF", "Z9N003"),
    Practice("Z90014", "Kestrow Medical Centre", "Kestrow", "ZZ9 3AA", "Z9N003", opens=OPENED),
)
NETWORKS = {"Z9N001": "Hollow Valley PCN", "Z9N002": "Merrow Brook PCN", "Z9N003": "Wexmoor Coast PCN"}


@dataclass(frozen=True)
class Entered:
    """An organisation that no published file has, as the secretary entered it."""

    key: str
    name: str
    kind: OrganisationKind
    town: str


ENTERED = (
    Entered("federation", "Wexmoor GP Federation Ltd", OrganisationKind.FEDERATION, "Merrowby"),
    Entered("ostrelle", "Ostrelle Health Ltd", OrganisationKind.COMPANY, "Larchminster"),
    Entered("pellowe", "Pellowe Surgical Ltd", OrganisationKind.COMPANY, "Alderquay"),
    Entered("carers", "Kestrow Carers’ Trust", OrganisationKind.CHARITY, "Kestrow"),
    Entered("council", "Wexmoor County Council", OrganisationKind.OTHER, "Larchminster"),
)
RELATIONS = tuple(
    (code, RelationKind.SHAREHOLDER_IN, "federation")
    for code in ("Z90001", "Z90002", "Z90005", "Z90006", "Z90008", "Z90012")
)
"""Practices that own the federation."""


@dataclass(frozen=True)
class File:
    """A file as it is published: what it is called, when it was released, what it says."""

    name: str
    released: int
    data: bytes


def first_files(days: Days) -> tuple[File, ...]:
    """Returns the files of the first release."""
    stamp = f"{days.on(FIRST_RELEASE):%Y-%m}"
    return (
        File(f"eccg_{stamp}.csv", FIRST_RELEASE, _rows([_ods_row(AREA, AREA_NAME, "Larchminster", "ZZ9 9AA")])),
        File("icb_names.csv", FIRST_RELEASE, _rows([("ICB24CD", "ICB24CDH", "ICB24NM"), ("Z99000001", BOARD, BOARD_NAME)])),
        File(f"epraccur_{stamp}.csv", FIRST_RELEASE, _practices(days, FIRST_RELEASE)),
        File("pcn_details.csv", FIRST_RELEASE, _networks()),
        File("pcn_core_partner.csv", FIRST_RELEASE, _members()),
        File(f"etr_{stamp}.csv", FIRST_RELEASE, _rows([_ods_row(COMMUNITY_TRUST, TRUST_NAME, "Ivelden", "ZZ9 4AA")])),
    )  # fmt: skip


def second_files(days: Days) -> tuple[File, ...]:
    """Returns the file that came later: one practice is renamed, one closed, one opened."""
    return (File(f"epraccur_{days.on(SECOND_RELEASE):%Y-%m}.csv", SECOND_RELEASE, _practices(days, SECOND_RELEASE)),)


def _practices(days: Days, release: int) -> bytes:
    rows = []
    for each in PRACTICES:
        if each.opens is not None and each.opens > release:
            continue
        is_closed = each.closes is not None and each.closes <= release
        rows.append(
            _ods_row(
                each.code,
                each.former_name if each.former_name and release == FIRST_RELEASE else each.name,
                each.town,
                each.postcode,
                opened=f"{days.on(each.opens):%Y%m%d}" if each.opens is not None else "19740401",
                closed=f"{days.on(each.closes):%Y%m%d}" if is_closed and each.closes is not None else "",
                status="C" if is_closed else "A",
                commissioner=AREA,
            )
        )
    return _rows(rows)


def _ods_row(
    code: str, name: str, town: str, postcode: str, *, opened: str = "20220701", closed: str = "", status: str = "",
    commissioner: str = "",
) -> list[str]:  # fmt: skip
    """A row of the service's 27 fields without headings."""
    head = [code, name, "Z99", BOARD, "The Health Centre", "1 Market Place", "", town, "", postcode]
    member = [commissioner, max(opened, "20220701") if commissioner else "", closed if commissioner else ""]
    tail = ["", "", "", "0", "", commissioner, "", "4" if commissioner else "", ""]
    return [*head, opened, closed, status, "B" if commissioner else "", *member, "", *tail][:27]


def _networks() -> bytes:
    head = (
        "PCN Code", "PCN Name", "Current Sub ICB Loc Code", "Sub ICB Location", "Open Date", "Close Date",
        "Address Line 1", "Address Line 2", "Address Line 3", "Address Line 4", "Address Line 5", "Postcode",
    )  # fmt: skip
    rows = [(code, name, AREA, AREA_NAME, "20220701", "", "", "", "", "", "", "") for code, name in NETWORKS.items()]
    return _rows([head, *rows])


def _members() -> bytes:
    head = (
        "Partner Organisation Code", "Partner Name", "Practice Parent Sub ICB Loc Code", "Practice Parent Sub ICB Loc Name",
        "PCN Code", "PCN Name", "PCN Parent Sub ICB Loc Code", "PCN Parent Sub ICB Loc Name",
        "Practice to PCN Relationship Start Date", "Practice to PCN Relationship End Date",
        "Practice Sub ICB Loc and PCN Sub ICB Loc Match",
    )  # fmt: skip
    rows = [
        (each.code, each.name, AREA, AREA_NAME, each.network, NETWORKS[each.network], AREA, AREA_NAME, "20220701", "", "Y")
        for each in PRACTICES
        if each.opens is None
    ]  # fmt: skip
    return _rows([head, *rows])


def _rows(rows: Iterable[Sequence[str]]) -> bytes:
    text = StringIO(newline="")
    csv.writer(text, lineterminator="\r\n").writerows(rows)
    return text.getvalue().encode()
