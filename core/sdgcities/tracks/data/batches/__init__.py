"""What was imported, and how it is taken back."""
