"""Files of offices as tables, and the profiles they are read by."""
