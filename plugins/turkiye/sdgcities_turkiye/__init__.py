"""SDG Cities in Türkiye."""
