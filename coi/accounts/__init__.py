"""Accounts: who may sign in, the sessions they are signed in with, and the dated roles that people hold."""
