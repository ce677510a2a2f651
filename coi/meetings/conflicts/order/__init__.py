"""The running order: an order of an agenda in which people leave and return as seldom as can be. Offered, never imposed."""
