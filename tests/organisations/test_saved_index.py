"""The file of names that were taken apart: the same answers from it, and never from one that is stale, cut or somebody else's."""

import os
from datetime import date
from pathlib import Path

import pytest

from coi.organisations import saved_index
from coi.organisations.saved_index import Known, known_of
from coi.screening.matcher import Matcher
from coi.screening.matching_vocabulary import Dated, ReferenceOrganisation

BEACON = ReferenceOrganisation(
    "F81001", "BEACON SURGERY", "practice", ("HARBOUR ROW SURGERY",), town="MALDON", postcode="CM9 1AA", opened_on=date(2010, 4, 1),
    address=("BEACON SURGERY", "1 HIGH STREET"), areas=(Dated("06Q", date(2013, 4, 1)),), pcns=(Dated("U1"),), geography="QH8",
)  # fmt: skip
TRUST = ReferenceOrganisation("RX1", "DENGIE HOSPITALS NHS FOUNDATION TRUST", "trust", geography="QH8")


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("COI_INDEX_FOLDER", str(tmp_path / "index"))
    monkeypatch.setattr(saved_index, "WORTH_KEEPING", 1)
    return tmp_path / "index"


def made(*of: str) -> Known:
    return known_of(of, lambda: [BEACON, TRUST])


def found_again(*of: str) -> Known:
    def read() -> list[ReferenceOrganisation]:
        raise AssertionError("it was to be read from the file")

    return known_of(of, read)


def test_a_file_gives_back_all_that_was_put_in_and_the_same_answers() -> None:
    first, again = made("a"), found_again("a")
    assert again == first
    for text in ("Harbour Row Surgery", "DHFT", "Beacon Surgry, Maldon"):
        assert Matcher(*again).match(text, "06Q") == Matcher(*first).match(text, "06Q")


def test_other_data_are_read_anew(folder: Path) -> None:
    made("a")
    assert known_of(["b"], lambda: [TRUST]).organisations == (TRUST,)
    assert len(list(folder.iterdir())) == 2


def test_another_program_reads_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    made("a")
    monkeypatch.setattr(saved_index, "_program", lambda: "another")
    assert known_of(["a"], lambda: [TRUST]).organisations == (TRUST,)


@pytest.mark.parametrize("harm", ["cut", "changed", "empty", "others may write"])
def test_a_file_that_cannot_be_trusted_is_made_anew(folder: Path, harm: str) -> None:
    made("a")
    (path,) = folder.iterdir()
    whole = path.read_bytes()
    if harm == "others may write":
        path.chmod(0o666)
    else:
        path.write_bytes({"cut": whole[:-9], "changed": whole[:-1] + b"\0", "empty": b""}[harm])
    assert known_of(["a"], lambda: [TRUST]).organisations == (TRUST,)


def test_only_the_newest_files_stay_and_nothing_half_written(folder: Path) -> None:
    for number in range(saved_index.KEPT + 2):
        made(str(number))
    assert len(list(folder.iterdir())) == saved_index.KEPT


def test_a_file_that_is_in_use_stays_however_old_it_is(folder: Path) -> None:
    made("in use")
    (path,) = folder.iterdir()
    for number in range(1, saved_index.KEPT):
        made(str(number))
    for each in folder.iterdir():
        os.utime(each, (0, 0) if each == path else (9, 9))
    found_again("in use")
    made("another")
    assert path.exists() and len(list(folder.iterdir())) == saved_index.KEPT


def test_a_folder_that_cannot_be_made_keeps_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("COI_INDEX_FOLDER", str(tmp_path / "file" / "index"))
    assert made("a").organisations == made("a").organisations == (BEACON, TRUST)


def test_few_organisations_are_not_kept(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(saved_index, "WORTH_KEEPING", 3)
    made("a")
    assert not folder.exists()
