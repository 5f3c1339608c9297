"""The plugin to begin with, from what its author says of the country."""
