"""What went wrong in other products of this kind, tried here: a thing of one committee reached through another's, a field that moves
it, names of others in lists (SECURITY 1.4: C1 to C6, C8, C10, C14, C15)."""

import re
import sqlite3
from typing import Any

import pytest

from coi.permissions.vocabulary import Role
from tests.architecture.test_permission_matrix import MATRIX
from tests.support.permission_stage import Stage

THROUGH_ONES_OWN = (
    ("POST", "items/{mine[flagged_item]}/organisations/{other[affected_id]}/remove", {}),
    ("POST", "committees/{own[committee_id]}/members/{other[membership_id]}/end", {}),
    ("GET", "committees/{own[committee_id]}/terms/{other[terms_id]}", {}),
    ("POST", "meetings/{own[meeting_id]}/room/people/{other[person_id]}/movement", {}),
    ("POST", "meetings/{own[meeting_id]}/declarations/{other[person_id]}", {}),
    ("POST", "meetings/{own[meeting_id]}/declarations/{own[person_id]}?item={other[item_id]}", {"text": "x", "point": "at_item"}),
    ("POST", "meetings/{own[meeting_id]}/declarations/{own[person_id]}?item={kept[item_id]}", {"text": "x", "point": "at_item"}),
    ("POST", "meetings/{own[meeting_id]}/room/people/{own[person_id]}/movement?item={kept[item_id]}", {}),
    ("POST", "meetings/{own[meeting_id]}/room/attendance?committee={other[committee_id]}", {}),
    ("POST", "items/{own[item_id]}/conflicts/{other[person_id]}/rule", {"actions": "A4", "rationale": "x"}),
    ("POST", "items/{own[item_id]}/conflicts/{own[person_id]}/rule?committee={other[committee_id]}", {}),
    ("POST", "items/{own[item_id]}/conflicts/rule-on-all?committee={other[committee_id]}", {}),
    ("POST", "items/{own[item_id]}/flags/{other[key]}/answer", {}),
    ("POST", "items/{own[item_id]}/room/decide?committee={other[committee_id]}", {}),
    ("POST", "meetings/{own[meeting_id]}/agenda/move", {"item": "{other[item_id]}", "places": "1", "version": "1"}),
    ("POST", "meetings/{kept[meeting_id]}/agenda/move", {"item": "{kept[item_id]}", "places": "1", "version": "1"}),
    ("POST", "registers/interests/enter/{other[person_id]}/check", {"signed": "y"}),
)  # fmt: skip
IN_A_FIELD = (
    ("meetings/plan", {"committees": "{other[committee_id]}", "held_on-day": "1", "held_on-month": "12", "held_on-year": "2026",
                       "starts_at": "10:00"}),
    ("items/{own[item_id]}/actions/add", {"text": "Write", "owner": "{foreign[person_id]}"}),
    ("committees/{own[committee_id]}/members/new", {"person_id": "{foreign[person_id]}", "member_class": "gp", "voting": "no",
                                                    "valid_from-day": "1", "valid_from-month": "4", "valid_from-year": "2026"}),
    ("meetings/{own[meeting_id]}/minutes/confirm", {"at_meeting": "{other[meeting_id]}", "confirmed_by": "{own[person_id]}"}),
    ("meetings/{own[meeting_id]}/room/attendance", {"person_id": "{foreign[person_id]}", "person": "{foreign[person_id]}",
                                                    "capacity": "in_attendance"}),
    ("items/{own[item_id]}/flags/raise", {"person": "{other[person_id]}", "text": "A conflict"}),
    ("registers/interests/enter", {"person_id": "{other[person_id]}", "content": "nothing", "declared_on-day": "1",
                                   "declared_on-month": "11", "declared_on-year": "2026"}),
)  # fmt: skip


def filled(stage: Stage, text: str) -> str:
    rooms = stage.world.rooms
    return text.format(
        own=rooms["own"],
        other=rooms["committee"],
        foreign=rooms["body"],
        kept=stage.world.conflicted,
        mine=stage.world.own[Role.CHAIR],
    )


def post(stage: Stage, who: str, path: str, data: dict[str, str], method: str = "POST") -> Any:
    browser = stage.browsers[who]
    sent = {"csrf_token": browser._token, **{name: filled(stage, value) for name, value in data.items()}}
    stage.call(who, "GET", "/account")  # the cookie as it was
    return browser._client.open(f"/{stage.world.slug}/{filled(stage, path)}", method=method, data=sent, buffered=True)


@pytest.mark.parametrize(("method", "path", "data"), THROUGH_ONES_OWN)
def test_nothing_of_another_committee_is_reached_through_a_thing_of_ones_own(
    stage: Stage, method: str, path: str, data: dict[str, str]
) -> None:
    for who in ("secretary", "chair", "member"):
        before = stage.changes()
        answer = post(stage, who, path, data, method)
        assert answer.status_code == 404, f"{who}: {answer.status_code}"
        assert stage.changes() == before


@pytest.mark.parametrize(("path", "data"), IN_A_FIELD)
def test_a_field_does_not_take_what_its_list_does_not_offer(stage: Stage, path: str, data: dict[str, str]) -> None:
    before = stage.changes()
    answer = post(stage, "secretary", path, data)
    assert answer.status_code in (404, 422), answer.headers.get("Location")
    assert stage.changes() == before


def test_a_field_that_a_form_does_not_have_moves_nothing(stage: Stage) -> None:
    """C3: attributes of the row, sent along, are not applied."""
    own, other = stage.world.rooms["own"], stage.world.rooms["committee"]
    form = stage.call("secretary", "GET", f"/{stage.world.slug}/meetings/{own['meeting_id']}/edit").text
    version = re.search(r'name="(?:seen_version|version)"[^>]*value="(\d+)"', form)
    data = {
        "held_on-day": "10", "held_on-month": "11", "held_on-year": "2026", "starts_at": "10:00", "venue": "Room 2", "title": "Moved",
        "version": version.group(1) if version else "1", "committee_id": str(other["committee_id"]), "state": "closed",
        "body_id": str(stage.world.rooms["body"]["committee_id"]), "id": str(other["meeting_id"]), "reference": "FORGED/1",
    }  # fmt: skip
    post(stage, "secretary", f"meetings/{own['meeting_id']}/edit", data)
    with sqlite3.connect(stage.file) as connection:
        rows = connection.execute("SELECT id, body_id, state, reference FROM meeting ORDER BY id").fetchall()
    connection.close()
    with sqlite3.connect(stage.first) as connection:
        assert rows == connection.execute("SELECT id, body_id, state, reference FROM meeting ORDER BY id").fetchall()
    connection.close()
    stage.restore()


def test_acting_never_grants_a_role(stage: Stage) -> None:
    """C8: whoever rules, tells the chair or answers has the roles afterwards that they had before."""
    acts = (
        ("chair", "items/{own[item_id]}/conflicts/{own[person_id]}/rule", {"actions": "A4", "rationale": "Her own contract"}),
        ("member", "items/{own[item_id]}/flags/raise", {"person": "{own[person_id]}", "text": "Her brother bids"}),
        ("chair", "rulings/{own[ruling_id]}/confirm", {}),
        ("secretary", "meetings/{own[meeting_id]}/minutes/draft", {}),
    )  # fmt: skip
    for who, path, data in acts:
        before = stage.changes()
        assert post(stage, who, path, data).status_code in (302, 303), path
        assert stage.changes() != before, path
    with sqlite3.connect(stage.file) as now, sqlite3.connect(stage.first) as first:
        query = "SELECT * FROM role_grant ORDER BY id"
        assert now.execute(query).fetchall() == first.execute(query).fetchall()
    now.close()
    first.close()
    stage.restore()


AWAY = r"\bFell(?!ow partners)"  # the other body; our own pages have a heading that begins alike
OFFERED = 'for="joint_with">NHS Far Fell ICB</label>'
"""With which bodies a committee can be joint: the name of a body is public, and no part of it."""


@pytest.mark.parametrize(
    ("who", "others"),
    [
        ("declarant", AWAY + r"|\bQual|Pcccgp"), ("member", AWAY + r"|\bQual"), ("chair", AWAY + r"|\bQual"),
        ("secretary", AWAY + r"|\bQual(ity| contract| premises| options)"),
        ("lay_member", AWAY + r"|\bQual(ity| contract| premises| options)"),
        ("governance_lead", AWAY), ("guardian", AWAY), ("auditor", AWAY), ("administrator", AWAY + r"|[A-Z]\w+ contract\b"),
    ],
)  # fmt: skip
def test_no_page_of_ones_own_names_what_belongs_to_others(stage: Stage, who: str, others: str) -> None:
    """C1, C10, C14, C15: titles, people and committees of others stand in no list, choice, breadcrumb or hint."""
    for endpoint, row in MATRIX.items():
        if (
            "own" not in row[who].split()
            or "GET" not in stage.methods(endpoint)
            or endpoint.startswith("organisations.")
        ):
            continue
        for url in stage.urls(endpoint, who)["own"]:
            answer = stage.call(who, "GET", url)
            if answer.mimetype != "text/html":
                continue
            text = answer.text.replace(OFFERED, "") if endpoint == "committees.establish" else answer.text
            found = re.search(others, text)
            assert found is None, f"{url}: {text[max(0, found.start() - 120) : found.end() + 60]}"
