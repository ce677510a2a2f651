"""Taking over an older register of procurement decisions and contracts awarded."""
