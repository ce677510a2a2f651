"""Rows to bytes and back, pure: tagged PDF and CSV out, spreadsheets in. ReportLab is imported nowhere else."""
