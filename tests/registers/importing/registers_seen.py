"""Registers in the layouts that bodies use, with invented people."""

from collections.abc import Sequence

Rows = Sequence[Sequence[str]]

TEMPLATE: Rows = [  # the 2017 template: merged headings over tick columns
    ["Register of interests as at 31 January 2026", "", "", "", "", "", "", "", "", "", ""],
    ["Name", "Current position(s) held", "Declared interest (name of the organisation and nature of business)",
     "Type of interest", "", "", "Is the interest direct or indirect?", "Nature of interest", "Date of interest", "",
     "Action taken to mitigate risk"],
    ["", "", "", "Financial interests", "Non-financial professional interests", "Non-financial personal interests",
     "", "", "From", "To", ""],
    ["Dr Ama Ashdown", "GP member", "Quillbrook Surgery", "X", "", "", "Direct", "GP partner", "11/2015", "Ongoing", "Leaves the room"],
    ["", "", "Tarn Care Ltd", "✓", "", "", "Indirect", "Husband is a director", "01/04/2018", "31/03/2024", "n/a"],
    ["Ms Bryony Wren", "Lay member", "Nil", "", "", "", "", "", "", "", ""],
    ["Mr Cyril Dove", "Chair", "Marsh End Hospice", "", "", "x", "Direct", "Trustee", "2019", "Current", ""],
]  # fmt: skip
LOCAL_FORM: Rows = [  # personal or pecuniary, self or other
    ["Name", "Practice", "Committees", "Type", "Personal or pecuniary", "Self or other", "Start date", "Details of interest"],
    ["Dr Ama Ashdown", "Quillbrook Surgery", "PCCC", "", "Pecuniary", "Self", "11/2015", "GP partner at Quillbrook Surgery"],
    ["Ms Bryony Wren", "", "PCCC", "", "", "", "", "None to declare"],
]  # fmt: skip
TICKED_FORM: Rows = [  # the same form as a list, with the statements that people tick
    ["Name", "Practice", "Committees", "I have no interests to declare", "I am not aware of relevant interests of my close associates",
     "Type", "Personal or pecuniary", "Self or other", "Start date"],
    ["Dr Ama Ashdown", "Quillbrook Surgery", "PCCC; Audit", "", "X", "GP partner", "Pecuniary", "Self", "11/2015"],
    ["Ms Bryony Wren", "", "PCCC", "X", "X", "", "", "", ""],
]  # fmt: skip
SYSTEM: Rows = [  # a system for declarations, by its kinds
    ["Employee", "Role", "Declaration type", "Organisation", "Declaration details", "Start date", "Date submitted"],
    ["Dr Ama Ashdown", "GP member", "No Change", "", "", "", "01/02/2026"],
    ["Mr Cyril Dove", "Chair", "Shareholdings", "Tarn Care Ltd", "5%", "01/04/2018", "01/02/2026"],
    ["Mr Cyril Dove", "Chair", "Sponsored Research", "Marsh Pharma Ltd", "Study of asthma", "01/04/2025", "01/02/2026"],
    ["Mr Cyril Dove", "Chair", "Sponsored Events", "Marsh Pharma Ltd", "Spring study day", "01/04/2025", "01/02/2026"],
    ["Mr Cyril Dove", "Chair", "Loyalty Interests", "Marsh End Hospice", "Trustee", "01/04/2025", "01/02/2026"],
    ["Mr Cyril Dove", "Chair", "Decision Maker", "", "Yes", "", "01/02/2026"],
]  # fmt: skip
PARLIAMENT: Rows = [
    ["ID", "Summary", "Registered", "Category", "Member"],
    ["1", "Director of Tarn Care Ltd", "3 March 2024", "Category 1", "Dr Ama Ashdown"],
]
ONE_FORM: Rows = [  # the declaration form of one person, signed under its table
    ["Declaration of interests", "", "", "", "", ""],
    ["Name:", "Dr Ama Ashdown", "", "", "", ""],
    ["Position within, or relationship with, the CCG:", "GP member", "", "", "", ""],
    ["Type of interest", "Description of interest", "Date from", "Date to", "Action to mitigate risk", "Consent to publish"],
    ["Financial", "GP partner at Quillbrook Surgery", "11/2015", "Ongoing", "", "Yes"],
    ["Financial", "Director of Tarn Care Ltd", "04/2018", "", "", "No - my wife asked not"],
    ["Signed:", "A Ashdown", "", "", "", ""],
    ["Date:", "01/02/2026", "", "", "", ""],
]  # fmt: skip
CATEGORY: Rows = [  # one category of such a list, with entries that belong to another, and columns of its own
    ["ID", "Summary", "Parent Interest ID", "Registered", "Published", "Category", "Member", "JobTitle", "PayerName", "PayerAddress",
     "Value"],
    ["11", "Adviser", "", "3 March 2024", "4 March 2024", "Employment and earnings", "Dr Ama Ashdown", "Adviser", "Tarn Care Ltd",
     "1 Tarn Road", ""],
    ["12", "Fee for March", "11", "3 April 2024", "4 April 2024", "Ad hoc payments", "Dr Ama Ashdown", "", "Tarn Care Ltd", "", "500"],
    ["13", "Fee for May", "99", "3 June 2024", "", "Ad hoc payments", "Dr Ama Ashdown", "", "Marsh Care Ltd", "", "250"],
]  # fmt: skip
MOVED: Rows = [  # other order, names in two columns
    ["To", "From", "Interest type", "Direct or indirect", "Interest declared", "Surname", "First name", "Job title"],
    ["Ongoing", "November 2015", "Financial", "Direct", "GP partner at Quillbrook Surgery", "Ashdown", "Ama", "GP member"],
]  # fmt: skip
ALL = {"template": TEMPLATE, "local form": LOCAL_FORM, "parliament": PARLIAMENT, "other order": MOVED}


def as_csv(rows: Rows, *, delimiter: str = ",", encoding: str = "utf-8") -> bytes:
    """The rows as a CSV file."""
    quoted = (delimiter.join('"' + cell.replace('"', '""') + '"' for cell in row) for row in rows)
    return "\r\n".join(quoted).encode(encoding)
