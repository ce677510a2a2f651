"""Committees: their terms of reference, who sits on them, and when they are quorate."""
