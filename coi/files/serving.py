"""The headers with which a stored file is sent: always as a download, never shown or run by the browser."""

import unicodedata
from urllib.parse import quote

from coi.files.models import StoredFile

_QUOTED = str.maketrans({'"': "", "\\": "", "%": ""})


def attachment_headers(stored: StoredFile) -> dict[str, str]:
    """Returns the response headers for a file (RFC 6266, RFC 8187): an attachment, its type as stored, in a sandbox."""
    plain = unicodedata.normalize("NFKD", stored.name).encode("ascii", "ignore").decode().translate(_QUOTED)
    plain = plain or "file"
    charset = "; charset=utf-8" if stored.media_type.startswith("text/") else ""
    return {
        "Content-Type": stored.media_type + charset,
        "Content-Length": str(stored.size),
        "Content-Disposition": f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(stored.name, safe='')}",
        "X-Content-Type-Options": "nosniff",
        "Content-Security-Policy": "sandbox; default-src 'none'",
        "Cache-Control": "private, no-store",
    }
