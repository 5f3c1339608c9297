"""The plugin framework of national SDG Cities hubs."""

__version__ = "0.1.0"
