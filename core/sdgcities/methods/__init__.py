"""Named methods, each with its version and source: what observations say, computed without touching anything."""
