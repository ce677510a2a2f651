"""The command line: thin. Each command parses, calls one command of a room, commits and prints."""
