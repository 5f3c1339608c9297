"""Looking at an unknown file: what it seems to hold, with the evidence for each, and a proposed import profile."""
