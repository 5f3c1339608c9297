"""A hub made for a moment, in which a plugin shows what it can do."""
