"""Pages: forms with errors, error pages, headers and limits."""

import io
import logging

import pytest
from flask import Flask

from coi.database import db
from coi.web.headers import MAX_FORM_BYTES
from coi.web.models import Draft
from tests.support.client import StrictClient

FORM = "/northmoor/trial/form"
GOOD = {"name": "Ann", "started-day": "1", "started-month": "5", "started-year": "2026", "kind": "a"}


def test_a_form_shows_its_errors_beside_the_fields_and_at_the_top(secretary: StrictClient) -> None:
    page = secretary.post(FORM, {"started-day": "31", "started-month": "2", "started-year": "2026"})
    assert page.status_code == 422
    assert page.title.startswith("Error: Add a thing")
    assert page.error_for("Name") == "Enter the name"
    assert page.error_for("When did it start?") == "Date the interest started must be a real date"
    assert page.errors == ["Enter the name", "Date the interest started must be a real date", "Select what kind it is"]
    assert page.links["Enter the name"] == "#name"


def test_nothing_typed_is_lost_when_a_form_has_errors(secretary: StrictClient) -> None:
    typed = {
        "name": "Siân <b>", "email": "not an address", "started-day": "31", "started-month": "feb", "started-year": "26",
        "ended-ongoing": "yes", "left": "25:61", "kind": "other", "pick": "a", "several": ["a", "other"], "sure": "no",
        "notes": "\nfirst\n\n<second>", "pounds": "many",
    }  # fmt: skip
    page = secretary.post(FORM, typed)
    kept = {
        label: page.value_of(label) for label in ("Name", "Email address", "When did it start?", "Time left", "Pounds")
    }
    assert kept == {
        "Name": "Siân <b>",
        "Email address": "not an address",
        "When did it start?": ["31", "feb", "26"],
        "Time left": "25:61",
        "Pounds": "many",
    }
    assert page.value_of("When did it end?") == "It has not ended"
    assert page.value_of("What kind is it?") == "Something else"
    assert page.value_of("Who") == "Apples"
    assert page.value_of("Which of these?") == ["Apples", "Something else"]
    assert page.value_of("Are you sure?") == "No"
    assert page.value_of("Notes") == "first\n\n<second>"


def test_a_password_is_never_sent_back(secretary: StrictClient) -> None:
    assert "hunter2hunter2" not in secretary.post(FORM, {"secret": "hunter2hunter2"}).html


def test_a_rule_that_says_no_appears_beside_its_field_with_what_can_be_done(secretary: StrictClient) -> None:
    page = secretary.post(FORM, {**GOOD, "name": "forbidden"})
    assert page.status_code == 422
    assert page.error_for("Name") == "This name is taken. You can: use another; ask the owner"


def test_a_rule_about_the_whole_form_appears_at_the_top(secretary: StrictClient) -> None:
    page = secretary.post(FORM, {**GOOD, "name": "all wrong"})
    assert page.errors == ["The whole thing is wrong"]
    assert page.error_for("Name") is None


def test_what_a_command_began_before_a_rule_said_no_is_undone(secretary: StrictClient) -> None:
    page = secretary.post(FORM, {**GOOD, "name": "half done"})
    assert page.errors == ["It stopped half way"]
    assert db.session.query(Draft).count() == 0


def test_a_good_form_says_what_was_done_once(secretary: StrictClient) -> None:
    page = secretary.post(FORM, GOOD)
    assert (page.heading, page.notices) == ("Done", ["Saved"])
    assert secretary.get(page.path).notices == []


def test_an_edit_conflict_shows_both_versions_and_runs_neither(secretary: StrictClient) -> None:
    page = secretary.get("/northmoor/trial/fail/conflict")
    assert (page.status_code, page.heading) == (409, "This has changed since you opened it")
    assert page.table("The two versions") == [
        {"Part": "Title", "Saved now": "<script>theirs</script>", "What you entered": "<i>yours"}
    ]
    assert "<script>theirs" not in page.html


def test_whoever_was_slower_finds_all_that_they_typed_to_copy_and_no_secret(secretary: StrictClient) -> None:
    typed = {
        **GOOD, "name": "too slow", "email": "a@example.nhs.uk", "started-day": "3", "started-month": "June", "started-year": "2026",
        "ended-ongoing": "yes", "left": "9.05", "several": ["a", "other"], "sure": "no", "notes": "first\n\nsecond",
        "secret": "abracadabra",
    }  # fmt: skip
    page = secretary.post(FORM, typed)
    assert page.status_code == 409
    assert {each["Part"]: each["What you entered"] for each in page.table("The two versions")} == {
        "Name": "too slow",
        "Notes": "first second",
    }
    assert {each["Part"]: each["What you entered"] for each in page.table("What you entered")} == {
        "Email address": "a@example.nhs.uk",
        "When did it start?": "3 June 2026",
        "When did it end?": "It has not ended",
        "Time left": "9.05",
        "What kind is it?": "Apples",
        "Which of these?": "Apples; Something else",
        "Are you sure?": "No",
    }
    assert "abracadabra" not in page.html


@pytest.mark.parametrize(
    ("how", "status", "heading"),
    [
        ("rule", 422, "This cannot be done"),
        ("missing", 404, "Page not found"),
        ("undrawn", 503, "The PDF could not be made"),
    ],
)
def test_an_error_is_a_page(secretary: StrictClient, how: str, status: int, heading: str) -> None:
    page = secretary.get(f"/northmoor/trial/fail/{how}")
    assert (page.status_code, page.heading) == (status, heading)


@pytest.mark.parametrize("how", ["fault", "undefined"])
def test_a_fault_gives_a_number_and_tells_nothing_about_the_machine(
    app: Flask, secretary: StrictClient, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch, how: str
) -> None:
    monkeypatch.setitem(app.config, "PROPAGATE_EXCEPTIONS", False)
    with caplog.at_level(logging.ERROR):
        page = secretary.get(f"/northmoor/trial/fail/{how}")
    assert (page.status_code, page.heading) == (500, "There is a problem with the service")
    number = page.soup.find("strong", string=lambda text: text and len(text) == 8).string
    assert f"incident {number}" in caplog.text
    assert "machine" not in page.html
    assert "nothing_of_the_kind" not in page.html


def test_a_page_that_is_not_there_says_so_to_anybody(client: StrictClient) -> None:
    page = client.get("/no/such/page")
    assert (page.status_code, page.heading) == (404, "Page not found")
    assert client.post("/no/such/page").status_code == 404


def test_a_page_that_is_asked_for_in_the_wrong_way_is_not_there(secretary: StrictClient) -> None:
    assert secretary.post("/northmoor/trial/show/Plan").status_code == 404


def test_a_form_without_its_token_is_refused_and_changes_nothing(secretary: StrictClient) -> None:
    page = secretary.post("/northmoor/trial/count", {"name": "x", "csrf_token": "forged"})
    assert (page.status_code, page.heading) == (400, "We could not read what you sent")
    assert secretary.post("/northmoor/trial/count", {"name": "x"}).heading == "Number 1"


def test_a_file_that_is_too_large_is_refused_with_the_limit(secretary: StrictClient) -> None:
    page = secretary.post(FORM, {**GOOD, "file": (io.BytesIO(b"x" * 3_000_000), "large.bin")})
    assert (page.status_code, page.heading) == (413, "What you sent is too large")
    assert "smaller than 2 MB" in page.text


def test_more_text_than_anybody_types_is_refused(secretary: StrictClient) -> None:
    assert secretary.post(FORM, {**GOOD, "notes": "x" * (MAX_FORM_BYTES + 1)}).status_code == 413


def test_another_host_is_not_served(client: StrictClient) -> None:
    page = client._client.get("/sign-in", headers={"Host": "evil.example"})
    assert page.status_code == 400
    assert "evil.example" not in page.text
    assert page.headers["Content-Security-Policy"].startswith("default-src 'none'")


def test_what_a_signed_in_person_sees_is_not_kept_by_any_cache(secretary: StrictClient) -> None:
    page = secretary.get("/northmoor/trial/show/Plan")
    assert page.headers["Cache-Control"] == "no-store"
    assert "Cookie" in page.headers["Vary"]
    assert secretary.get("/northmoor/trial/fail/missing").headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize(
    ("header", "value"),
    [
        ("Strict-Transport-Security", "max-age=31536000; includeSubDomains"), ("X-Content-Type-Options", "nosniff"),
        ("Referrer-Policy", "same-origin"), ("Cross-Origin-Opener-Policy", "same-origin"),
        ("Cross-Origin-Resource-Policy", "same-origin"),
    ],
)  # fmt: skip
def test_every_answer_has_the_safety_headers(client: StrictClient, header: str, value: str) -> None:
    for path in ("/sign-in", "/no/such/page", "/static/coi.css"):
        assert client._client.get(path, buffered=True).headers[header] == value


def test_static_files_may_be_kept_and_get_no_cookie(secretary: StrictClient) -> None:
    answer = secretary._client.get("/static/coi.css?v=1", buffered=True)
    assert answer.headers["Cache-Control"] == "public, max-age=31536000"
    assert "Set-Cookie" not in answer.headers


def test_the_public_pages_can_be_read_by_anybody(client: StrictClient) -> None:
    headings = [client.get(path).heading for path in ("/accessibility", "/privacy", "/cookies")]
    assert headings == ["Accessibility statement", "Privacy", "Cookies"]
    assert "__Host-sid" in client.get("/cookies").text
