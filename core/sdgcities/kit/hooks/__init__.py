"""The Python of a plugin, read and measured without a hub."""
