"""Milestones reached: assessment of the hub's cities, claims, and the hub's decisions on them."""
