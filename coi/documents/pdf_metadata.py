"""What a PDF says about itself and carries along: properties, conformance, colour space, attachments."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from functools import cache
from xml.sax.saxutils import escape

from PIL import ImageCms

from coi.documents.pdf_file import PdfFile, array, date_string, dictionary, name, string
from coi.documents.vocabulary import Document, folded

MADE_BY = "coi"


class Relation(StrEnum):
    """What an attachment is to the document that carries it."""

    SOURCE = "Source"
    DATA = "Data"
    ALTERNATIVE = "Alternative"
    SUPPLEMENT = "Supplement"
    UNSPECIFIED = "Unspecified"


@dataclass(frozen=True)
class Attachment:
    """A file inside a PDF. `media_type` such as "application/json"."""

    filename: str
    content: bytes
    media_type: str
    description: str
    relation: Relation = Relation.SUPPLEMENT


_CLAIMS = """<pdfuaid:part>1</pdfuaid:part><pdfaid:part>3</pdfaid:part><pdfaid:conformance>A</pdfaid:conformance>
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix><pdfaSchema:schema>PDF/UA identification</pdfaSchema:schema>
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource"><pdfaProperty:category>internal</pdfaProperty:category>
<pdfaProperty:description>Part of PDF/UA that the file follows</pdfaProperty:description>
<pdfaProperty:name>part</pdfaProperty:name><pdfaProperty:valueType>Integer</pdfaProperty:valueType>
</rdf:li></rdf:Seq></pdfaSchema:property></rdf:li></rdf:Bag></pdfaExtension:schemas>"""

_PACKET = """<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xmp="http://ns.adobe.com/xap/1.0/"
 xmlns:pdf="http://ns.adobe.com/pdf/1.3/" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/"
 xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/" xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"
 xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#" xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
<dc:format>application/pdf</dc:format>
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title>
<dc:creator><rdf:Seq><rdf:li>{author}</rdf:li></rdf:Seq></dc:creator>
<dc:description><rdf:Alt><rdf:li xml:lang="x-default">{subject}</rdf:li></rdf:Alt></dc:description>
<dc:language><rdf:Bag><rdf:li>{language}</rdf:li></rdf:Bag></dc:language>
<xmp:CreateDate>{made}</xmp:CreateDate><xmp:ModifyDate>{made}</xmp:ModifyDate>
<xmp:CreatorTool>{tool}</xmp:CreatorTool><pdf:Producer>{tool}</pdf:Producer>
{claims}
</rdf:Description></rdf:RDF></x:xmpmeta>
<?xpacket end="w"?>"""


def properties_of(document: Document, created: datetime) -> dict[str, str]:
    """Returns the entries of the file's information dictionary. They say the same as the metadata stream."""
    return {
        "Title": string(folded(document.title)),
        "Author": string(folded(document.author)),
        "Subject": string(folded(document.subject)),
        "Creator": string(MADE_BY),
        "Producer": string(MADE_BY),
        "CreationDate": date_string(created),
        "ModDate": date_string(created),
    }


def _packet(document: Document, created: datetime, *, tagged: bool) -> bytes:
    packet = _PACKET.format(
        title=escape(folded(document.title)),
        author=escape(folded(document.author)),
        subject=escape(folded(document.subject)),
        language=escape(document.language),
        made=created.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
        tool=MADE_BY,
        claims=_CLAIMS if tagged else "",
    )
    return packet.encode()


@cache
def _srgb() -> bytes:
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    # Bytes 24 to 35 are the moment the profile was made; a fixed one keeps the file the same on every run.
    return bytes(profile[:24] + bytes.fromhex("07D0 0001 0001 0000 0000 0000") + profile[36:])


def _attach(file: PdfFile, attachment: Attachment, created: datetime) -> str:
    size = dictionary({"Size": len(attachment.content), "ModDate": date_string(created)})
    subtype = name(attachment.media_type)
    embedded = file.add_stream(attachment.content, {"Type": "/EmbeddedFile", "Subtype": subtype, "Params": size})
    label = string(attachment.filename)
    entries = {
        "Type": "/Filespec",
        "F": label,
        "UF": label,
        "AFRelationship": name(attachment.relation),
        "Desc": string(folded(attachment.description)),
        "EF": dictionary({"F": embedded, "UF": embedded}),
    }
    return file.add(dictionary(entries))


def catalog_of(
    file: PdfFile, document: Document, created: datetime, attachments: Sequence[Attachment], *, tagged: bool
) -> Mapping[str, object]:
    """Adds metadata, colour space and attachments to `file`; returns the catalog's entries for them."""
    packet = _packet(document, created, tagged=tagged)
    profile = file.add_stream(_srgb(), {"N": 3})
    intent = {
        "Type": "/OutputIntent",
        "S": "/GTS_PDFA1",
        "OutputConditionIdentifier": string("sRGB IEC61966-2.1"),
        "Info": string("sRGB IEC61966-2.1"),
        "DestOutputProfile": profile,
    }
    ordered = sorted(attachments, key=lambda attachment: attachment.filename.encode("utf-16-be"))
    specs = {attachment.filename: _attach(file, attachment, created) for attachment in ordered}
    names = array(f"{string(filename)} {spec}" for filename, spec in specs.items())
    return {
        # Uncompressed, so that programs that know nothing of PDF can find it.
        "Metadata": file.add_stream(packet, {"Type": "/Metadata", "Subtype": "/XML"}, compress=False),
        "Lang": string(document.language),
        "ViewerPreferences": "<</DisplayDocTitle true>>",
        "OutputIntents": array([dictionary(intent)]),
        "AF": array(specs.values()) if specs else None,
        "Names": f"<</EmbeddedFiles <</Names {names}>>>>" if specs else None,
    }
