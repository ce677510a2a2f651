"""Pure rules about pictures: whether a PNG or JPG is whole, from its first part to its last. The parts are followed and no picture is
drawn, so that a large one costs no memory."""

import re
import zlib

_AGAIN = "Select it again, or take the picture once more"
_CUT = f"The selected picture is not whole: its end is missing. {_AGAIN}"
_DAMAGED = f"The selected picture is damaged and cannot be opened. {_AGAIN}"
_SIGNATURE = 8
_LONE = {0x01, *range(0xD0, 0xD8)}  # marks without a length: nothing follows that belongs to them
_FRAMES = {*range(0xC0, 0xD0)} - {0xC4, 0xC8, 0xCC}  # where the size of the picture stands
_START, _END, _SCAN = 0xD8, 0xD9, 0xDA
_MARK = re.compile(rb"\xff[^\x00\xff\xd0-\xd7]")


def png_fault(data: bytes) -> str:
    """Returns a sentence about what is wrong with a PNG, or nothing. What follows its end is of no account. Rule: SECURITY 2.5."""
    at, has_pixels = _SIGNATURE, False
    while at + 12 <= len(data):
        length, kind = int.from_bytes(data[at : at + 4], "big"), data[at + 4 : at + 8]
        end = at + 8 + length
        if (at == _SIGNATURE) != (kind == b"IHDR") or (kind == b"IHDR" and length != 13):
            return _DAMAGED
        if end + 4 > len(data):
            return _CUT
        if zlib.crc32(memoryview(data)[at + 4 : end]) != int.from_bytes(data[end : end + 4], "big"):
            return _DAMAGED
        has_pixels = has_pixels or (kind == b"IDAT" and length > 0)
        if kind == b"IEND":
            return "" if has_pixels else _DAMAGED
        at = end + 4
    return _CUT


def jpg_fault(data: bytes) -> str:
    """Returns a sentence about what is wrong with a JPG, or nothing. What follows its end is of no account. Rule: SECURITY 2.5."""
    at, has_frame, has_scan = 2, False, False
    while at + 1 < len(data):
        if data[at] != 0xFF:
            return _DAMAGED
        kind = data[at + 1]
        if kind == 0xFF:  # filling
            at += 1
        elif kind in _LONE:
            at += 2
        elif kind == _END:
            return "" if has_scan else _DAMAGED
        else:
            length = int.from_bytes(data[at + 2 : at + 4], "big")
            is_scan = kind == _SCAN
            if kind in (0x00, _START) or (len(data) >= at + 4 and length < 2) or (is_scan and not has_frame):
                return _DAMAGED
            has_frame, has_scan = has_frame or kind in _FRAMES, has_scan or is_scan
            at += 2 + length
            if is_scan:
                following = _MARK.search(data, at)
                at = following.start() if following else len(data)
    return _CUT
