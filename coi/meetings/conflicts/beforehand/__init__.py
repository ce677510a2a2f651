"""Before a meeting: one email asks everybody to confirm their register entry and to say which items they have an interest in."""
