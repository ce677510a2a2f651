"""Prompts from outside: what public lists and reference data make one ask a member. Never published, never an accusation."""
