"""What every track shares of a hub's records: places and aliases, cities, people and roles, submissions, evidence, figures."""
