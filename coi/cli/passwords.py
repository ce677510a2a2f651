"""Passwords that the command line makes up for somebody: hard to guess, easy to type."""

import secrets

LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"  # none that look alike
GROUPS, LONG = 4, 4


def new_password() -> str:
    """Returns four groups of four letters and numbers: about 79 bits."""
    return "-".join("".join(secrets.choice(LETTERS) for _ in range(LONG)) for _ in range(GROUPS))
