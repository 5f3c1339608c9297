"""The four tracks, one room each."""
