"""The process that draws one document: what to draw comes on its standard input from coi.documents.apart, the PDF goes out on the other."""

import pickle
import sys

from coi.documents.pdf import pdf_of


def main() -> None:
    """Reads a document and the moment it is made at, and writes the PDF."""
    document, created = pickle.load(sys.stdin.buffer)  # noqa: S301 - the web's worker wrote it a moment ago
    sys.stdout.buffer.write(pdf_of(document, created=created))


if __name__ == "__main__":
    main()
