"""All the words that the file of a table holds, wherever they stand in it: cells, notes beside them, hidden sheets, the names of sheets."""

import io
import zipfile
from xml.parsers import expat

from coi.documents.archive_checks import check_workbook
from coi.documents.csv_in import decoded
from coi.documents.spreadsheets import ZIP

_WITHIN_A_WORD = frozenset(
    {"r", "t", "rPr", "rFont", "sz", "color", "b", "i", "u", "family", "scheme", "charset", "vertAlign"}
)
"""The tags by which one word may change its looks."""


def words_in(data: bytes) -> str:
    """Returns all that a workbook or a CSV file says, as one text. Raises BadInput for what is neither."""
    if not data.startswith(ZIP):
        return decoded(data)
    check_workbook(data)
    texts = _Texts()
    with zipfile.ZipFile(io.BytesIO(data)) as packed:
        for member in packed.infolist():
            texts.read(packed.read(member))
    return "".join(texts.parts)


class _Texts:
    """What the parts of a workbook say; what is no XML, such as a picture, says nothing."""

    def __init__(self) -> None:
        self.parts: list[str] = []

    def read(self, data: bytes) -> None:
        parser = expat.ParserCreate(namespace_separator=" ")
        parser.buffer_text = True
        parser.CharacterDataHandler = self.parts.append
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        try:
            parser.Parse(data, True)
        except expat.ExpatError:
            return
        finally:
            self.parts.append(" ")

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        self._end(name)
        if "name" in attributes:
            self.parts.append(f"{attributes['name']} ")

    def _end(self, name: str) -> None:
        if name.rpartition(" ")[2] not in _WITHIN_A_WORD:
            self.parts.append(" ")
