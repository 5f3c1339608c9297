"""How a city's indicators have moved since the base year, beside where they are to be."""
