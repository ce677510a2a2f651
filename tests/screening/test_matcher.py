"""Which organisations a declared text names, and which texts name nobody."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coi.screening.matcher import Matcher
from coi.screening.matching_vocabulary import Dated, Decision, ReferenceOrganisation
from tests.screening.invented import HERE, ORGANISATIONS, THERE, practice

MATCHER = Matcher(ORGANISATIONS)


def named(text: str, area: str = HERE) -> set[str]:
    result = MATCHER.match(text, area)
    return {one.code or f"ORG:{one.name}" for one in result.organisations} if result.decision == "matched" else set()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("GP partner at Quillbrook Medical Centre", {"Z10001"}),
        ("Quillbrook Med Ctr - salaried GP", {"Z10001"}),
        ("Quillbrook MC", {"Z10001"}),
        ("QUILLBROOK SURGERY", {"Z10001"}),
        ("Quilbrook Medical Centre", {"Z10001"}),
        ("Quill Brook Medical Centre, Tarnwick", {"Z10001"}),
        ("Quillbrook Medcial Centre", {"Z10001"}),
        ("Partner, Osterleigh Surgery", {"Z10002"}),
        ("OSTERLEIGH SURGERY (THE)", {"Z10002"}),
        ("Dr Tremlett's practice", {"Z10005"}),
        ("Upper Saintbury and Pentreglas Surgery", {"Z10009"}),
        ("Pentreglas & Upper St. Bury Surgeries", {"Z10009"}),
        ("Formerly partner at Eldermere Health Centre (retired June 2024)", {"Z10008"}),
        ("Loxbridge Doctors Practice", {"Z10013"}),
        ("Clinical director, Tarnwick Primary Care Network", {"Z90001"}),
        ("Sister is a nurse at MTUFT", {"ZT1"}),
        ("Marlow & Tarnwick University NHS FT - consultant", {"ZT1"}),
        ("Works at Z10003", {"Z10003"}),
        ("Quillbrook Medical Centre (Z19999)", {"Z10001"}),
        ("Practice is a shareholder of Tarn Care Ltd (Quillbrook Medical Centre)", {"Z10001", "ORG:Tarn Care Ltd"}),
        ("Quillbrook Medical Centre and Osterleigh Surgery", {"Z10001", "Z10002"}),
        ("Board member, Marlow Health Federation", {"ORG:Marlow Health Federation"}),
        ("Trustee of Quillbrook Hospice", {"ORG:Quillbrook Hospice"}),
        ("Director of Osterleigh Pharmacy Limited", {"ORG:Osterleigh Pharmacy Ltd"}),
    ],
)
def test_a_text_names_its_organisations(text: str, expected: set[str]) -> None:
    assert named(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Nil",
        "n/a",
        "Member of the BMA and RCGP",
        "Spouse is a teacher",
        "Husband is a dentist",
        "Lives in Tarnwick",
        "Member of the Labour Party",
        "Registered patient at a local practice",
        "Whittlestone Surgery, Penmarsh",
    ],
)
def test_a_text_that_names_nobody_is_left_alone(text: str) -> None:
    assert not named(text)


def test_a_name_that_several_bear_is_told_by_the_area() -> None:
    assert named("Hollin Lane Surgery", HERE) == {"Z10003"}
    assert named("Hollin Lane Surgery", THERE) == {"Z10004"}


def test_a_name_that_several_bear_is_told_by_the_town() -> None:
    assert named("Partner at Hollin Lane Surgery, Costerby", "") == {"Z10004"}
    assert named("BARNFIELD SURGERY TARNWICK") == {"Z10007"}


@pytest.mark.parametrize(
    ("text", "area"),
    [
        ("Hollin Lane Surgery", ""),
        ("Barnfield Surgery", HERE),
        ("Partner at The Surgery", HERE),
        ("Elm and Ash PCN", HERE),
    ],
)
def test_equals_are_never_guessed_between(text: str, area: str) -> None:
    result = MATCHER.match(text, area)
    assert result.decision is Decision.AMBIGUOUS
    assert len(result.organisations) == 2


def test_a_practice_elsewhere_is_named_when_nobody_else_bears_its_name() -> None:
    assert named("Whittlestone Surgery, Costerby") == {"Z10012"}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("GP partner, Hollin Lane", {"Z10003"}),
        ("Salaried GP at Pentreglas and Upper Saintbury", {"Z10009"}),
        ("Partner at Osterliegh Farm", set()),
        ("Lives in Hollin Lane", set()),
        ("Donor: 12 Hollin Lane, Penmarsh", set()),
        ("Husband is a porter at Quillbrook Medical Centre", {"Z10001"}),
        ("Registered patient of a practice in Loxbridge", set()),
        ("Quillbrook and Osterleigh surgeries", {"Z10001", "Z10002"}),
        ("Osterleigh Surgery and Quillbrook Medical Centre; director of Tarn Care Ltd", {"Z10001", "Z10002", "ORG:Tarn Care Ltd"}),
        ("ROYAL TERN SURGERY", {"Z10014"}),
        ("Widderby Medical Centre", {"Z10015"}),
        ("Saltern Health Group", {"Z10015"}),
        ("The Goslings Surgery", {"Z10016"}),
        ("Church St Surgery", {"Z10018"}),
        ("Willowdene Surgery", {"Z10019"}),
        ("Northfield Surgery", set()),
        ("CD of PDC PCN", {"Z90004"}),
        ("Partner at Osterleigh Surgery, Loxbridge", {"Z10002"}),
        ("Clinical lead, Dunley and XYZ PCN", set()),
        ("Friend is a partner in a Tarnwick practice", set()),
        ("Property owner in Tarnwick", set()),
        ("Tarnwick Health and Social Care NHS FT", set()),
        ("MTU NHS Trust", {"ZT1"}),
        ("Employed by NHS Marlow Integrated Care Board", {HERE}),
        ("Member of Costerby Clinical Commissioning Group governing body", {THERE}),
        ("Advisory board, Novantis", {"ORG:Novantis"}),
        ("Husband's company, Acme Locums Ltd, supplies locums", {"ORG:Acme Locums Ltd"}),
        ("PPG of Quillbrook Medical Centre", {"Z10001"}),
        ("Tarnwick Surgery", set()),
        ("Shareholder in Penmarsh GP Federation", {"ORG:Penmarsh GP Federation"}),
    ],
)  # fmt: skip
def test_a_register_s_manners_of_speech_are_understood(text: str, expected: set[str]) -> None:
    assert named(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Partner at Quillbrook / Osterleigh Medical Centres", {"Z10001", "Z10002"}),
        ("Quillbrook & Whitestone - partner at both", set()),
        ("Willowdenes & Quillbrook - partner at both", {"Z10019", "Z10001"}),
        ("Sister-in-law Practice Mgr @Quillbrook Med Ctr", {"Z10001"}),
        ("Health Centre, Eldermere", {"Z10008"}),
        ("z10001 partner", {"Z10001"}),
        ("QMC (Quillbrook Medical Centre)", {"Z10001"}),
        ("Quillbrook Medical Centre, Costerby", set()),  # a town in which no practice of the area is
        ("Quillbrook Medical Centre. Daughter works in Costerby", {"Z10001"}),
        ("Owns a flat in Church Street, Tarnwick", set()),
        ("Wife owns Quillbrook Pharmacy in Tarnwick", {"ORG:Quillbrook Pharmacy"}),
        ("Director, Tarnwick GP Collaborative Ltd", {"ORG:Tarnwick GP Collaborative Ltd"}),
        ("Son is a junior doctor at the Wexcombe Hale", {"ZT2"}),
        ("Larkspur Rise Close", {"Z10022"}),
        ("Owns Sunny Rise Nursing Home, Penmarsh", {"ORG:Sunny Rise Nursing Home"}),
        ("Trustee of Marlow Hospice at Home", {"ORG:Marlow Hospice at Home"}),
        ("Wife is a nurse at Wexcombe Infirmary", set()),
        ("Daughter works at Marlow Royal Infirmary", {"ZT3"}),
        ("Works for Marlow Vale Healthcare", {"ZT4"}),
        ("Member of Marlow GP Confederation", {"ORG:Marlow GP Confederation"}),
        ("Consultant at Penmarsh University Hospital NHS Trust", set()),  # whoever is called so has a code
        ("Works at Penmarsh General Hospital", set()),
        ("Chair of PPG, Quillbrook Medical Centre", {"Z10001"}),
        ("GP appraiser for NHS England", {"ORG:NHS England"}),
        ("Board director, Tarnwick & Marlow Health (GP federation)", {"ORG:Tarnwick & Marlow Health"}),
        ("Tarnwick Health - the local GP alliance, director", {"ORG:Tarnwick Health"}),
        ("Works for Weir Health Care CIC", {"ORG:Weir Health Care CIC"}),
        ("Shares in NovaCare and GSK", {"ORG:NovaCare", "ORG:GSK"}),
        ("Shares in Marlow and Spenser", {"ORG:Marlow and Spenser"}),
        ("Wife is a surgeon at St Osyth's, Fenby", {"ZT6"}),
        ("Quillbrook MC + Eastwithy", {"Z10001", "Z10023"}),
        ("N Bridge Health Centre", {"Z10024"}),
    ],
)
def test_what_people_write_by_hand_is_understood_and_never_stretched(text: str, expected: set[str]) -> None:
    assert named(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "I have no interest in Quillbrook Medical Centre",
        "No shares or directorships in Tarn Care Ltd",
        "Not a partner of Quillbrook Medical Centre",
        "Never worked at Quillbrook Medical Centre, but patient there",
        "Neither I nor my wife works at Quillbrook Medical Centre",
        "I do not hold shares in Tarn Care Ltd",
        "I don't own Osterleigh Pharmacy",
        "Quillbrook Medical Centre - none",
        "Tarn Care Ltd: nil",
        "None of my family works at Quillbrook Medical Centre",
    ],
)
def test_what_somebody_denies_names_nobody(text: str) -> None:
    assert MATCHER.match(text, HERE).decision is Decision.NONE
    assert MATCHER.match(text, HERE).text == text


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("No longer a partner at Quillbrook Medical Centre", {"Z10001"}),
        ("Not a partner but salaried GP at Quillbrook Medical Centre", {"Z10001"}),
        ("Not a partner, salaried GP at Quillbrook Medical Centre", {"Z10001"}),
        ("No interests other than as partner at Quillbrook Medical Centre", {"Z10001"}),
        ("Partner, Quillbrook Medical Centre - nil", {"Z10001"}),
        ("Partner at Quillbrook Medical Centre (not a shareholder of Tarn Care Ltd)", {"Z10001"}),
        ("Volunteer for Tarnwick Wellbeing, a not-for-profit company. Partner at Quillbrook Medical Centre", {"Z10001"}),
    ],
)  # fmt: skip
def test_what_is_said_beside_a_denial_counts(text: str, expected: set[str]) -> None:
    assert expected <= named(text)
    assert "ORG:Tarn Care Ltd" not in named(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Partner at Whittlestone Surgery and locum in Tarnwick", {"Z10012"}),
        ("Partner, Whittlestone Surgery; lives in Tarnwick", {"Z10012"}),
        ("Whittlestone Surgery, Quillbrook Medical Centre and Loxbridge Royal", {"Z10012", "Z10001"}),
    ],
)
def test_a_place_elsewhere_in_a_text_takes_no_name_away(text: str, expected: set[str]) -> None:
    result = MATCHER.match(text, "")
    assert expected <= {one.code for one in result.organisations}
    assert "but the text names" in result.organisations[0].why
    assert MATCHER.match("Whittlestone Surgery, Tarnwick", "").decision is Decision.NONE


def test_a_long_list_of_names_is_found_whole_whatever_place_it_names() -> None:
    names = [
        f"{first}{last} Surgery"
        for first in ("Alder", "Birk", "Corn", "Dun")
        for last in ("ham", "ley", "wick", "combe")
    ]
    matcher = Matcher([practice(f"Z3{n:04}", name.upper(), f"Town{n}") for n, name in enumerate(names)])
    found = matcher.match("; ".join([*names, "Alderham Royal", "lives in Town3"]), "")
    assert len(found.organisations) == len(names)


def test_codes_of_one_name_and_postcode_are_ambiguous_whatever_they_call_themselves() -> None:
    twins = [practice(code, "MOOR HEALTHCARE TRUST", postcode="ZZ9 9ZZ") for code in ("Z40001", "Z40002")]
    assert len(Matcher(twins).match("Moor Healthcare Trust", HERE).organisations) == 2
    assert Matcher(twins).match("Moor Healthcare Trust", HERE).decision is Decision.AMBIGUOUS


def test_a_network_is_not_taken_for_a_service_that_is_called_after_it() -> None:
    network = ReferenceOrganisation("Z91010", "WEIR HEALTH TRIANGLE PCN", "pcn", areas=(Dated(HERE),))
    service = ReferenceOrganisation(
        "Z91011", "WEIR HEALTH TRIANGLE PCN (EXTENDED ACCESS)", "prescribing", areas=(Dated(HERE),)
    )
    assert [one.code for one in Matcher((network, service)).match("Weir Health Triangle PCN", HERE).organisations] == [
        "Z91010"
    ]


def test_a_digit_of_a_text_is_no_place() -> None:
    assert "place agrees" not in MATCHER.match("1 Osterleigh Surgery", HERE).organisations[0].why


def test_every_answer_says_why() -> None:
    result = MATCHER.match("Dr Tremletts practice, Penmarsh", HERE)
    assert "former name" in result.organisations[0].why
    assert "penmarsh" in result.organisations[0].why


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("Quillbrook Medical Centre", "same name"),
        ("Quillbrook Med Ctr", "same name"),
        ("Partner at Quillbrook", "same name"),
        ("Quillbrook Medical Cenrte", "a spelling of the name"),
        ("Quilbrook Medical Centre", "a spelling of the name"),
        ("Quillbrook Surgery", "the name but for its type"),
    ],
)
def test_an_answer_says_how_far_the_words_are_the_name(text: str, why: str) -> None:
    assert MATCHER.match(text, HERE).organisations[0].why.startswith(f"{why}; ")


@settings(max_examples=60, deadline=None)
@given(
    st.sampled_from([one for one in ORGANISATIONS if one.code in ("Z10001", "Z10002", "Z10009", "Z90001")]),
    st.sampled_from(["GP partner at {}", "{}", "Spouse works at {}", "{} - salaried GP"]),
    st.sampled_from([str.lower, str.upper, str.title]),
    st.integers(1, 3),
)
def test_case_and_spacing_do_not_change_the_answer(one, wrapper, case, spaces) -> None:  # type: ignore[no-untyped-def]
    text = case(wrapper.format(one.name)).replace(" ", " " * spaces)
    assert named(text) == {one.code}


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=120))
def test_no_text_breaks_the_matcher(text: str) -> None:
    assert MATCHER.match(text, HERE).text == text


ELSEWHERE = "96Z"
LONGBRIDGE = (
    practice("Z20001", "LONG BRIDGE VILLAGE SURG", "Long Bridge", area="95Z"),
    practice("Z20002", "CENTRAL LONG BRIDGE MEDICAL CENTRE", "Long Bridge", area="95Z"),
    practice("Z20003", "HESTERBOROUGH SURGERY", "Hesterborough", area="95Z", pcns=(Dated("Z91002"),)),
    practice("Z20004", "THE FELL LB SURGERY", "Ferry", area=ELSEWHERE),
    ReferenceOrganisation("Z91001", "THE WEIR PCN", "pcn", areas=(Dated(ELSEWHERE),)),
    ReferenceOrganisation("Z91002", "THE WEIR LB PCN", "pcn", areas=(Dated("94Z"),)),
    ReferenceOrganisation("Z91003", "FERRY 1 PCN", "pcn", areas=(Dated(ELSEWHERE),)),
    ReferenceOrganisation("Z91004", "LOW MOOR CITY PCN", "pcn", areas=(Dated(ELSEWHERE),)),
    ReferenceOrganisation("Z91005", "LOW MOOR CITY 4 PCN", "pcn", areas=(Dated(ELSEWHERE),)),
    practice("Z20005", "KESTRELS MEDICAL PARTNERSHIP", "Ferry", area=ELSEWHERE),
    ReferenceOrganisation("Z91006", "KESTRELS PCN", "pcn", areas=(Dated(ELSEWHERE),)),
    practice("Z20007", "FERRY HOUSE - PRACTICE 5", "Ferry", area="95Z"),
    practice("Z20006", "MOUNT PLEASING PRACTICE", "Ferry", area=ELSEWHERE),
    ReferenceOrganisation("95Z", "NHS LONG BRIDGE CCG", "commissioner"),
)
LOCAL = Matcher(LONGBRIDGE)


@pytest.mark.parametrize(
    ("text", "area", "expected"),
    [
        ("LB Village Surgery", "95Z", "Z20001"),
        ("Partner at CLB", "95Z", "Z20002"),
        ("GP at CLB Medical Centre", "95Z", "Z20002"),
        ("Locum in LB", "95Z", None),
        ("Finance, month 5", "95Z", None),
        ("GP at various practices across SW London", "95Z", None),
        ("Hesterboro Surgery", "95Z", "Z20003"),
        ("Clinical director, the Weir network", "95Z", "Z91002"),
        ("Clinical director, the Weir PCN", ELSEWHERE, "Z91001"),
        ("Clinical director Ferry One PCN", ELSEWHERE, "Z91003"),
        ("CD of Ferry 1", ELSEWHERE, "Z91003"),
        ("Low Moor City Four PCN", ELSEWHERE, "Z91005"),
        ("Low Moor City PCN", ELSEWHERE, "Z91004"),
        ("Clinical director, Kestrels", ELSEWHERE, "Z91006"),
        ("CD of Kestrels and partner at Mount Pleasing Practice", ELSEWHERE, "Z91006|Z20006"),
    ],
)
def test_names_are_known_as_people_near_them_write_them(text: str, area: str, expected: str | None) -> None:
    result = LOCAL.match(text, area)
    found = {one.code for one in result.organisations} if result.decision is Decision.MATCHED else set()
    assert found == (set(expected.split("|")) if expected else set())
