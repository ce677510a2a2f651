"""The command line: thin. Each command parses, calls one command of a room, commits and prints. A command is imported when it is
asked for: the web server is started by one of them, and its workers would keep in memory whatever the others need."""

import importlib
from collections.abc import Mapping

import click
from flask.cli import FlaskGroup

COMMANDS: Mapping[str, str] = {
    "audit": "coi.cli.audit:audit_group",
    "db": "coi.cli.database:db_group",
    "demo": "coi.cli.demo.command:demo",
    "minutes": "coi.cli.minutes:minutes_group",
    "organisations": "coi.cli.organisations:organisations_group",
    "registers": "coi.cli.registers:registers_group",
    "reminders": "coi.cli.reminders:reminders_group",
    "screen": "coi.cli.screen:screen",
    "serve": "coi.cli.serving:serve",
    "users": "coi.cli.users:users_group",
    "worker": "coi.cli.serving:worker",
}
"""Every command of `coi`, as coi.__main__ offers them: its name, and where it stands."""
ALONE = frozenset(("screen",))
"""The commands that need no application, nor any of its tables."""


class Commands(FlaskGroup):
    """The commands of `coi`, each imported when it is asked for."""

    def list_commands(self, _ctx: click.Context) -> list[str]:
        return sorted(COMMANDS)

    def get_command(self, _ctx: click.Context, name: str) -> click.Command | None:
        return loaded(name) if name in COMMANDS else None


def loaded(name: str) -> click.Command:
    """Returns a command by its name, after the tables that it works with. Raises KeyError where there is none."""
    if name not in ALONE:
        importlib.import_module("coi.wiring")
    module, _, attribute = COMMANDS[name].partition(":")
    command = getattr(importlib.import_module(module), attribute)
    assert isinstance(command, click.Command)
    return command
