"""Jobs that keep the ledger provable: signing its head, and sealing the log of readings. Loaded by the job worker alone."""

from typing import Any

from flask import current_app

from coi.audit import checkpoint, commands
from coi.config import Config
from coi.jobs.vocabulary import JobContext


def sign(_payload: Any, context: JobContext) -> None:
    """Signs the present head of the ledger. Raises LedgerDamaged."""
    config: Config = current_app.config["COI"]
    key = checkpoint.load_or_make_key(config.ledger_key_file)
    commands.sign_checkpoint(at=context.at, log_name=config.ledger_name, key=key)


def seal(_payload: Any, context: JobContext) -> None:
    """Records a digest over the readings since the last seal."""
    commands.seal_access_log(at=context.at)
