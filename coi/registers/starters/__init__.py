"""Starters, movers and leavers: what an export of the payroll says against who is known here."""
