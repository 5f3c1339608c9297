"""What a reader takes and yet is seldom meant: slips of spreadsheets, names that nothing has, places far from all others."""
