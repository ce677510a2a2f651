"""How many paths a screening follows."""

from hypothesis import given
from hypothesis import strategies as st

from coi.meetings.conflicts.paths import paths_followed
from coi.screening.vocabulary import Edge, EdgeKind

NAMES = st.sampled_from("ABCDEF")


def edge(source: str, target: str) -> Edge:
    return Edge(source, target, EdgeKind.MEMBER_OF_PCN)


def test_an_interest_leads_to_what_it_names_and_whatever_that_leads_on_to() -> None:
    edges = [edge("A", "B"), edge("B", "C"), edge("D", "C")]
    assert paths_followed([["A"]], edges) == 3
    assert paths_followed([["A", "D"], ["D"], []], edges) == 6


def test_organisations_that_own_each_other_end() -> None:
    assert paths_followed([["A"]], [edge("A", "B"), edge("B", "A")]) == 2


@given(st.lists(st.lists(NAMES, max_size=3), max_size=5), st.lists(st.builds(edge, NAMES, NAMES), max_size=12))
def test_every_organisation_named_is_a_path_and_none_counts_twice(
    interests: list[list[str]], edges: list[Edge]
) -> None:
    found = paths_followed(interests, edges)
    assert sum(len(set(each)) for each in interests) <= found <= 6 * len(interests)
