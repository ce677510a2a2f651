"""Small files for the tests of uploads, made in memory: office files part by part, PDF by pikepdf."""

import io
import struct
import zipfile
from collections.abc import Mapping

import pikepdf
from PIL import Image

TYPES = '<?xml version="1.0"?><Types><Default Extension="xml" ContentType="application/xml"/></Types>'
MAIN = {"docx": "word/document.xml", "xlsx": "xl/workbook.xml", "pptx": "ppt/presentation.xml"}


def picture(kind: str, **options: object) -> bytes:
    """A small picture as a phone or a scanner saves it."""
    kept = io.BytesIO()
    Image.linear_gradient("L").resize((24, 24)).convert("RGB").save(kept, kind, **options)
    return kept.getvalue()


PNG, JPG = picture("png"), picture("jpeg")


def office(kind: str = "docx", extra: Mapping[str, str | bytes] | None = None, *, types: str = TYPES) -> bytes:
    """A zip with the two parts that every office file has, and `extra`."""
    parts = {"[Content_Types].xml": types, MAIN[kind]: "<document/>", **(extra or {})}
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(zipfile.ZipInfo(name), content, zipfile.ZIP_DEFLATED)
    return kept.getvalue()


def relationship(kind: str, target: str, mode: str = "External") -> str:
    where = f"http://schemas.openxmlformats.org/officeDocument/2006/relationships/{kind}"
    return (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        f'<Relationship Id="r1" Type="{where}" Target="{target}" TargetMode="{mode}"/></Relationships>'
    )


def declaring(data: bytes, size: int) -> bytes:
    """The same zip, whose directory says that its last member unpacks to `size` bytes."""
    at = data.rindex(b"PK\x01\x02") + 24
    return data[:at] + struct.pack("<I", size) + data[at + 4 :]


def pdf(*, packed: bool = False, password: str = "", **catalog: str) -> bytes:
    """A PDF of one empty page, with `catalog` entries in PDF's own words; `packed` puts its objects into compressed object streams."""
    document = pikepdf.new()
    document.add_blank_page()
    for name, value in catalog.items():
        document.Root[f"/{name}"] = document.make_indirect(pikepdf.Object.parse(value.encode()))
    kept = io.BytesIO()
    document.save(
        kept,
        object_stream_mode=pikepdf.ObjectStreamMode.generate if packed else pikepdf.ObjectStreamMode.disable,
        encryption=pikepdf.Encryption(owner=password, user=password) if password else False,
    )
    return kept.getvalue()
