"""What a form asks, beyond what JSON Schema can refuse."""
