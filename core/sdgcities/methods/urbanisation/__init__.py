"""The degree of urbanisation of the UN Statistical Commission: cells of a population grid, then units by the shares of their people.

All but the rules and the units computes with numpy: those modules are loaded only when a grid is classified.
"""
