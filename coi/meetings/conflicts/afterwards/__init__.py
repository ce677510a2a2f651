"""After the meeting: interests that came late are compared with what was decided, and what was declared there reaches the register."""
