"""Registers of gifts and hospitality in the layouts that bodies use, with invented people and firms."""

from collections.abc import Sequence

Rows = Sequence[Sequence[str]]

HEAD = [
    "Name", "Position", "Date of offer", "Declined/accepted?", "Date of receipt (if applicable)", "Details of gift/hospitality",
    "Estimated value", "Supplier/offeror name and nature of business", "Reason for accepting or declining",
]  # fmt: skip
WINE = [
    "Dr Ann Ash", "GP member", "12/12/2018", "Declined", "", "Case of wine", "approx £20–30", "Wexmoor Supplies Ltd",
    "Not in line with policy",
]  # fmt: skip
LUNCH = [
    "Dr Ann Ash",
    "GP member",
    "March 2019",
    "Accepted",
    "",
    "Buffet lunch at a conference",
    "£25",
    "Quillbrook Surgery",
    "Networking",
]
SWEETS = [
    "Mr Bo Birch",
    "Lay member",
    "",
    "Accepted",
    "04/01/2019",
    "Chocolates",
    "not known",
    "Patient",
    "Thanks for care",
]
ANNEX_D: Rows = [["Register of gifts and hospitality as at 31 March 2019"], HEAD, WINE, LUNCH, SWEETS]
"""The annex of the guidance of 2016."""
SHORT: Rows = [
    ["Recipient", "Gift or hospitality", "Donor", "Value (£)", "Date declared", "Accepted (Y/N)"],
    ["Ash, Ann (Dr)", "Dinner after a meeting", "Tarn Pharma plc", "45", "03/06/2018", "Y"],
    ["", "Gift voucher", "Tarn Pharma plc", "10.00", "03/06/2018", "N"],
]  # fmt: skip
"""A short one, with rows of one person under each other."""
SPLIT: Rows = [
    ["Surname", "First name",
     "Role", "Gift/hospitality", "Description", "Offered by", "Date offered", "Date received", "Date of declaration",
     "Worth",
     "Accepted or declined", "Approved by", "Notes"],
    ["Ash", "Ann", "GP", "Hospitality", "Train ticket and hotel", "The Quillbrook Trust", "02/05/2019", "09/05/2019", "2019-05-10",
     "under £100", "Accepted on behalf of the organisation", "B Birch, 01/05/2019", "Spoke there"],
    ["The organisation", "", "", "Sponsorship", "Sponsored a training day", "Tarn Pharma plc", "2018", "", "", "2 x £500", "", "", ""],
]  # fmt: skip
"""One of a web system, with the name in two columns."""
LAYOUTS = (ANNEX_D, SHORT, SPLIT)
