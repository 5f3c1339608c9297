"""The programme around the tracks: how a hub is supported and what it costs."""
