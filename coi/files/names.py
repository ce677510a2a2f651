"""Pure rules about file names: what is kept of the name that a browser sent."""

import re
import unicodedata

from coi.files.vocabulary import LONGEST_NAME

_NOT_FOR_NAMES = re.compile(r'[<>:"|?*]')


def clean_name(sent: str) -> str:
    """Returns the last part of a sent file name: composed (NFC), without folders, control or direction marks, without
    the characters that no file system takes, and at most 150 characters, the extension kept. Never empty."""
    last = re.split(r"[/\\]", unicodedata.normalize("NFC", sent))[-1]
    shown = "".join(letter for letter in last if not unicodedata.category(letter).startswith("C"))
    tidy = " ".join(_NOT_FOR_NAMES.sub("", shown).split()).strip(". ")
    stem, dot, ending = tidy.rpartition(".")
    if not dot:
        return tidy[:LONGEST_NAME] or "file"
    ending = ending[:10]
    return f"{stem[: LONGEST_NAME - len(ending) - 1] or 'file'}.{ending}"


def ending_of(name: str) -> str:
    """Returns the extension of a name in small letters, without its dot; empty where there is none."""
    _, dot, ending = name.rpartition(".")
    return ending.lower() if dot else ""
