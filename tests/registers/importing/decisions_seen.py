"""Registers of procurement decisions in the layouts that bodies use, with invented people and providers."""

from collections.abc import Sequence

Rows = Sequence[Sequence[str]]

HEAD = [
    "Ref No", "Contract/ Service title", "Procurement description",
    "Existing contract or new procurement (if existing include details)",
    "Procurement type – CCG procurement, collaborative procurement with partners", "CCG clinical lead (Name)",
    "CCG contract manager (Name)", "Decision making process and name of decision making committee",
    "Summary of conflicts of interest noted", "Actions to mitigate conflicts of interest",
    "Justification for actions to mitigate conflicts of interest", "Contract awarded (supplier name & registered address)",
    "Contract value (£) (Total)", "Contract value (£) to CCG", "Comments to note",
]  # fmt: skip
SURGERY = [
    "P/01", "Minor surgery", "Minor surgery in the valley", "New", "CCG", "Dr A Ash", "Ms B Birch", "PCCC, 12 February 2019",
    "None", "n/a", "", "Quillbrook Surgery\n1 High Street\nMarshton", "£125,000", "£125,000.00", "",
]  # fmt: skip
HOURS = [
    "P/02", "Out of hours", "", "Existing – 12 month extension", "Collaborative with Mid CCG", "", "", "Governing Body",
    "Dr Ash is a partner of the provider", "Left the room", "A direct financial interest", "Wexmoor Out of Hours Ltd, 2 Low Road",
    "£1.2m", "TBC", "To be reviewed",
]  # fmt: skip
ANNEX_H: Rows = [["Register of procurement decisions and contracts awarded as at 31 March 2019"], HEAD, SURGERY, HOURS]
"""The annex of the guidance of 2016."""
NOTICES: Rows = [
    ["Existing provider", "Title", "Provider", "Value", "Decision makers", "Reasons", "Declared conflicts", "How managed", "Award date"],
    ["Yes", "Community phlebotomy", "Tarn Care Ltd", "250000", "The panel of three", "Best on access", "None declared", "", "03/06/2024"],
]  # fmt: skip
"""What the notices of the Provider Selection Regime give."""
SHORT: Rows = [
    ["Details of the decision", "Who was involved", "Summary of conflicts and how managed"],
    ["Spirometry at practices was extended for a year", "The lay members", "A GP member left the room"],
]  # fmt: skip
"""The three columns that the guidance asks for."""
