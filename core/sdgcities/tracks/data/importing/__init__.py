"""Observations in: checked, added up, reconciled, stored."""
