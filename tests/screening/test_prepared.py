"""What is prepared with the index says the same as looking at every organisation."""

from coi.screening.hints import Hints
from coi.screening.index import NameIndex
from coi.screening.indexing import BUILDING
from coi.screening.initials import runs
from coi.screening.matching_vocabulary import Dated, ReferenceOrganisation
from coi.screening.names import spoken
from coi.screening.otherwise import Otherwise
from coi.screening.placing import Context, placed
from coi.screening.segments import bracketed, mentions
from tests.screening.invented import HERE, ORGANISATIONS, THERE, practice

KNOWN = (
    *ORGANISATIONS,
    practice("Z20001", "MILTON KEYNES VILLAGE PRACTICE", "Milton Keynes", address=("MILTON HOUSE", "GRIFFITH GATE, MILTON KEYNES")),
    practice("Z20002", "MILL VALE SURGERY", "Market Kembley", area=THERE, postcode="ZZ7 3AB"),
    practice("Z20003", "MAPLE VIEW SURGERY", "Penmarsh", status="closed", postcode="ZZ7 3AB"),
    practice("Z20004", "MANOR VIEW SURGERY", "Penmarsh"),
    ReferenceOrganisation(HERE, "NHS TARNWICK AND PENMARSH CCG", "commissioner"),
    ReferenceOrganisation("Z2N", "MARKET KEMBLEY NORTH PCN", "pcn", areas=(Dated(THERE),), town="KEMBLEY MAGNA"),
)  # fmt: skip
INDEX = NameIndex(KNOWN)
NUMBERS = range(len(INDEX.organisations))


def test_the_words_of_addresses_tell_of_each_organisation_where_it_is() -> None:
    every = frozenset().union(*(INDEX.places(number) for number in NUMBERS)) | {"nowhere"}
    assert "tarnwick" in INDEX.places(INDEX.by_code["Z10003"])  # by its commissioner
    for number in NUMBERS:
        assert INDEX.places_among(number, every) == INDEX.places(number)


def test_a_place_has_the_practices_with_one_line_of_address_that_says_it() -> None:
    there = INDEX.at_place(("milton", "keynes"), HERE)
    assert [INDEX.organisations[number].code for number in there] == ["Z20001"]
    assert INDEX.at_place(("gate", "milton", "house"), HERE) == []  # the words of two lines
    assert INDEX.at_place(("market", "kembley"), HERE) == []  # in another area


def test_initials_stand_for_the_runs_of_words_that_an_area_has() -> None:
    for area in (HERE, THERE):
        local = [n for n in sorted(INDEX.members(area)) if INDEX.organisations[n].kind in ("practice", "pcn")]
        told = {one.core for number in local for one in INDEX.names_borne(number) if one.kind != BUILDING}
        told |= {INDEX.town_words(number) for number in local}
        for initials in ("mk", "mkv", "hl", "cs", "km", "zz"):
            wanted = sorted({run for listed in told for run in runs(listed, initials)})
            assert Otherwise(INDEX)._runs_in(area, initials) == wanted


def test_the_initials_of_a_whole_name_are_those_of_an_open_practice_of_the_area() -> None:
    (said,) = mentions("MVS")
    assert [INDEX.organisations[number].code for number in Otherwise(INDEX).called_for_short(said, HERE)] == ["Z20004"]
    assert [INDEX.organisations[number].code for number in Otherwise(INDEX).called_for_short(said, THERE)] == ["Z20002"]


def test_the_names_of_an_organisation_stand_beside_each_other() -> None:
    for number in NUMBERS:
        own = [one for one in INDEX.variants if one.number == number]
        assert list(INDEX.names_borne(number)) == own and own
    assert sum(len(INDEX.joined_in("", letter)) for letter in "abcdefghijklmnopqrstuvwxyz") == len(
        {one.joined for one in INDEX.variants if one.joined}
    )


def test_a_bracket_with_a_word_of_no_name_is_in_no_name() -> None:
    for inside in (
        "Milton House",
        "the",
        "2 sessions",
        "Z20001",
        "practice manager",
        "St",
        "Village Practice",
        "Care",
        "Surgry",
    ):
        for text in (f"Partner, Milton Keynes ({inside}) Village Practice", f"GP at Mill Vale ({inside})"):
            every = [one for one in bracketed(text, lambda _: True) if one.listed in INDEX.full]
            assert [one for one in bracketed(text, INDEX.is_of_a_name) if one.listed in INDEX.full] == every
    left_out = list(bracketed("Mill Vale Surgery (2 sessions)", INDEX.is_of_a_name))
    assert left_out == [] and list(bracketed("Mill Vale Surgery (2 sessions)", lambda _: True))


def test_where_nothing_is_said_of_a_place_the_area_alone_speaks() -> None:
    (alone,) = mentions("Mill Vale Surgery")
    said_nothing = Context(THERE, Hints("Mill Vale Surgery"), alone)
    elsewhere = Context(
        THERE, Hints("Mill Vale Surgery"), alone, near=frozenset({"nowhere"})
    )  # a word that tells no place
    for number in NUMBERS:
        assert placed(INDEX, number, said_nothing) == placed(INDEX, number, elsewhere)


def test_the_open_practices_of_a_postcode_are_those_that_have_not_closed() -> None:
    assert [INDEX.organisations[number].code for number in INDEX.open_at("ZZ73AB")] == ["Z20002"]
    assert list(INDEX.open_at("ZZ99ZZ")) == []


def test_every_name_begins_as_a_name_may_however_it_is_shortened() -> None:
    names = {
        written
        for one in INDEX.variants
        for written in (one.name, spoken(one.name), one.name.lower(), f"The {one.name}")
    }
    assert all(INDEX.may_begin_name(name) for name in names)
    written = (
        "Health Care Centre",
        "Nursing Home Surgery",
        "St Anne's Surgery",
        "Dr Okonedo's Practice",
        "12 High Street Surgery",
    )
    known = NameIndex([practice("Z20009", name.upper()) for name in written])
    assert all(known.may_begin_name(name) for name in written)
    assert not known.may_begin_name("Landlord of the Nursing Home Surgery")


def test_trusts_and_commissioners_of_the_same_higher_level_area_are_near() -> None:
    own = ReferenceOrganisation("77A", "NHS FENBY CCG", "commissioner", geography="QZ9")
    near = ReferenceOrganisation("RZ9", "FENBY HOSPITALS NHS TRUST", "trust", geography="QZ9")
    far = ReferenceOrganisation("RZ8", "COSTERBY HOSPITALS NHS TRUST", "trust", geography="QZ8")
    index = NameIndex([own, near, far, practice("Z20010", "FENBY SURGERY", area="77A", geography="QZ9")])
    assert sorted(index.organisations[number].code for number in index.members("77A")) == ["77A", "RZ9", "Z20010"]
