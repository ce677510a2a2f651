"""Settings that follow from one another."""

import pytest

from coi.config import Config, serve_on


def test_links_lead_to_the_port_that_is_served_unless_an_address_is_set(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COI_SECRET_KEY", "for tests only")
    monkeypatch.setenv("PORT", "1")
    monkeypatch.delenv("COI_BASE_URL", raising=False)
    serve_on(5731)
    assert Config.from_environment().base_url == "http://127.0.0.1:5731"
    monkeypatch.setenv("COI_BASE_URL", "https://registers.example")
    assert Config.from_environment().base_url == "https://registers.example"
