"""The ledger: what happened, in order, sealed so that anyone can check it."""
