"""Codes of the common procurement vocabulary, which say what service is bought: eight digits, and a ninth that checks them. Pure."""

import re

_SHAPE = re.compile(r"([0-9]{8})(?:\s*[-–]\s*([0-9]))?")
_BETWEEN = re.compile(r"[,;\n]+|\s+(?=[0-9]{8})")
_WEIGHTS = (3, 7, 1, 3, 7, 1, 3, 7)


def written(text: str) -> str:
    """Returns codes as they are kept: "85121100-4, 85110000-3". A digit that was left out is added; what is no code stays as typed."""
    said = (each.strip() for each in _BETWEEN.split(text))
    return ", ".join(dict.fromkeys(_whole(each) for each in said if each))


def fault(codes: str) -> str:
    """Returns a sentence about the first of several codes that is none, or nothing. Rule: PROC-04; SI 2023/1348."""
    for each in codes.split(", ") if codes else ():
        found = _SHAPE.fullmatch(each)
        if found is None:
            return f"“{each}” is not a CPV code. Enter 8 digits, like 85121100, or all 9, like 85121100-4"
        if found[2] != _check(found[1]):
            return f"Check the CPV code {each}: its last digit does not belong to the others"
    return ""


def eight_digits(codes: str) -> tuple[str, ...]:
    """Returns the eight digits of each code, as data sets give them."""
    return tuple(each[:8] for each in codes.split(", ")) if codes else ()


def _whole(text: str) -> str:
    found = _SHAPE.fullmatch(text)
    return f"{found[1]}-{found[2] or _check(found[1])}" if found else text


def _check(digits: str) -> str:
    return str(sum(weight * int(digit) for weight, digit in zip(_WEIGHTS, digits, strict=True)) % 10)
