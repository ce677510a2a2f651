"""What an item's wording suggests: whom it affects, and which class. Offered, never attached unasked."""
