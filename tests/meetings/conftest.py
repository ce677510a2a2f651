"""A committee with a meeting, its people signed in, and a clock that stands where a test puts it."""

from datetime import datetime
from typing import Any

import pytest
from flask import Flask

from coi import clock
from coi.permissions.vocabulary import Role
from tests.factories.accounts import account_with
from tests.factories.meetings import Scene, a_scene, minutes
from tests.factories.people import a_person
from tests.support.client import StrictClient
from tests.support.page import Page


@pytest.fixture
def scene(app: Flask) -> Scene:
    """A committee with its people and a meeting."""
    return a_scene()


@pytest.fixture
def stage(app: Flask, monkeypatch: pytest.MonkeyPatch) -> "Stage":
    """A scene with accounts for the chair, a GP, a lay member and the secretary."""
    return Stage(app, monkeypatch)


class RoomClient(StrictClient):
    """A browser for the room. A form screens once to show itself and once more in its command."""

    def post(self, url: str, data: Any = None, **others: Any) -> Page:
        """Sends a form."""
        return super().post(url, data, **{"queries": 65, **others})


class Stage:
    """A scene, a browser for each of its people, and the time."""

    def __init__(self, app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
        self.scene: Scene = a_scene()
        self.scene.people["scribe"] = a_person("Mr Sam Scribe")
        roles = {
            "chair": Role.CHAIR,
            "vice": Role.LAY_MEMBER,
            "gp": Role.MEMBER,
            "nurse": Role.MEMBER,
            "scribe": Role.SECRETARY,
        }
        for who, role in roles.items():
            account_with(self.scene.people[who].id, f"{who}@example.nhs.uk", [role, Role.DECLARANT], self.scene.body.id)
        self._monkeypatch = monkeypatch
        self.client = RoomClient(app)
        self.at(minutes(-60))

    def at(self, moment: datetime) -> None:
        """Puts the clock to a moment."""
        self._monkeypatch.setattr(clock, "now", lambda: moment)

    def as_(self, who: str) -> StrictClient:
        """The browser of one of the people, signed in."""
        return self.client.as_(f"{who}@example.nhs.uk")

    def url(self, path: str) -> str:
        """An address at the body."""
        return f"/{self.scene.body.slug}/{path}"
