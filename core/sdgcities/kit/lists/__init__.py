"""An office's lists, as it keeps them in a spreadsheet, taken into the files of a plugin."""
