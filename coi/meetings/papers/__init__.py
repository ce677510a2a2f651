"""Papers: files attached to agenda items, and who does not receive them because of a ruling."""
