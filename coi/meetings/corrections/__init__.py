"""Corrections of what was recorded of an item: what stood there before, who corrected it, when and why."""
