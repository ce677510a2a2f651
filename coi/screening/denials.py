"""What a text says is not so: "no interest in …", "not a partner of …", "never worked at …", "Fern House Surgery – none". Pure."""

import re

_HELD = (
    r"(?:interests?|shares?|sharehold(?:ings?|ers?)|involvement|connections?|links?|relationships?|associations?|affiliations?|"
    r"conflicts?(?: of interests?)?|role|stake|ties|dealings|contracts?)"
)
_BEING = (
    r"(?:partners?|directors?|share ?holders?|employees?|employed|members?|owners?|trustees?|governors?|landlord|patients?|"
    r"locums?|salaried|"
    r"gps?|doctor|nurse|manager|consultant|working|work(?:s|ed)?|involved|associated|connected|affiliated|linked|related|registered|"
    r"receiv\w+|own(?:s|ed)?|hold|held|have|had)"
)
_WILL_NOT = r"(?:not|never|\w+n't|neither|cannot)"
_DENIED = re.compile(
    rf"\b(?:no|without(?: any)?|nor any)\s+(?!longer\b)(?:[\w-]+\s+){{0,3}}?{_HELD}\s+(?:whatsoever\s+)?(?:in|with|of|at|to|or)\b|"
    rf"\b{_WILL_NOT}\s+(?:(?:now|currently|at present|presently|personally|been|ever|I|my|nor|or|wife|husband|spouse|partner|is|am|are|was|"
    rf"has|have|do|does|did|a|an|any|the|gp|salaried|practice|senior|board|registered)\s+){{0,6}}?{_BEING}\b|"
    r"\b(?:none|neither) of (?:us|my|our|the|them|these)\b|\bnothing to do with\b",
    re.IGNORECASE,
)
_ENDS = re.compile(
    r"[;()\n]|\.(?=\s|$)|\b(?:but|though|although|however|other than|except(?:ing)?|apart from|aside from|besides|beyond|save|yet|only)\b|"
    r",(?=\s*(?:[a-z]|(?i:salaried|locum|partner|gp|employed|director|works?|patient|nurse|spouse|wife|husband|my|i)\b))",
)
_NOTHING = re.compile(
    r"^(?P<name>[^;:()\n]*?[A-Z][^;:()\n]*?)\s*(?:[-–—:]|\s\()\s*(?i:none|nil|no|nothing|not applicable|n/a|"
    r"(?:no|nil) (?:conflicts?|interests?|connections?)(?: of interests?)?|nothing to declare)\W*$"
)
_ENDED = re.compile(r"\b(?:any ?more|any longer)\b", re.IGNORECASE)  # "not a partner any more"
_SIGNS = (
    "no ",
    "not ",
    "n't ",
    "none",
    "nil",
    "nothing",
    "never",
    "neither",
    "without",
    "cannot",
    " n/a",
    "- no",
    "– no",
)


def affirmed(text: str) -> str:
    """Returns `text` with whatever it denies blanked out, character for character, so that nobody is taken to hold an interest who says
    that they hold none. What ended ("no longer a partner") is not denied; a role that somebody states ("partner, X – nil") stays."""
    low = text.lower()
    if not any(sign in low for sign in _SIGNS):
        return text
    text, plain = text.replace("’", "'"), text
    if (nothing := _NOTHING.match(text)) and not _STATED.search(nothing["name"]):
        return " " * len(text)
    kept = list(plain)
    for found in _DENIED.finditer(text):
        end = _ENDS.search(text, found.end())
        until = end.start() if end else len(text)
        if _ENDED.search(text, found.start(), until):
            continue
        kept[found.start() : until] = " " * (until - found.start())
    return "".join(kept)


_STATED = re.compile(
    r"\b(?i:partner|director|share|salaried|locum|employ|owner|trustee|member|manager|nurse|landlord|gp|works?|chair|governor|consultant)"
)
