"""Disposing of records whose years of keeping are over. Only a person does it."""
