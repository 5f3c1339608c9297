"""The plugin author's desk: what must hold of a plugin and how good it is, a plugin to begin with, translation, preview."""
