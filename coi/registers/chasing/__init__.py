"""Chasing by e-mail: when to remind whom, in whose words, and what was sent."""
