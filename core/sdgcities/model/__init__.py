"""What the framework speaks of: frozen dataclasses on the standard library alone."""
