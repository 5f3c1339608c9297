"""The only door for bytes from outside. Every reader has limits and answers with findings, never a traceback."""
