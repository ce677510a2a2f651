"""Flags on agenda items, what was declared at the meeting, and the chair's rulings."""
