"""The declarative loader: the files named in a manifest answer the same hooks as a plugin's Python would."""
