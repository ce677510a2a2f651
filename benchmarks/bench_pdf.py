"""What the structure of a PDF costs: minutes of twelve items, tagged and untagged. Target: at most twice the time.

python -m benchmarks.bench_pdf
"""

from benchmarks.pairs import ratio_of, report
from coi.documents.pdf import pdf_of
from tests.documents.samples import MADE, minutes

TARGET = 2.0


def main() -> float:
    """Prints the figures and returns the ratio."""
    document = minutes(12)

    def tagged() -> bytes:
        return pdf_of(document, created=MADE)

    def untagged() -> bytes:
        return pdf_of(document, created=MADE, tagged=False)

    ratio = ratio_of("pdf_tagged_over_untagged", tagged, untagged, rounds=25)
    report("pdf_tagged_size", len(tagged()) / 1000, "kB")
    report("pdf_untagged_size", len(untagged()) / 1000, "kB")
    return ratio


if __name__ == "__main__":
    main()
