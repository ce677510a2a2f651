"""What is imported and entered about organisations, on both databases."""

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
import sqlalchemy as sa
from flask import Flask

from coi.audit.models import LedgerLeaf
from coi.database import db
from coi.errors import BadInput, RuleBroken
from coi.organisations import commands, queries
from coi.organisations.models import EnteredFact, Organisation, OrganisationName, OrganisationRelation, ReferenceRelease
from coi.organisations.reference import rows_digest
from coi.organisations.vocabulary import (
    OrganisationDetails,
    OrganisationKind,
    OrganisationStatus,
    RelationDetails,
    RelationKind,
)
from coi.permissions.vocabulary import system_actor
from tests.factories.organisations import a_body, a_relation, a_release, an_organisation, ods_row, practices_file

SYSTEM = system_actor("cli")
IN_2019, IN_2023, IN_2025 = date(2019, 11, 1), date(2023, 1, 1), date(2025, 8, 1)


def _count(model: type) -> int:
    return db.session.scalar(sa.select(sa.func.count()).select_from(model)) or 0


def _practice(code: str = "Z99001") -> Organisation:
    found = queries.by_code(code)
    assert found is not None
    return queries.organisation(found.id)


def _commissioners(code: str = "Z99001") -> list[tuple[str | None, date | None, date | None]]:
    rows = [
        (other.code, relation.valid_from, relation.valid_to)
        for relation, other in queries.relations_of(_practice(code).id)
    ]
    return sorted(rows, key=lambda row: row[1] or date.min)


def test_an_import_keeps_names_state_dates_and_commissioner_and_is_one_entry(app: Flask) -> None:
    release = a_release(
        ods_row("Z99001", "LARK SURGERY", status="C", closed="20171031", left="20171031"), released_on=IN_2019
    )
    db.session.commit()
    practice = _practice()
    assert (practice.name, practice.kind, practice.status) == (
        "LARK SURGERY",
        OrganisationKind.PRACTICE,
        OrganisationStatus.CLOSED,
    )
    assert (practice.opened_on, practice.closed_on, practice.town) == (date(1974, 4, 1), date(2017, 10, 31), "MARSHTON")
    assert _commissioners() == [("99Z", date(2013, 4, 1), date(2017, 10, 31))]
    assert _count(LedgerLeaf) == 1
    assert release.counts["rows"] == 1 and release.rows_sha256 == rows_digest(db.session.connection())


def test_a_newer_release_keeps_the_former_name_and_the_former_commissioner(app: Flask) -> None:
    a_release(ods_row("Z99001", "LARK SURGERY", commissioner="98Z"), released_on=IN_2019)
    a_release(ods_row("Z99001", "WREN SURGERY", joined="20200401"), released_on=IN_2023)
    assert [(name.name, name.is_current) for name in _practice().names] == [
        ("LARK SURGERY", False),
        ("WREN SURGERY", True),
    ]
    assert _commissioners() == [("98Z", date(2013, 4, 1), date(2020, 3, 31)), ("99Z", date(2020, 4, 1), None)]


def test_an_older_release_read_later_undoes_nothing(app: Flask) -> None:
    a_release(ods_row("Z99001", "WREN SURGERY", joined="20200401", status="C", closed="20240331"), released_on=IN_2025)
    a_release(ods_row("Z99001", "LARK SURGERY", commissioner="98Z"), released_on=IN_2019)
    practice = _practice()
    assert (practice.name, practice.status, practice.released_on) == (
        "WREN SURGERY",
        OrganisationStatus.CLOSED,
        IN_2025,
    )
    assert [name.name for name in practice.names] == ["LARK SURGERY", "WREN SURGERY"]
    assert _commissioners() == [("98Z", date(2013, 4, 1), date(2020, 3, 31)), ("99Z", date(2020, 4, 1), None)]


def test_the_same_file_again_changes_nothing_and_makes_no_entry(app: Flask, at: datetime) -> None:
    first = a_release(ods_row("Z99001", "LARK SURGERY"), released_on=IN_2019)
    db.session.commit()
    before = rows_digest(db.session.connection())
    again = a_release(ods_row("Z99001", "LARK SURGERY"), released_on=IN_2025, at=at)
    assert again.id == first.id and again.imported_at != at
    assert _count(LedgerLeaf) == 1 and _count(ReferenceRelease) == 1
    assert rows_digest(db.session.connection()) == before


def test_a_malformed_row_names_its_line_and_imports_nothing(app: Flask) -> None:
    good, bad = ods_row("Z99001", "LARK SURGERY"), ods_row("Z99002", "WREN SURGERY", opened="20191301")
    with pytest.raises(BadInput) as caught:
        a_release(good, bad)
    assert caught.value.line == 2
    assert _count(Organisation) == 0 and _count(ReferenceRelease) == 0


def test_a_code_that_stands_twice_is_refused_and_imports_nothing(app: Flask) -> None:
    with pytest.raises(BadInput, match=r"^Line 2: Z99001 is in the file twice, first in line 1"):
        a_release(ods_row("Z99001", "LARK SURGERY"), ods_row("Z99001", "WREN SURGERY"))
    assert _count(Organisation) == 0


def test_a_release_whose_date_nobody_states_is_asked_for(app: Flask, at: datetime) -> None:
    data = practices_file(ods_row("Z99001", "LARK SURGERY"))
    with pytest.raises(BadInput, match="--released"):
        commands.import_release(data, "epraccur.csv", actor=SYSTEM, at=at)
    assert commands.import_release(data, "epraccur_2019-11.csv", actor=SYSTEM, at=at).released_on == IN_2019


def test_a_release_of_the_future_is_refused(app: Flask, at: datetime) -> None:
    with pytest.raises(BadInput, match="future"):
        a_release(ods_row("Z99001", "LARK SURGERY"), released_on=at.date() + timedelta(days=1), at=at)


def test_a_commissioner_that_no_file_names_goes_by_its_code_until_one_does(app: Flask) -> None:
    a_release(ods_row("Z99001", "LARK SURGERY"))
    assert _practice("99Z").name == "99Z"
    a_release(
        ods_row("99Z", "NHS MID MARSH ICB - 99Z", commissioner="", joined="", status="", setting=""),
        filename="eccg.csv",
    )
    commissioner = _practice("99Z")
    assert (commissioner.name, commissioner.kind) == ("NHS MID MARSH ICB - 99Z", OrganisationKind.COMMISSIONER)
    assert ("QZZ", date(2022, 7, 1)) in [
        (other.code, held.valid_from) for held, other in queries.relations_of(commissioner.id)
    ]


def test_networks_and_their_members_come_from_their_own_files(app: Flask, at: datetime) -> None:
    details = (
        "PCN Code,PCN Name,Current Sub ICB Loc Code,Sub ICB Location,Open Date,Close Date,Address Line 1,Address Line 2,"
        "Address Line 3,Address Line 4,Address Line 5,Postcode\nU99999,MARSH PCN,99Z,NHS MID MARSH,20191001,,A,B,,C,,ZZ1 1AA\n"
    )
    partners = (
        "Partner Organisation Code,Partner Name,Practice Parent Sub ICB Loc Code,Practice Parent Sub ICB Loc Name,PCN Code,PCN Name,"
        "PCN Parent Sub ICB Loc Code,PCN Parent Sub ICB Loc Name,Practice to PCN Relationship Start Date,"
        "Practice to PCN Relationship End Date,Practice Sub ICB Loc and PCN Sub ICB Loc Match\n"
        "Z99001,LARK,99Z,X,U99999,MARSH PCN,99Z,X,20191001,20220331,True\n"
    )
    commands.import_release(partners.encode(), "pcn_core_partner_2023-01.csv", actor=SYSTEM, at=at)
    commands.import_release(details.encode(), "pcn_details_2023-01.csv", actor=SYSTEM, at=at)
    a_release(ods_row("Z99001", "LARK SURGERY"))
    assert _practice("U99999").name == "MARSH PCN" and _practice().name == "LARK SURGERY"
    assert ("U99999", date(2019, 10, 1), date(2022, 3, 31)) in _commissioners()


def test_a_file_never_overwrites_what_a_person_entered_about_relations(app: Flask) -> None:
    lark = an_organisation("Lark Surgery")
    a_relation(lark, RelationKind.SHAREHOLDER_IN, an_organisation("Marsh Federation", OrganisationKind.FEDERATION))
    a_release(ods_row("Z99001", "LARK SURGERY"))
    assert [relation.kind for relation, _ in queries.relations_of(lark.id)] == [RelationKind.SHAREHOLDER_IN]


def test_an_entered_organisation_is_kept_with_the_fact_behind_it(app: Flask) -> None:
    organisation = an_organisation("Marsh Federation", OrganisationKind.FEDERATION, town="Marshton")
    fact = db.session.scalar(sa.select(EnteredFact))
    assert fact is not None and fact.subject_id == organisation.id and fact.facts["name"] == "Marsh Federation"
    assert [name.name for name in queries.organisation(organisation.id).names] == ["Marsh Federation"]


def test_a_code_that_is_taken_cannot_be_entered(app: Flask, at: datetime) -> None:
    a_release(ods_row("Z99001", "LARK SURGERY"))
    with pytest.raises(RuleBroken) as caught:
        commands.enter_organisation(OrganisationDetails("X", OrganisationKind.COMPANY, "Z99001"), actor=SYSTEM, at=at)
    assert caught.value.field == "code"


def test_a_relation_is_ended_by_hand_only_where_it_was_entered_by_hand(app: Flask, at: datetime) -> None:
    a_release(ods_row("Z99001", "LARK SURGERY"))
    (published, _), *_ = queries.relations_of(_practice().id)
    with pytest.raises(RuleBroken, match="published file"):
        commands.end_relation(published, IN_2025, actor=SYSTEM, at=at)
    entered = a_relation(an_organisation("A"), RelationKind.OWNED_BY, an_organisation("B"))
    commands.end_relation(entered, IN_2025, actor=SYSTEM, at=at)
    db.session.commit()
    assert entered.valid_to == IN_2025
    assert queries.check_reference_rows(db.session.connection()) == []


def test_a_relation_that_is_known_is_not_entered_twice(app: Flask, at: datetime) -> None:
    first, second = an_organisation("A"), an_organisation("B")
    a_relation(first, RelationKind.OWNED_BY, second)
    with pytest.raises(RuleBroken, match="already"):
        commands.enter_relation(first, second, RelationDetails(RelationKind.OWNED_BY, IN_2025), actor=SYSTEM, at=at)


def test_a_circle_of_owners_is_entered_only_by_somebody_who_says_that_it_is_right(app: Flask, at: datetime) -> None:
    first, second, third = an_organisation("A"), an_organisation("B"), an_organisation("C")
    a_relation(first, RelationKind.OWNED_BY, second)
    a_relation(second, RelationKind.PART_OF, third)
    a_relation(third, RelationKind.SHAREHOLDER_IN, first)  # a share is no belonging
    circle = RelationDetails(RelationKind.OWNED_BY, IN_2025)
    with pytest.raises(RuleBroken, match=r"^B belongs to C already\. Check which .* right$") as asked:
        commands.enter_relation(third, second, circle, actor=SYSTEM, at=at)
    assert asked.value.field == "is_circle"
    with pytest.raises(RuleBroken, match=r"^A belongs to C already, through B"):
        commands.enter_relation(third, first, circle, actor=SYSTEM, at=at)
    commands.enter_relation(third, first, replace(circle, is_circle=True), actor=SYSTEM, at=at)


def test_owners_one_after_the_other_make_no_circle(app: Flask, at: datetime) -> None:
    first, second = an_organisation("A"), an_organisation("B")
    a_relation(first, RelationKind.OWNED_BY, second, valid_to=date(2024, 12, 31))
    before = RelationDetails(RelationKind.OWNED_BY, None, date(2020, 3, 31))
    after = RelationDetails(RelationKind.OWNED_BY, date(2025, 1, 1))
    for details in (before, after):
        commands.enter_relation(second, first, details, actor=SYSTEM, at=at)
    with pytest.raises(RuleBroken, match="A belongs to B already"):
        commands.enter_relation(
            second, first, RelationDetails(RelationKind.PART_OF, date(2024, 12, 31)), actor=SYSTEM, at=at
        )


def test_successors_are_entered_not_invented(app: Flask, at: datetime) -> None:
    a_release(
        ods_row("Z99001", "LARK SURGERY", status="C", closed="20240331", left="20240331"),
        ods_row("Z99002", "LARKS SURGERY", opened="20240401"),
    )
    closed, after = _practice(), _practice("Z99002")
    assert [each.code for each in queries.suggested_successors(closed)] == ["Z99002"]
    assert queries.successions() == {}
    entered = commands.enter_successor(closed, after, actor=SYSTEM, at=at)
    assert (entered.kind, entered.valid_from) == (RelationKind.SUCCEEDED_BY, date(2024, 3, 31))
    assert queries.suggested_successors(closed) == []
    with pytest.raises(RuleBroken, match="came before"):
        commands.enter_successor(after, closed, actor=SYSTEM, at=at)


def test_a_body_has_a_web_address_of_its_own(app: Flask) -> None:
    body = a_body()
    assert queries.body_by_slug("mid-marsh") is body
    with pytest.raises(RuleBroken) as caught:
        a_body("NHS Other ICB")
    assert caught.value.field == "slug"


@pytest.mark.parametrize(
    "change",
    [
        sa.update(Organisation).where(Organisation.code == "Z99001").values(postcode="ZZ9 9ZZ"),
        sa.update(OrganisationName).where(OrganisationName.name == "LARK SURGERY").values(name="LARX SURGERY"),
        sa.update(OrganisationRelation)
        .where(OrganisationRelation.source == "epraccur")
        .values(valid_from=date(2013, 4, 2)),
        sa.delete(OrganisationRelation).where(OrganisationRelation.source == "epraccur"),
        sa.update(Organisation).where(Organisation.name == "A").values(town="Elsewhere"),
        sa.update(OrganisationRelation).where(OrganisationRelation.source == "entered").values(valid_to=IN_2025),
        sa.delete(OrganisationRelation).where(OrganisationRelation.source == "entered"),
        sa.update(Organisation).where(Organisation.code == "Z99001").values(source="entered"),
        sa.update(OrganisationName).where(OrganisationName.name == "A").values(search_key="zzz"),
        sa.update(OrganisationName).where(OrganisationName.name == "A").values(name="Aa"),
        sa.delete(OrganisationName).where(OrganisationName.name == "A"),
    ],
    ids=[
        "file-row",
        "name",
        "relation",
        "relation-gone",
        "entered",
        "entered-relation",
        "entered-gone",
        "posing-as-entered",
        "entered-name-not-found",
        "entered-name",
        "entered-name-gone",
    ],
)
def test_a_reference_row_that_was_changed_behind_the_back_is_found(app: Flask, change: sa.Executable) -> None:
    a_release(ods_row("Z99001", "LARK SURGERY"))
    a_relation(an_organisation("A"), RelationKind.OWNED_BY, an_organisation("B"))
    db.session.commit()
    assert queries.check_reference_rows(db.session.connection()) == []
    db.session.execute(change)
    assert queries.check_reference_rows(db.session.connection())
