"""An entry has one form only, and its commitments give nothing away."""

import contextlib
import json
import unicodedata
from datetime import UTC, datetime, timedelta, timezone

import pytest
import rfc8785
from hypothesis import given
from hypothesis import strategies as st

from coi.audit import entry, merkle
from coi.audit.entry import ActorMark, Entry, NotCanonical, ObjectMark

EXAMPLE = Entry(
    log="register.example/ledger",
    sequence=7,
    timestamp="2026-11-22T13:14:15.123456Z",
    type="meetings:minutes:confirmed",
    actor=ActorMark("4be0643f-1d98-573b-97cd-ca98a65347dd", "chair", "session"),
    object=ObjectMark("minutes", "0f0e", 3),
    classification="restricted",
    commitment=b"\x07" * 32,
)
words = st.text(st.characters(exclude_categories=["Cs"]), max_size=20).map(
    lambda text: unicodedata.normalize("NFC", text)
)
values = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53) + 1, 2**53 - 1) | words,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(words, inner, max_size=4),
    max_leaves=12,
)


def test_an_entry_is_read_as_it_was_written():
    written = entry.write(EXAMPLE)
    assert written == rfc8785.dumps(json.loads(written))
    assert entry.read(written) == EXAMPLE


@given(log=words, kind=words, role=words, number=st.integers(0, 2**53 - 1))
def test_what_is_written_can_always_be_read(log, kind, role, number):
    made = Entry(
        log, number, EXAMPLE.timestamp, kind, ActorMark(None, role, "cli"), ObjectMark("t", "i"), "x", b"1" * 32
    )
    written = entry.write(made)
    assert entry.read(written) == made


@given(values)
def test_the_canonical_form_is_stable(value):
    assert entry.canonical(json.loads(entry.canonical(value))) == entry.canonical(value)


@pytest.mark.parametrize("unfit", [1.0, float("nan"), 2**53, -(2**53), b"x", {1: 2}, "\ud800", [object()], {"a": 0.5}])
def test_what_two_machines_could_write_differently_is_refused(unfit):
    with pytest.raises(NotCanonical):
        entry.canonical(unfit)


@pytest.mark.parametrize(
    "change",
    [
        lambda text: text.replace('"v":1', '"v": 1'),
        lambda text: text.replace('"v":1', '"v":1.0'),
        lambda text: text.replace('"v":1', '"v":2'),
        lambda text: text.replace('"v":1', '"v":true'),
        lambda text: text.replace('"seq":7', '"seq":-7'),
        lambda text: text.replace('"seq":7', '"seq":7,"seq":7'),
        lambda text: text.replace('"seq":7', '"seq":"7"'),
        lambda text: text.replace('"cls":"restricted",', ""),
        lambda text: text.replace('"cls"', '"aaa":1,"cls"'),
        lambda text: text.replace("chair", "ch\\u0061ir"),
        lambda text: text.replace("chair", "cafe\u0301"),
        lambda text: text.replace(".123456Z", ".123456"),
        lambda text: text.replace("BwcHBw", "BwcHB!"),
        lambda text: text.replace("Bwc=", "Bwd="),
        lambda text: text.replace('{"id":"4be0643f-1d98-573b-97cd-ca98a65347dd",', "{"),
        lambda text: text[:-1],
        lambda text: "[]",
        lambda text: "",
        lambda text: "[" * 40_000,
        lambda text: text.replace("chair", "c" * 66_000),
    ],
)
def test_bytes_that_are_not_in_their_one_form_are_refused(change):
    text = entry.write(EXAMPLE).decode()
    assert change(text) != text
    with pytest.raises(NotCanonical):
        entry.read(change(text).encode())


@given(st.integers(0, 10**6), st.integers(1, 255))
def test_any_changed_byte_changes_what_is_read_or_makes_it_unreadable(position, flip):
    written = bytearray(entry.write(EXAMPLE))
    written[position % len(written)] ^= flip
    with contextlib.suppress(NotCanonical):
        assert entry.read(bytes(written)) != EXAMPLE


def test_an_entry_is_never_longer_than_a_tile_can_hold():
    with pytest.raises(NotCanonical, match="at most"):
        entry.write(Entry(**{**EXAMPLE.__dict__, "log": "x" * 65_536}))


def test_the_text_of_an_entry_is_in_normal_form():
    with pytest.raises(NotCanonical, match="normal form"):
        entry.write(Entry(**{**EXAMPLE.__dict__, "log": "cafe\u0301"}))


def test_instants_are_written_in_utc_with_microseconds_and_need_their_zone():
    assert (
        entry.timestamp(datetime(2026, 7, 1, 9, 0, tzinfo=timezone(timedelta(hours=1))))
        == "2026-07-01T08:00:00.000000Z"
    )
    assert entry.timestamp(datetime(2026, 7, 1, 9, 0, 0, 5, UTC)) == "2026-07-01T09:00:00.000005Z"
    with pytest.raises(NotCanonical):
        entry.timestamp(datetime(2026, 7, 1))


def test_a_commitment_depends_on_salt_event_number_and_body():
    first = entry.section_commitment(b"s" * 32, "a:b:c", 1, b"{}")
    others = [
        entry.section_commitment(b"t" * 32, "a:b:c", 1, b"{}"),
        entry.section_commitment(b"s" * 32, "a:b:d", 1, b"{}"),
        entry.section_commitment(b"s" * 32, "a:b:c", 2, b"{}"),
        entry.section_commitment(b"s" * 32, "a:b:c", 1, b"[]"),
    ]
    assert len({first, *others}) == 5


def test_one_section_is_shown_while_the_others_stay_closed():
    sections = [entry.section_commitment(bytes([n]) * 32, "a:b:c", n, b"{}") for n in range(5)]
    leaves = [merkle.leaf_hash(each) for each in sections]
    frontier, known = merkle.Frontier(), {(0, index): leaf for index, leaf in enumerate(leaves)}
    for leaf in leaves:
        known.update({(level, index): hashed for level, index, hashed in frontier.append(leaf)})
    proof = merkle.inclusion_proof(3, 5, lambda level, index: known[level, index])
    merkle.verify_inclusion(3, 5, leaves[3], proof, entry.commitment_over(sections))
