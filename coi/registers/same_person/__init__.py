"""Two records that are one person, entered twice: what one holds goes to the other, and back."""
