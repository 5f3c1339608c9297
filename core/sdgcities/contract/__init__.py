"""The contract: four tracks and their milestones as data, national adaptation inside its bounds, and assessment.

Everything but reading the packaged files is pure.
"""
