"""Uploads and generated files: checked, stored in chunks in the database, never overwritten."""
