"""What scrutineers ask: what happened to an item, the ledger in plain words."""
