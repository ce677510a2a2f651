"""The command line: thin. Each command parses, calls one command of a room, commits and prints."""

from coi.cli.audit import audit_group
from coi.cli.database import db_group
from coi.cli.demo.command import demo
from coi.cli.minutes import minutes_group
from coi.cli.organisations import organisations_group
from coi.cli.reminders import reminders_group
from coi.cli.screen import screen
from coi.cli.serving import serve, worker
from coi.cli.users import users_group

COMMANDS = (
    audit_group,
    db_group,
    demo,
    minutes_group,
    organisations_group,
    reminders_group,
    screen,
    serve,
    users_group,
    worker,
)
"""Every command of `coi`, as coi.__main__ offers them."""
