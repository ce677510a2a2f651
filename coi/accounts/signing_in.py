"""Plugs accounts into an application: sessions, the login manager, and who acts in a request."""

import uuid

from flask import Flask
from flask_login import current_user

from coi import clock
from coi.accounts import passwords, queries
from coi.accounts.models import Account
from coi.accounts.sessions import ServerSessions
from coi.config import Config
from coi.database import db
from coi.extensions import login_manager
from coi.permissions.vocabulary import NOBODY, Actor


def init_app(app: Flask, config: Config) -> None:
    """Gives `app` sessions in the database and Flask-Login, and sets what a password costs."""
    passwords.use(config.argon2_memory_kib)
    app.session_interface = ServerSessions(config)
    app.config["SESSION_COOKIE_NAME"] = app.session_interface.cookie
    login_manager.session_protection = None  # the token is on the server: there is nothing in it to protect
    login_manager.init_app(app)
    login_manager.user_loader(load_account)


def load_account(account_id: str) -> Account | None:
    """Returns the account of a session, unless it is disabled."""
    account = db.session.get(Account, uuid.UUID(account_id))
    return None if account is None or account.is_disabled else account


def load_actor() -> Actor:
    """Returns who makes the present request, with the roles of today."""
    if not current_user.is_authenticated:
        return NOBODY
    return queries.actor_for(current_user._get_current_object(), clock.today())
