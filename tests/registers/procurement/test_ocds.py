"""Releases of the Open Contracting Data Standard 1.1, held against its rules as we read them, and by its own validator."""

import json
from copy import deepcopy
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st

from coi.registers.procurement.ocds import Publisher, release, release_package
from coi.registers.procurement.vocabulary import Outcome, Route, Supplier
from tests.factories.procurement import facts
from tests.support.ocds_validator import faults, judged

PUBLISHER = Publisher("NHS Mid Marsh ICB", "QZZ", "https://coi.example/releases.json", "ocds-a2b3c4")
AT = datetime(2026, 6, 2, 9, 30, tzinfo=UTC)

_ID = {"type": "string", "minLength": 1}
_INSTANT = {"type": "string", "pattern": r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$"}
_PARTY = {
    "type": "object",
    "required": ["id", "name"],
    "additionalProperties": False,
    "properties": {"id": _ID, "name": _ID},
}
_VALUE = {
    "type": "object", "required": ["amount", "currency"], "additionalProperties": False,
    "properties": {"amount": {"type": "number"}, "currency": {"const": "GBP"}},
}  # fmt: skip
_PERIOD = {
    "type": "object", "minProperties": 1, "additionalProperties": False,
    "properties": {"startDate": _INSTANT, "endDate": _INSTANT},
}  # fmt: skip
_TAGS = ["planning", "planningUpdate", "tender", "tenderAmendment", "tenderUpdate", "tenderCancellation", "award", "awardUpdate",
         "awardCancellation", "contract", "contractUpdate", "contractAmendment", "implementation", "implementationUpdate",
         "contractTermination", "compiled"]  # fmt: skip
RELEASE = {
    "type": "object", "required": ["ocid", "id", "date", "tag", "initiationType"], "additionalProperties": False,
    "properties": {
        "ocid": {"type": "string", "pattern": r"^ocds-[a-z0-9]{6}-\S+$"},
        "id": {"type": "string", "pattern": "^[^#]+$"}, "date": _INSTANT, "initiationType": {"const": "tender"},
        "language": {"const": "en"},
        "tag": {"type": "array", "minItems": 1, "uniqueItems": True, "items": {"enum": _TAGS}},
        "parties": {
            "type": "array", "minItems": 1,
            "items": {
                "type": "object", "required": ["id", "name", "roles"], "additionalProperties": False,
                "properties": {
                    "id": _ID, "name": _ID, "roles": {"type": "array", "items": {"enum": ["buyer", "supplier"]}, "minItems": 1},
                    "identifier": {"type": "object", "required": ["scheme", "id", "legalName"], "additionalProperties": False,
                                   "properties": {"scheme": {"const": "GB-NHS"}, "id": _ID, "legalName": _ID}},
                    "address": {"type": "object", "additionalProperties": False,
                                "properties": {"streetAddress": _ID, "countryName": _ID}},
                },
            },
        },
        "buyer": _PARTY,
        "planning": {"type": "object", "additionalProperties": False, "properties": {"rationale": _ID}},
        "tender": {
            "type": "object", "required": ["id", "title", "status"], "additionalProperties": False,
            "properties": {
                "id": _ID, "title": _ID, "description": _ID, "procurementMethodDetails": _ID, "procurementMethodRationale": _ID,
                "status": {"enum": ["planning", "planned", "active", "cancelled", "unsuccessful", "complete", "withdrawn"]},
                "mainProcurementCategory": {"enum": ["goods", "works", "services"]},
                "procurementMethod": {"enum": ["open", "selective", "limited", "direct"]},
                "items": {
                    "type": "array", "minItems": 1, "uniqueItems": True,
                    "items": {
                        "type": "object", "required": ["id", "classification"], "additionalProperties": False,
                        "properties": {
                            "id": _ID,
                            "classification": {
                                "type": "object", "required": ["scheme", "id"], "additionalProperties": False,
                                "properties": {"scheme": {"const": "CPV"}, "id": {"type": "string", "pattern": "^[0-9]{8}$"}},
                            },
                        },
                    },
                },
            },
        },
        "awards": {
            "type": "array", "minItems": 1,
            "items": {
                "type": "object", "required": ["id", "title", "status", "date"], "additionalProperties": False,
                "properties": {
                    "id": _ID, "title": _ID, "description": _ID, "date": _INSTANT, "value": _VALUE, "contractPeriod": _PERIOD,
                    "status": {"enum": ["pending", "active", "cancelled", "unsuccessful"]},
                    "suppliers": {"type": "array", "minItems": 1, "uniqueItems": True, "items": _PARTY},
                },
            },
        },
        "contracts": {
            "type": "array", "minItems": 1,
            "items": {
                "type": "object", "required": ["id", "awardID", "title", "status"], "additionalProperties": False,
                "properties": {"id": _ID, "awardID": _ID, "title": _ID, "value": _VALUE, "period": _PERIOD,
                               "status": {"enum": ["pending", "active", "cancelled", "terminated"]}},
            },
        },
    },
}  # fmt: skip
PACKAGE = {
    "type": "object", "required": ["uri", "version", "publishedDate", "publisher", "releases"], "additionalProperties": False,
    "properties": {
        "uri": {"type": "string", "pattern": "^https?://"}, "version": {"const": "1.1"}, "publishedDate": _INSTANT, "license": _ID,
        "publisher": {"type": "object", "required": ["name"], "additionalProperties": False,
                      "properties": {"name": _ID, "scheme": _ID, "uid": _ID}},
        "releases": {"type": "array", "items": RELEASE},
    },
}  # fmt: skip

amounts = st.none() | st.decimals(min_value=0, max_value=Decimal("99999999.99"), places=2, allow_nan=False)
texts = st.text(st.characters(codec="utf-8", exclude_categories=("Cs", "Cc")), max_size=30).map(str.strip)
rows = st.builds(
    lambda outcome, route, total, number, others, description, code, starts, cpv: facts(
        cpv=cpv, outcome=outcome, route=route, value_total=total, number=number, other_suppliers=tuple(each for each in others if each),
        description=description, starts_on=starts, ends_on=None, supplier=Supplier("Larkfield Federation", code=code),
    ),
    st.none() | st.sampled_from(Outcome), st.none() | st.sampled_from(Route), amounts, st.integers(1, 9),
    st.lists(texts, max_size=3), texts,
    st.sampled_from(["", "F81022"]), st.none() | st.dates(date(2013, 4, 1), date(2040, 1, 1)),
    st.sampled_from(["", "85121100-4", "85121100-4, 85110000-3"]),
)  # fmt: skip


@given(st.lists(rows, max_size=3))
def test_whatever_the_register_holds_the_package_keeps_the_rules_of_the_standard(found) -> None:
    package = release_package(found, PUBLISHER, published_at=AT)
    package = json.loads(json.dumps(package))
    jsonschema.Draft7Validator(PACKAGE).validate(package)
    for each in package["releases"]:
        known = {party["id"] for party in each["parties"]}
        assert len(known) == len(each["parties"])
        named = [each["buyer"], *(who for award in each.get("awards", ()) for who in award.get("suppliers", ()))]
        assert {who["id"] for who in named} == known
        awards = {award["id"] for award in each.get("awards", ())}
        assert {contract["awardID"] for contract in each.get("contracts", ())} <= awards


def test_the_own_rules_are_strict_enough_to_see_a_fault() -> None:
    package = release_package([facts()], PUBLISHER, published_at=AT)
    package["releases"][0]["tag"] = ["done"]
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.Draft7Validator(PACKAGE).validate(package)


def test_the_ocid_stays_and_the_release_id_moves_with_each_correction() -> None:
    first, second = release(facts(), PUBLISHER), release(facts(number=2, title="Another title"), PUBLISHER)
    assert first["ocid"] == second["ocid"] == "ocds-a2b3c4-PD-2026-27-001"
    assert (first["id"], second["id"]) == ("PD-2026-27-001-1", "PD-2026-27-001-2")
    assert (first["tag"], second["tag"]) == (["award", "contract"], ["awardUpdate", "contractUpdate"])
    assert first["awards"][0]["id"] == second["awards"][0]["id"] == second["contracts"][0]["awardID"]


def test_organisations_are_known_by_their_code_in_the_list_of_the_nhs() -> None:
    found = release(facts(supplier=Supplier("Larkfield Surgery", code="F81022", address="1 High Street")), PUBLISHER)
    buyer, supplier = found["parties"]
    assert buyer["identifier"] == {"scheme": "GB-NHS", "id": "QZZ", "legalName": "NHS Mid Marsh ICB"}
    assert supplier["id"] == "GB-NHS-F81022"
    assert supplier["address"]["streetAddress"] == "1 High Street"
    unknown = release(facts(supplier=Supplier("Somebody  Ltd")), PUBLISHER)["parties"][1]
    assert unknown["id"] == release(facts(supplier=Supplier("somebody ltd")), PUBLISHER)["parties"][1]["id"]
    assert "identifier" not in unknown


def test_what_is_decided_says_which_releases_there_are() -> None:
    planned = release(facts(outcome=Outcome.GO_TO_PROCUREMENT), PUBLISHER)
    assert planned["tag"] == ["planning"] and "awards" not in planned
    assert planned["tender"]["status"] == "planned"
    refused = release(facts(outcome=Outcome.NOT_AWARDED), PUBLISHER)
    assert refused["awards"][0]["status"] == "unsuccessful" and "contracts" not in refused
    assert [party["roles"] for party in refused["parties"]] == [["buyer"]]


def test_pence_are_kept_and_whole_pounds_are_whole() -> None:
    whole, pence = (
        release(facts(value_total=Decimal(text)), PUBLISHER)["awards"][0]["value"]["amount"]
        for text in ("125000.00", "0.10")
    )
    assert json.dumps([whole, pence]) == "[125000, 0.1]"


def test_a_package_validates_with_the_validator_of_the_standard_which_sees_what_is_wrong() -> None:
    every = [facts(outcome=outcome, route=route) for outcome in Outcome for route in Route]
    known, bare = Supplier("Larkfield Surgery", code="F81022", address="1 High Street"), Supplier("Somebody Ltd")
    every.append(
        facts(supplier=known, other_suppliers=("Elm Ltd",), route_reasons="", value_total=Decimal("0.10"), number=2)
    )
    every.append(facts(supplier=bare, description="", route=None, value_total=None, starts_on=None, ends_on=None))
    every.append(facts(outcome=None, decided_on_or_before=True))  # from an older register, which may not say
    every.append(
        facts(outcome=None, supplier=None, value_total=None, starts_on=None, ends_on=None, decided_on_or_before=True)
    )
    every = [replace(each, reference=f"PD/2026-27/{number:03d}") for number, each in enumerate(every)]
    package = json.loads(json.dumps(release_package(every, PUBLISHER, published_at=AT)))
    broken = deepcopy(package)
    broken["releases"][0]["tag"] = ["done"]
    broken["releases"][1].pop("ocid")
    broken["releases"][2]["date"] = "tomorrow"
    broken["releases"][3]["winner"] = "Elm Ltd"
    good, bad = map(faults, judged(package, broken))
    assert good == {}
    errors = {(each["type"], each["path"]) for each in bad["validation_errors"]}
    assert errors == {("required", "releases/1"), ("date-time", "releases/2/date")}
    assert bad["additional_closed_codelist_values"]["releases/tag"]["values"] == ["done"]
    assert [each["field"] for each in bad["additional_fields"]] == ["winner"]
