"""Having a document drawn as a PDF by a process of its own, so that the web's workers keep neither the drawing library nor its memory."""

import pickle
import subprocess
import sys
from datetime import datetime
from pathlib import Path

from coi.documents.vocabulary import Document

LONGEST_SECONDS = 50
"""Shorter than a request may take, so that a reader hears of it."""

_ROOT = Path(__file__).resolve().parents[2]


class DrawingFailed(Exception):
    """The process that draws a document ended without one."""


def pdf_apart(document: Document, *, created: datetime) -> bytes:
    """Returns the bytes that `coi.documents.pdf.pdf_of` makes of the same `document` at the same moment. Raises DrawingFailed with the
    last words of the other process where it made none, or took too long."""
    return _by_another(pickle.dumps((document, created)))


def _by_another(asked: bytes) -> bytes:
    command = [sys.executable, "-m", "coi.documents.drawing"]
    try:
        done = subprocess.run(  # noqa: S603 - nothing in the command comes from a reader
            command, input=asked, capture_output=True, timeout=LONGEST_SECONDS, cwd=_ROOT
        )
    except subprocess.TimeoutExpired as late:
        raise DrawingFailed(f"Nothing was drawn in {LONGEST_SECONDS} seconds") from late
    if done.returncode:
        raise DrawingFailed(done.stderr.decode(errors="replace").strip().rpartition("\n")[2])
    return done.stdout
