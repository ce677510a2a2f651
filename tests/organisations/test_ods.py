"""The Organisation Data Service's files, read as they are."""

from dataclasses import replace
from datetime import date

import pytest

from coi.errors import BadInput
from coi.organisations.addresses import town_of
from coi.organisations.catalogue import reference_edges, reference_organisations
from coi.organisations.ods import read_ods, released_on_of
from coi.screening.matching_vocabulary import Dated, ReferenceOrganisation
from coi.screening.vocabulary import Edge, EdgeKind

MEMBERS = (
    "Partner Organisation Code,Partner Name,Practice Parent Sub ICB Loc Code,Practice Parent Sub ICB Loc Name,PCN Code,PCN Name,"
    "PCN Parent Sub ICB Loc Code,PCN Parent Sub ICB Loc Name,Practice to PCN Relationship Start Date,"
    "Practice to PCN Relationship End Date,Practice Sub ICB Loc and PCN Sub ICB Loc Match\n"
    "Z10001,QUILLBROOK,99Z,X,U99999,TARNWICK PCN,99Z,X,20190701,20240331,True\n"
)


def line(code: str = "Z10001", name: str = "QUILLBROOK MEDICAL CENTRE", **changes: str) -> str:
    fields = [
        code, name, "Y99", "QZZ", "QUILLBROOK HOUSE", "1 STATION ROAD", "TARNWICK", "ESSEX", "", "ZZ1 1AA", "19740401",
        changes.get("closed", ""), changes.get("status", "A"), "B", changes.get("area", "99Z"), changes.get("joined", "20130401"),
        "", "", "", "", "", "0", "", "", "", changes.get("setting", "4"), "",
    ]  # fmt: skip
    return ",".join(f'"{field}"' for field in fields) + "\n"


def test_a_headerless_practice_file_is_read_field_by_field() -> None:
    file = read_ods(line().encode(), "epraccur_2025-08.csv")
    (record,) = file.records
    assert file.kind == "epraccur"
    assert len(file.sha256) == 64
    assert (record.code, record.kind, record.status, record.town) == ("Z10001", "practice", "active", "TARNWICK")
    assert (record.opened_on, record.commissioner, record.commissioner_from) == (
        date(1974, 4, 1),
        "99Z",
        date(2013, 4, 1),
    )
    assert (record.postcode, record.setting, record.geography) == ("ZZ1 1AA", "4", "QZZ")


@pytest.mark.parametrize(("letter", "status"), [("A", "active"), ("C", "closed"), ("D", "dormant"), ("P", "proposed")])
def test_a_status_letter_becomes_its_word(letter: str, status: str) -> None:
    assert read_ods(line(status=letter).encode(), "epraccur.csv").records[0].status == status


def test_another_prescribing_setting_is_no_practice() -> None:
    assert read_ods(line(setting="10").encode(), "epraccur.csv").records[0].kind == "prescribing"


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        (line() + '"Z10002","X"\n', "This row has 2 fields"),
        (line() + line(code="not a code"), "“not a code” is not an ODS code"),
        (line() + line(closed="20241399"), "“20241399” is not a date"),
        (line() + line(status="Q"), "“Q” is not a status"),
        (line() + line(name=""), "has no name"),
    ],
)
def test_a_malformed_row_names_its_line(text: str, reason: str) -> None:
    with pytest.raises(BadInput, match=reason) as refused:
        read_ods(text.encode(), "epraccur.csv")
    assert refused.value.line == 2
    assert str(refused.value).endswith("(epraccur.csv)")


@pytest.mark.parametrize("data", [b"", b"a,b,c\n1,2,3\n"])
def test_a_file_that_is_no_ods_file_is_refused(data: bytes) -> None:
    with pytest.raises(BadInput):
        read_ods(data, "shopping.csv")


def test_the_kind_is_told_by_the_codes_where_the_name_says_nothing() -> None:
    assert read_ods(line().encode(), "download.csv").kind == "epraccur"
    assert read_ods(line(code="RZZ", name="MARLOW NHS TRUST").encode(), "download.csv").kind == "etr"
    assert read_ods(line(code="99Z", name="NHS MARLOW ICB - 99Z").encode(), "download.csv").kind == "eccg"


def test_memberships_of_networks_carry_their_dates() -> None:
    (relation,) = read_ods(MEMBERS.encode(), "pcn.csv").relations
    assert (relation.from_code, relation.to_code, relation.kind) == ("Z10001", "U99999", "member_of_pcn")
    assert (relation.valid_from, relation.valid_to) == (date(2019, 7, 1), date(2024, 3, 31))


@pytest.mark.parametrize(
    ("name", "expected"),
    [("epraccur_2019-11.csv", date(2019, 11, 1)), ("epraccur-20230127.csv", date(2023, 1, 27)), ("epraccur.csv", None)],
)
def test_a_file_name_may_carry_the_day_of_the_release(name: str, expected: date | None) -> None:
    assert released_on_of(name) == expected


def test_a_town_is_no_county() -> None:
    assert town_of(["1 HIGH STREET", "PENMARSH", "ESSEX", "", ""]) == "PENMARSH"
    assert town_of(["THE SURGERY", "1 HIGH STREET", "UPTON", "PENMARSH", ""]) == "PENMARSH"


def test_newer_releases_say_what_holds_and_older_ones_what_was() -> None:
    old = read_ods(line(name="DR TREMLETT", area="98Z").encode(), "epraccur_2019-11.csv")
    new = read_ods(line(area="99Z", joined="20200401").encode(), "epraccur_2025-08.csv")
    members = read_ods(MEMBERS.encode(), "pcn.csv")
    (one,) = reference_organisations([(date(2025, 8, 1), new), (None, members), (date(2019, 11, 1), old)])
    assert (one.name, one.former_names) == ("QUILLBROOK MEDICAL CENTRE", ("DR TREMLETT",))
    assert one.areas == (Dated("98Z", date(2013, 4, 1), date(2020, 3, 31)), Dated("99Z", date(2020, 4, 1)))
    assert Edge("Z10001", "U99999", EdgeKind.MEMBER_OF_PCN, date(2019, 7, 1), date(2024, 3, 31)) in reference_edges(
        [one]
    )


def test_a_network_that_went_to_another_commissioner_is_of_the_old_one_no_more() -> None:
    spells = (Dated("98Z", date(2019, 7, 1), date(2023, 3, 31)), Dated("99Z", date(2023, 4, 1)))
    network = ReferenceOrganisation(code="U99999", name="ELM PCN", kind="pcn", areas=spells)
    moved = reference_edges([network])
    assert [(each.target, each.valid_to) for each in moved] == [("98Z", date(2023, 3, 31)), ("99Z", None)]
    closed = ReferenceOrganisation(code="98Z", name="NHS FEN", kind="commissioner", closed_on=date(2023, 3, 31))
    assert reference_edges([network, closed])[0].valid_to is None
    ended = replace(network, closed_on=date(2024, 3, 31))
    assert [each.valid_to for each in reference_edges([ended, closed])] == [date(2024, 3, 31)] * 2
