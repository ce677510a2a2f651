"""Pages: forms with errors, error pages, headers, sent twice."""

from tests.support.client import StrictClient


def test_a_form_shows_its_errors_beside_the_fields_and_at_the_top(secretary: StrictClient) -> None:
    page = secretary.post("/northmoor/trial/form", {"started-day": "31", "started-month": "2", "started-year": "2026"})
    assert page.status_code == 422
    assert page.title.startswith("Error: Add a thing")
    assert page.error_for("Name") == "Enter the name"
    assert page.error_for("When did it start?") == "Date the interest started must be a real date"
    assert page.errors == ["Enter the name", "Date the interest started must be a real date", "Select what kind it is"]
    assert page.value_of("When did it start?") == ["31", "2", "2026"]
