"""Which organisations a text may speak of, found by the start of a name."""

import sqlalchemy as sa
from flask import Flask

from coi.database import db
from coi.organisations.nearby import organisations_near
from tests.factories.organisations import an_organisation


def test_names_are_found_by_their_start_whatever_the_collation_of_the_database(app: Flask) -> None:
    wanted = ["Elm Tree", "Elm Tree Surgery", "Elm Tree-House Clinic", "Elm Treeæ Centre", "The Elm Tree Practice"]
    for name in (*wanted, "Elm Grove", "Elm Trap"):
        an_organisation(name)
    db.session.flush()
    found = {each.name for each in organisations_near((), "", ["Elm Tree"])}
    assert set(wanted) <= found and not found & {"Elm Grove", "Elm Trap"}
    if db.engine.dialect.name == "postgresql":
        asked = (
            "SELECT collation_name FROM information_schema.columns WHERE table_name = :table AND column_name = :column"
        )
        named = {"table": "organisation_name", "column": "search_key"}
        assert db.session.scalar(sa.text(asked), named) == "C"
