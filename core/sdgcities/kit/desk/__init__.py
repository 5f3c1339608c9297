"""The translation desk: the texts of a plugin, and how far each is translated and reviewed."""
