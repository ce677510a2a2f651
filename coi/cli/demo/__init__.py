"""The demo: an invented integrated care board with a committee that met last month and meets again soon. Data as Python, and thin
steps that call the rooms' commands with the instants at which it happened."""
