"""Mail to people: an outbox in the database, and its delivery. Nothing confidential is ever put in a mail."""
