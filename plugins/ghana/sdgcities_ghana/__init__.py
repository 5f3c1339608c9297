"""SDG Cities in Ghana."""
