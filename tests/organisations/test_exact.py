"""Which organisation a text is, to the letter: its code, or the one name that only it bears."""

from flask import Flask

from coi.database import db
from coi.organisations.exact_queries import known_exactly
from coi.organisations.vocabulary import OrganisationKind, RelationKind
from tests.factories.organisations import a_relation, an_organisation


def test_a_text_is_an_organisation_by_its_code_or_by_the_one_name_that_only_it_bears(app: Flask) -> None:
    area = an_organisation("Mid Marsh", OrganisationKind.COMMISSIONER, code="Z9W")
    near = an_organisation("The Larkfield Surgery", code="Z99001")
    a_relation(near, RelationKind.COMMISSIONED_BY, area)
    far = an_organisation("Hollowbeck Surgery", code="Z99002")
    trust = an_organisation("Marsh Carers’ Trust", OrganisationKind.CHARITY)
    for town in ("Farley", "Marsh End"):
        an_organisation("Tarn Care", OrganisationKind.COMPANY, town=town)
    an_organisation("Community Nursing", OrganisationKind.PRESCRIBING, code="Y99001")
    db.session.flush()
    known = {
        "larkfield surgery": near, "Z99001": near, "Larkfield Surgery (Z99001)": near, "MARSH CARERS' TRUST": trust,
        "Hollowbeck Surgery - Z99002": far, "Hollowbeck Surgery": None, "Tarn Care": None, "Community Nursing": None,
        "Marsh Surgery (Z99001)": None, "Trustee of Marsh Carers’ Trust": None, "": None,
    }  # fmt: skip
    found = known_exactly(known, ["Z9W"])
    assert {text: each.id for text, each in found.items()} == {text: one.id for text, one in known.items() if one}
    assert found["Z99001"].why == "its code Z99001"
