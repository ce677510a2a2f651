"""coi demo: an empty database becomes an invented board to try coi on; then it is served."""

import socket

import click
from flask.cli import ScriptInfo

from coi import clock
from coi.audit import checkpoint
from coi.audit import commands as audit
from coi.cli import schema
from coi.cli.demo import loading, sign_ins
from coi.cli.demo.keeping import INVITED
from coi.cli.demo.scene import SYSTEM
from coi.cli.passwords import new_password
from coi.cli.serving import hand_over_to_serve
from coi.config import Config, port_of_environment, serve_on
from coi.database import db
from coi.errors import BadInput
from coi.registers.interests.link_commands import issue_declaring_link
from coi.registers.interests.link_vocabulary import LinkPurpose

HOST = "127.0.0.1"


@click.command(
    "demo", help="Load an invented board into an empty database, and serve it. Run again, it keeps what was entered."
)
@click.option("--no-serve", is_flag=True, help="Load only.")
@click.option("--port", type=int, default=port_of_environment, show_default="PORT or 5000")
@click.pass_obj
def demo(info: ScriptInfo, no_serve: bool, port: int) -> None:
    serve_on(port)
    config = Config.from_environment()
    if config.environment == "production":
        raise BadInput("The demo is not for production. Leave COI_ENVIRONMENT out to try it")
    if not no_serve:
        refuse_busy_port(port)
    click.echo("Bringing the database to the present schema …")
    schema.upgrade(config)
    with info.load_app().app_context():
        prepare(config, f"http://{HOST}:{port}")
        db.session.remove()
        db.engine.dispose()
    if no_serve:
        return
    click.echo(f"\ncoi is at http://{HOST}:{port}. Stop it with Ctrl+C.")
    hand_over_to_serve(port)


def prepare(config: Config, site: str) -> None:
    """Loads the demo where there is no board yet, signs the ledger's head, and prints the sign-ins. `site` is what addresses begin with."""
    if loading.is_wanted():
        password = new_password()
        scene = loading.load(clock.today(), password, lambda line: click.echo(f"Loading: {line} …"), site=site)
        invited = scene.people[INVITED]
        link = issue_declaring_link(
            invited, LinkPurpose.INVITATION, body_id=scene.body.id, site=site, actor=SYSTEM, at=clock.now(), by_hand=True
        )  # fmt: skip
        key = checkpoint.load_or_make_key(config.ledger_key_file)
        audit.sign_checkpoint(at=clock.now(), log_name=config.ledger_name, key=key)
        sign_ins.keep(
            sign_ins.as_text(password, invited.name, link.url, f"{site}/{scene.body.slug}/public/")
        )  # before the commit: no board without its sign-ins
        db.session.commit()
    else:
        click.echo("There is a board already. Everything is as you left it.")
    click.echo(f"\n{sign_ins.kept() or missing_sign_ins()}", nl=False)


def missing_sign_ins() -> str:
    """Returns what to do where the file of sign-ins is not there."""
    return f"{sign_ins.FILE} is not here, so the sign-ins cannot be shown. Add one with `coi users add`.\n"


def refuse_busy_port(port: int) -> None:
    """Raises BadInput where something else answers on the port."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError:
            raise BadInput(f"Port {port} is in use. Choose another, like: make demo PORT={port + 1}") from None
