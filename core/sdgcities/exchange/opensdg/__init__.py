"""Data repositories of Open SDG: read, checked, taken in, and written back so that Open SDG builds them."""
