"""The published files as they are, imported whole."""

from datetime import date

import pytest
from flask import Flask

from coi.clock import now
from coi.database import db
from coi.organisations import commands, queries
from coi.organisations.search import search
from coi.organisations.vocabulary import OrganisationKind
from coi.permissions.vocabulary import system_actor
from tests.support.real_data import real_data

RELEASES = ("epraccur_2019-11.csv", "epraccur_2023-01.csv", "epraccur_2025-08.csv")
OTHERS = (
    "eccg.csv",
    "pcn_core_partner_2023-01.csv",
    "gp-reg-pat-prac-map_2022-01.csv",
)
UNDATED = date(2025, 8, 1)


@pytest.mark.real_data
def test_the_published_files_give_names_closures_areas_and_networks(app: Flask) -> None:
    for name in (*RELEASES, *OTHERS):
        released = UNDATED if name == "eccg.csv" else None
        data = real_data("ods", name).read_bytes()
        commands.import_release(data, name, released, actor=system_actor("cli"), at=now())
        db.session.commit()
    surgery = queries.by_code("F81022")
    assert surgery is not None and surgery.kind is OrganisationKind.PRACTICE
    held = {(relation.kind.value, other.code) for relation, other in queries.relations_of(surgery.id)}
    assert {("commissioned_by", "06Q"), ("member_of_pcn", "U15166")} <= held
    assert 30 <= len(queries.practices_of_area(["06Q"], date(2025, 9, 1))) <= 60
    renamed = [hit for hit in search("The Densham Surgery", on=UNDATED) if hit.code == "A81001"]
    assert renamed
    assert queries.check_reference_rows(db.session.connection()) == []
    again = commands.import_release(
        real_data("ods", RELEASES[0]).read_bytes(), RELEASES[0], actor=system_actor("cli"), at=now()
    )
    assert again.released_on == date(2019, 11, 1) and len(queries.releases()) == 6
