"""Minutes: composed by rule from what was recorded, drafted, confirmed."""
