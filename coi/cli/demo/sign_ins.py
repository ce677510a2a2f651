"""The demo's sign-ins: one made-up password for all its people, kept in a file that only its owner can read."""

import os
from pathlib import Path

from coi.cli.demo.people import PEOPLE
from coi.config import INSTANCE

FILE = INSTANCE / "demo-sign-ins.txt"


def as_text(password: str, invited: str = "", link: str = "", public: str = "") -> str:
    """Returns the lines that are printed and kept: one sign-in per role, the password once, a link for somebody without an account, and the
    address of the public registers."""
    shown = [each for each in PEOPLE if each.shown_as]
    width = max(len(each.shown_as) for each in shown)
    mail = max(len(each.email) for each in shown)
    lines = [f"  {each.shown_as:<{width}}  {each.email:<{mail}}  {each.name}" for each in shown]
    by_link = [f"Declare without an account, as {invited}, once:", f"  {link}"] if link else []
    for_all = ["What the public reads, without signing in:", f"  {public}"] if public else []
    return "\n".join(["Sign in as:", *lines, f"Password for all of them: {password}", *by_link, *for_all, ""])


def keep(text: str, file: Path = FILE) -> None:
    """Keeps the sign-ins where only their owner can read them."""
    file.parent.mkdir(parents=True, exist_ok=True)
    file.unlink(missing_ok=True)
    with os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as opened:
        opened.write(text)


def kept(file: Path = FILE) -> str:
    """Returns the sign-ins that were kept; empty where the file is gone."""
    return file.read_text(encoding="utf-8") if file.exists() else ""
