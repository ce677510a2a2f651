"""Names that a body taught: which organisation they mean, or that they mean none of those known."""
