"""The process that draws one document: what to draw comes on its standard input from coi.documents.apart, the PDF goes out on the other."""

import pickle
import sys

from coi.documents.pdf import pdf_of


def drawn(asked: bytes) -> bytes:
    """Returns the PDF of a document, which comes pickled with the moment it is made at."""
    document, created = pickle.loads(asked)  # noqa: S301 - the web's worker wrote it a moment ago
    return pdf_of(document, created=created)


def main() -> None:
    """Reads what is asked for, and writes the PDF."""
    sys.stdout.buffer.write(drawn(sys.stdin.buffer.read()))


if __name__ == "__main__":
    main()
