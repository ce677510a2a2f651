"""coi users: give somebody a way to sign in."""

import json
import uuid
from datetime import datetime

import click
import sqlalchemy as sa
from flask import current_app
from flask.cli import with_appcontext

from coi import clock
from coi.accounts import commands as accounts
from coi.accounts import link_commands
from coi.accounts.queries import account_by_email
from coi.accounts.vocabulary import AccountDetails, RoleDetails
from coi.cli.passwords import new_password
from coi.committees.models import Committee
from coi.config import Config
from coi.database import db
from coi.errors import BadInput, RuleBroken
from coi.organisations.models import Body
from coi.organisations.queries import body_by_slug
from coi.people import commands as people
from coi.people.models import Person
from coi.people.queries import by_email
from coi.people.vocabulary import PersonDetails
from coi.permissions.vocabulary import Actor, Role, system_actor
from coi.wording import moment

NAME = "As it is shown, like “Dr Siân Ŵyn-Jones”. The last word is the family name; “de Vries, Dr Jan” says otherwise."
TITLES = {"cllr", "dame", "dr", "lady", "lord", "miss", "mr", "mrs", "ms", "mx", "prof", "professor", "rev", "revd", "sir"}  # fmt: skip


@click.group("users", help="People who can sign in.")
def users_group() -> None:
    pass


@users_group.command("add", help="Enter a person, give them an account and a role, and print a password, once.")
@click.argument("email")
@click.option("--name", required=True, help=NAME)
@click.option("--role", required=True, type=click.Choice([role.value.replace("_", "-") for role in Role]))
@click.option(
    "--body",
    "slug",
    default="",
    help="The start of the body’s web address. Left out: an administrator of the installation.",
)
@click.option(
    "--committee", "prefix", default="", help="For one committee alone: the start of its references, like PCCC."
)
@click.option("--namesake", is_flag=True, help="Somebody of this name is known, and this is another person.")
@click.option(
    "--because", default="", help="Why, where something speaks against it: for a Guardian with interests in providers."
)
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@with_appcontext
def add_user(
    email: str, name: str, role: str, slug: str, prefix: str, namesake: bool, because: str, as_json: bool
) -> None:
    at, actor = clock.now(), system_actor("cli")
    body = _body(slug)
    committee_id = _committee_id(body, prefix)
    person = by_email(email) or _enter(person_of(name, email, namesake), actor, at)
    password = new_password()
    accounts.create_account(AccountDetails(email, person.id, password), actor=actor, at=at)
    details = RoleDetails(
        person.id, Role(role.replace("-", "_")), body.id if body else None, clock.today(), committee_id, because=because
    )
    accounts.grant_role(details, actor=actor, at=at)
    db.session.commit()
    click.echo(_answer(person, email, role, password, as_json))


@users_group.command("link", help="Print a link with which the owner of an account sets a new password, once.")
@click.argument("email")
@with_appcontext
def link(email: str) -> None:
    """For an installation without a mail server. Its owner alone should read the output."""
    account = account_by_email(email)
    if account is None:
        raise BadInput(f"There is no account with the email address {email}")
    config: Config = current_app.config["COI"]
    issued = link_commands.issue_link(
        account, body_id=None, site=config.base_url, actor=system_actor("cli"), at=clock.now()
    )
    db.session.commit()
    click.echo(f"For {account.email}, once, until {moment(issued.expires_at)}: {issued.url}")


def person_of(name: str, email: str, namesake: bool = False) -> PersonDetails:
    """Returns the parts of a name as it is written: “Dr Siân Ŵyn-Jones”, “de Vries, Dr Jan”, “Suharti”."""
    before, comma, after = (part.strip() for part in name.partition(","))
    words = (after if comma else before).split()
    title = words.pop(0) if words and words[0].rstrip(".").casefold() in TITLES else ""
    family = before if comma else words.pop() if len(words) > 1 else ""
    return PersonDetails(" ".join(words), family, title=title, email=email.strip().lower(), namesake_confirmed=namesake)


def _enter(details: PersonDetails, actor: Actor, at: datetime) -> Person:
    try:
        return people.enter_person(details, actor=actor, at=at)
    except RuleBroken as broken:
        if broken.field != "namesake_confirmed":
            raise
        raise BadInput(
            "Somebody of this name is known. Give the email address that coi has for them, or add --namesake if this is another person"
        ) from broken


def _body(slug: str) -> Body | None:
    found = body_by_slug(slug) if slug else None
    if slug and found is None:
        raise BadInput(f"There is no body whose web address starts with {slug}")
    return found


def _committee_id(body: Body | None, prefix: str) -> uuid.UUID | None:
    if not prefix:
        return None
    if body is None:
        raise BadInput("Say whose committee it is with --body")
    wanted = sa.select(Committee.id).where(Committee.body_id == body.id, Committee.prefix == prefix)
    found = db.session.scalar(wanted)
    if found is None:
        raise BadInput(f"{body.name} has no committee whose references start with {prefix}")
    return found


def _answer(person: Person, email: str, role: str, password: str, as_json: bool) -> str:
    if as_json:
        return json.dumps({"name": person.name, "email": email, "role": role, "password": password}, ensure_ascii=False)
    lines = (
        f"{person.name} can sign in with {email} as {role.replace('-', ' ')}.",
        f"Password, shown this once: {password}",
        "Change it after signing in, under Your account.",
    )
    return "\n".join(lines)
