"""Track 1: evidence on the Global Urban Monitoring Framework. Observations in, coverage and gaps, measures for milestones."""
