"""Catalogues, formats and the folding of names: how a text, a figure and a name reach people in their language."""
