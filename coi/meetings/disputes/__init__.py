"""What was said against a ruling at a meeting: who refused to leave or disputed it, and what became of that."""
