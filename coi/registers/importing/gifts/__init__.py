"""Taking over an older register of gifts and hospitality."""
