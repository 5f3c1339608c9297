"""What must hold of a plugin, one module a subject. Each holds `CHECKS`: a rule's id and the function that looks.

The rules themselves, their level and their words stand in `rules.yaml`.
"""
