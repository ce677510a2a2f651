"""Every event of the ledger has words and a kind."""

import pytest

from coi.assurance.events import EVENT_WORDS, KIND_WORDS, Kind, events_of, kind_of, words_of
from coi.audit.vocabulary import Event


@pytest.mark.parametrize("event", Event)
def test_every_event_is_said_in_plain_words_and_has_a_kind(event: Event) -> None:
    words = EVENT_WORDS[event]
    assert words[0].isupper()
    assert not words.endswith(".")
    assert ":" not in words
    assert event in events_of(kind_of(event))


def test_no_two_events_are_said_in_the_same_words() -> None:
    assert len(set(EVENT_WORDS.values())) == len(EVENT_WORDS)


def test_every_kind_has_a_label_and_events() -> None:
    assert set(KIND_WORDS) == set(Kind)
    assert all(events_of(kind) for kind in Kind)


def test_an_event_that_this_version_does_not_know_is_shown_as_it_is() -> None:
    assert words_of("gifts:gift:declared").endswith("gifts:gift:declared")


def test_an_item_that_was_deferred_is_a_decision_and_one_that_was_added_is_not() -> None:
    assert kind_of(Event.ITEM_DEFERRED) is Kind.DECISIONS
    assert kind_of(Event.ITEM_ADDED) is Kind.MEETINGS
