"""Pages for people: what a hub's records say of a city, as one file that needs nothing else."""
