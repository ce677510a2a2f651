"""The engine, pure: declared text → organisations, interest × item → flags. No database, no Flask."""
