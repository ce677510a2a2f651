"""Meetings: planned, held and recorded, item by item."""
