"""SDG Cities in Portugal."""
