"""Taking over a body's existing register from a spreadsheet: read, compared with what is known, shown, imported as one."""
