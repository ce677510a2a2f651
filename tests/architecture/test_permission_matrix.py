"""Who gets in where: the application held against permission_matrix.csv, which people write by hand. docs/access.md explains it.

Every endpoint is called by everybody, for what is theirs, another committee's, another body's, and kept from them by a ruling. What
is forbidden must look exactly like what does not exist, and must leave the database as it was. Every answer says what browsers may do
with it."""

import csv
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.permission_stage import NOBODY, RELATIONS, WHO, Stage, not_said, plain, staged
from tests.support.permission_world import SECRET

FILE = Path(__file__).with_name("permission_matrix.csv")


def rows() -> dict[str, dict[str, str]]:
    """The file, by endpoint."""
    with FILE.open(newline="", encoding="utf-8") as file:
        return {row["endpoint"]: row for row in csv.DictReader(file)}


MATRIX = rows()


@pytest.fixture(scope="module")
def stage(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    """The world, once for all rows."""
    yield from staged(tmp_path_factory.mktemp("matrix"))


def test_each_endpoint_has_a_row_and_each_row_an_endpoint(stage: Stage) -> None:
    endpoints = {rule.endpoint for rule in stage.app.url_map.iter_rules()} - {"static"}
    new = sorted(endpoints - MATRIX.keys())
    assert not new, (
        f"Nobody has decided who may use {', '.join(new)}. Add a row for each to {FILE.name}: its endpoint, what it is in plain words, and "
        "for each role own, committee, body or conflicted, as far as the role gets in, or - . docs/access.md says how."
    )
    gone = sorted(MATRIX.keys() - endpoints)
    assert not gone, f"{', '.join(gone)} is not in the application any more. Take its row out of {FILE.name}."


def test_the_matrix_is_written_with_its_words_only() -> None:
    words = {"-", "public", *RELATIONS}
    for endpoint, row in MATRIX.items():
        assert list(row) == ["endpoint", "what it is", *WHO], "The columns are the roles"
        assert row["what it is"], f"{endpoint}: say in plain words what it is"
        for who in WHO:
            cell = row[who].split()
            assert cell and set(cell) <= words, f"{endpoint}, {who}: {row[who]!r}"
    assert list(MATRIX) == sorted(MATRIX), "Keep the rows in order"


@pytest.mark.parametrize("endpoint", list(MATRIX))
def test_everybody_gets_in_exactly_where_the_matrix_says(stage: Stage, endpoint: str) -> None:
    complaints = []
    for who in WHO:
        allowed = set(MATRIX[endpoint][who].split())
        for method in stage.methods(endpoint):
            for relation, urls in stage.urls(endpoint, who).items():
                gets_in = bool(allowed & {relation, "public"})
                judge = _complaints_if_allowed if gets_in else _complaints_if_forbidden
                complaints += [
                    f"{who}, {relation}, {method} {url}: {said}" for url in urls
                    for said in judge(stage, endpoint, who, method, url, urls[url], is_public="public" in allowed)
                ]  # fmt: skip
    if complaints:
        pytest.fail("\n".join(complaints), pytrace=False)


def _complaints_if_allowed(
    stage: Stage, endpoint: str, who: str, method: str, url: str, _missing: str, *, is_public: bool
) -> Iterator[str]:
    before = stage.changes()
    answer = stage.call(who, method, url)
    if answer.status_code == 404 or answer.status_code >= 500:
        yield f"should get in, and gets {answer.status_code}"
    elif answer.status_code in (302, 303) and "/sign-in" in answer.headers["Location"] and not is_public:
        yield "should get in, and is sent to sign in"
    yield from not_said(answer, who)
    if method == "POST" and stage.changes() != before:
        stage.restore()


def _complaints_if_forbidden(
    stage: Stage, endpoint: str, who: str, method: str, url: str, missing: str, *, is_public: bool
) -> Iterator[str]:
    before = stage.changes()
    answer = stage.call(who, method, url)
    changed = stage.changes() != before
    if changed:
        stage.restore()
        yield "is refused, and has changed the database"
    if who == NOBODY:
        if answer.status_code != 303 or not answer.headers["Location"].startswith("/sign-in"):
            yield f"should be sent to sign in, and gets {answer.status_code}"
    elif answer.status_code != 404:
        yield f"should not get in, and gets {answer.status_code}"
    if SECRET in answer.text:
        yield "reads what a ruling keeps from them"
    if plain(answer) != stage.answer_to_what_is_missing(who, method, missing):
        yield f"does not look like what does not exist, {missing}"
    yield from not_said(answer, who)
