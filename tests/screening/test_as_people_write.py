"""How people really write names: with a number, a nickname of a county, weekdays, a role behind the village, all in small letters."""

from datetime import date

import pytest

from coi.screening.interest_text import read_interest
from coi.screening.matcher import Matcher
from coi.screening.matching_vocabulary import Dated, Decision, ReferenceOrganisation
from coi.screening.places import each_in, is_spelt_by
from coi.screening.vocabulary import Role
from tests.screening.invented import HERE, THERE, practice

_PEOPLE_WRITE = (
    practice("Z20001", "19 BELMONT STREET SURGERY", "Fenby"),
    practice("Z20002", "28 BELMONT STREET", "Fenby"),
    practice("Z20003", "THE ORCHARDS MEDICAL CENTRE", "Fenby"),
    practice("Z20004", "LUTHERAN STREET MEDICAL PRACTICE", "Fenby"),
    practice("Z20005", "GREENLEY GROUP PRACTICE", "Fenby", address=("62 ACRE STREET, GREENLEY", "FENBY")),
    practice("Z20006", "GREENLEY VILLAGE SURGERY", "Fenby", address=("THOMAS STREET", "GREENLEY", "FENBY")),
    practice("Z20007", "ONE CAREWELL LLP-THE LANTERN", "Fenby"),
    practice("Z20008", "LONGMEADOW MEDICAL CENTRE", "Fenby"),
    practice("Z20009", "STATION VIEW SURGERY", "Longmeadow", area=THERE),
    practice("Z20010", "OXBOW & ULEM FAMILY PRACTICE", "Fenby"),
    practice("Z20011", "PARTNERS IN HEALTH, PAVILION FAMILY DRS", "Fenby"),
    practice("Z20012", "MY HEALTH GROUP", "Fenby"),
    practice("Z20013", "THE NEW BRIDGE SURGERY", "Fenby", address=("ADDLE ROAD, MEXBY", "FENBY")),
    practice("Z20014", "MEXBY HEALTH CENTRE", "Fenby", address=("ADDLE ROAD, MEXBY", "FENBY")),
    practice("Z20015", "RIVERMEAD GROUP PRACTICE", "Fenby", address=("HEATH STREET, RIVERMEAD", "FENBY")),
    practice("Z20016", "LUMBERLEY SURGERY", "Fenby", area=THERE),
    practice("Z20017", "CUTHBERT INLET TRUST", "Cwmbryn"),
    practice("Z20018", "CUTHBERT INLET TRUST", "Cwmbryn"),
    practice("Z20019", "ELM LODGE SURGERY", "Fenby"),
    practice("Z20020", "OLD WHARF SURGERY", "Fenby", status="closed", successors=("Z20008",)),
    practice("Z20021", "DURHAM ROAD SURGERY", "Durham", area=THERE),
    practice("Z20022", "THE PHARMACY", "Cwmbryn"),
    practice("Z20023", "MILLFORD & KENNEDY SURGERY", "Fenby", former_names=("MILLFORD ROAD SURGERY",)),
    practice("Z20024", "MILLFORD ROAD SURGERY", "Fenby", status="closed"),
    practice("Z20025", "STANBROKE MEDICAL GROUP", "Fenby"),
    practice("Z20026", "MELMSBURY MEDICAL PARTNERSHIP", "Fenby"),
    practice("Z20027", "GOB HEALTHCARE", "Fenby", former_names=("THE SURGERY FENBY",)),
    practice("Z20028", "THE FENBY SURGERY", "Fenby"),
    practice("Z20030", "ALDERLEY MEDICAL PRACTICE 1", "Fenby"),
    practice("Z20031", "ALDERLEY MEDICAL PRACTICE2", "Fenby"),
    practice("Z20032", "CARTERS SURGERY", "Fenby"),
    practice("Z20033", "CARTERS SURGERY", "Fenby", status="closed", closed_on=date(2021, 3, 31)),
    practice("Z20034", "DOCTOR LANE HEALTH CENTRE", "Fenby"),
    practice("Z20035", "HOLMLEY HEALTH & WELLBEING - CRAYTON", "Fenby"),
    practice("Z20036", "FENBY PRACTICES HEALTH CENTRE", "Fenby"),
    practice("Z20037", "BOUGHLEY MEDICAL GROUP", "Ebbing", area="97Z"),
    practice("Z20040", "HOLDERLEY HEALTH", "Fenby"),
    practice("Z20041", "HOLDERLEY HEALTH (CHURCHILL VIEW SURGERY)", "Fenby"),
    practice("Z20042", "BOUSLEY - ROBBINS", "Fenby"),
    practice("Z20043", "BOUSLEY SURGERY - DR SHAW", "Fenby"),
    practice("Z20044", "PRIORSGATE PRACTICE", "Fenby", address=("BUSHLEY HEALTH CENTRE", "LUNDON ROAD", "FENBY")),
    practice("Z20045", "OTHERS SURGERY", "Fenby", address=("BUSHLEY HC, LUNDON RD", "FENBY")),
    practice("Z20046", "NETHERLEY HOUSE", "Fenby"),
    practice("Z20047", "PARKLEY GRANGE MEDICAL CENTRE", "Fenby"),
    practice("Z20048", "GRANGE PARKLEY SURGERY", "Fenby"),
    practice("Z20049", "ALLIANCE TUTORIAL PRACTICES", "Fenby"),
    ReferenceOrganisation("Z90104", "KERNLEY (COASTAL) PCN", "pcn", areas=(Dated(HERE),)),
    ReferenceOrganisation("ZW5", "MARLOW AND NORTH COSTERBY NHS FOUNDATION TRUST", "trust", geography="QZZ"),
    ReferenceOrganisation("Z90101", "TUNNEL HEALTH GROUP PCN1", "pcn", areas=(Dated(HERE),)),
    ReferenceOrganisation("Z90102", "TUNNEL HEALTH GROUP PCN2", "pcn", areas=(Dated(HERE),)),
    ReferenceOrganisation("Z90103", "TUNNEL PCN", "pcn", areas=(Dated(THERE),)),
    ReferenceOrganisation("ZW1", "WEST YORKSHIRE FELLS NHS FOUNDATION TRUST", "trust", geography="QZZ"),
    ReferenceOrganisation(
        "ZW2", "REGAL TOWER CITY NHS FOUNDATION TRUST", "trust", address=("REGAL TOWER HOSPITAL", "POND STREET", "FENBY"),
        geography="QZZ",
    ),
    ReferenceOrganisation(
        "ZW3", "THE QUEEN OSYTH HOSPITAL, PRINCE'S LINN, NHS FOUNDATION TRUST", "trust", geography="QZZ"
    ),
    ReferenceOrganisation("ZW4", "REGAL MERE UNIVERSITY HEALTHCARE NHS FOUNDATION TRUST", "trust", geography="QZZ"),
    ReferenceOrganisation(HERE, "NHS MARLOW ICB - 99Z", "commissioner", geography="QZZ"),
    ReferenceOrganisation(THERE, "NHS COSTERBY CCG", "commissioner", geography="QYY"),
)  # fmt: skip
MATCHER = Matcher(_PEOPLE_WRITE)


def named(text: str, area: str = HERE) -> set[str]:
    result = MATCHER.match(text, area)
    return {one.code or f"ORG:{one.name}" for one in result.organisations} if result.decision == "matched" else set()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("19 Belmont Street; 6 sessions; there since 1999", {"Z20001"}),
        ("28 Belmont St practice - GP partner", {"Z20002"}),
        ("The Orchards, Kesby: GP partner", {"Z20003"}),
        ("Salaried GP: Elm Lodge surgery Mon/Tue, Lutheran St Thursdays", {"Z20019", "Z20004"}),
        ("Sister works at the West Yorks Fells FT", {"ZW1"}),
        ("Sessional GP with OneCarewell at The Lantern", {"Z20007"}),
        ("Orchards; equity partner; spouse is the practice's bookkeeper", {"Z20003"}),
        ("GP at Longmeadow", {"Z20008"}),
        ("salaried gp, longmeadow", {"Z20008"}),
        ("GP partner at Oxbow & Ulem", {"Z20010"}),
        ("Partners in Health - GP partner", {"Z20011"}),
        ("Receptionist at My Health Group", {"Z20012"}),
        ("Doctors' surgery in Addle Rd Mexby, aka The New Bridge Surgery", {"Z20013"}),
        ("Consultant at the Regal Tower Hospital, Rivermead", {"ZW2"}),
        ("Director of Longmeadow Medical Centre Ltd", {"Z20008"}),
        ("Salaried GP, Elm Lodge M.C", {"Z20019"}),
        ("Son-in-law: pharmacist at Wendricks", {"ORG:Wendricks"}),
        ("Dennodoc: I do evening shifts, paid per session", {"ORG:Dennodoc"}),
        ("Shareholder: 3Quarters Care Partnership Ltd", {"ORG:3Quarters Care Partnership Ltd"}),
        ("Millford Road Surgery - salaried GP", {"Z20023"}),
        ("Partner at Stanbrook Medical Group", {"Z20025"}),
        ("MELMSBURY PRIMARY CARE CENTRE", {"Z20026"}),
        ("The Surgery Fenby", {"Z20027"}),
        ("Clinical director, Tunnel Health Group PCN2", {"Z90102"}),
        ("Trustee of Elmfield Two Pharmacy", {"ORG:Elmfield Two Pharmacy"}),
        ("Longmeadow Medicol Centre", {"Z20008"}),
        ("Elm Lodge Surgury", {"Z20019"}),
        ("Alderley Medical Practice 2", {"Z20031"}),
        ("Partner, Alderley Medical Practice1", {"Z20030"}),
        ("Carters Surgery", {"Z20032"}),
        ("GP at Carters Surgery until it closed", {"Z20033"}),
        ("Partner, Carters Surgery (closed 2021)", {"Z20033"}),
        ("Not a partner at Elm Lodge Surgery any more", {"Z20019"}),
        ("Elm Lodge Surgery Carters Surgery - locum", {"Z20019", "Z20032"}),
        ("Holmley Crayton", {"Z20035"}),
        ("Alderley MP1", set()),
        ("Lutheran Street MP", {"Z20004"}),
        ("Partner, Doctor Lane", {"Z20034"}),
        ("Nurse at QOH Prince's Linn", {"ZW3"}),
        ("Non-executive of Regal Mere University Healthcare", {"ZW4"}),
        ("Elm Lodge Surgery's practice manager is my sister", {"Z20019"}),
        ("Practice nurse at 28 Belmont Street in Fenby", {"Z20002"}),
        ("Retired from Holderley Health (Churchill View Surgery) in 2017", {"Z20041"}),
        ("Employed by Kernley (Coastal) network", {"Z90104"}),
        ("Partner at Bousley - Robbins", {"Z20042"}),
        ("£850 from Priorsgate Practice, Bushley Health Centre, Lundon Road, Fenby", {"Z20044"}),
        ("Netherley House / Elm Lodge Surgery", {"Z20046", "Z20019"}),
        ("Partner at Parkley Grange", {"Z20047"}),
        ("Salaried GP: Elm Lodge Surgery, Alliance Tutorial Practices", {"Z20019", "Z20049"}),
        ("Consultant at Marlow and North Costerby", {"ZW5"}),
        ("NED at Regal Mere University Healthcare", {"ZW4"}),
        ("Director of Fenby Practices Ltd", {"ORG:Fenby Practices Ltd"}),
    ],
)
def test_a_name_is_known_as_people_write_it(text: str, expected: set[str]) -> None:
    assert named(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Lives at 19 Belmont Street",
        "Salaried GP at the surgery in Longmeadow",
        "Husband is a teacher at Longmeadow",
        "Teaching: paid per session",
        "Employment: salaried",
        "Lumberley SURG., Longmeadow",
        "Rental income from a flat in Doctor Lane",
        "Not a partner at Elm Lodge Surgery",
        "Broughley Medical Group",
        "Cottage in Marlow and North Costerby",
    ],
)
def test_words_that_only_look_like_a_name_mean_nobody(text: str) -> None:
    assert named(text) == set()


def test_a_county_behind_a_name_is_no_company() -> None:
    assert named("Practice manager at DURHAM ROAD SURGERY CO.DURHAM", THERE) == {"Z20021"}


@pytest.mark.parametrize(
    "text",
    [
        "GP, Greenley (Fenby)",
        "Cuthbert Inlet NHS Trust",
        "Cuthbert Inlet Trust",
        "Formerly a partner at Millford Road Surgery",
        "Clinical director, Tunnel Health Group PCN",
    ],
)
def test_what_several_are_called_by_names_none_of_them(text: str) -> None:
    result = MATCHER.match(text, HERE)
    assert result.decision is Decision.AMBIGUOUS
    assert len(result.organisations) == 2


def test_the_successor_of_a_closed_practice_is_said() -> None:
    (found,) = MATCHER.match("Formerly partner at Old Wharf Surgery", HERE).organisations
    assert found.why.endswith("closed, succeeded by Z20008")


def test_what_ones_own_practice_belongs_to_is_an_interest_in_money() -> None:
    assert read_interest("my practice, Elm Lodge Surgery, is a member").role is Role.UNKNOWN
    assert read_interest("Member of the patient group").role is Role.MEMBER


def test_each_place_of_a_list_is_one_and_a_longer_name_holds_no_shorter_one() -> None:
    assert set(each_in("practices in milton keynes fenby and wexby", ("fenby", "milton", "milton keynes"))) == {
        "milton keynes",
        "fenby",
    }


def test_a_commissioner_is_named_by_its_parts() -> None:
    called = "fenby and north east wexshire tarnwick and penshire"
    assert is_spelt_by("practices in fenby tarnwick and penshire", called)
    assert not is_spelt_by("practices in fenby and tarnwick", called)
    assert not is_spelt_by("practices in fenby", "fenby and east wexshire")
