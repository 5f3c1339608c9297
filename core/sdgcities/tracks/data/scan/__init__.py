"""The City Scan: what people mapped, counted by area."""
