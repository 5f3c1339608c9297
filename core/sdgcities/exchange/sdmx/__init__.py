"""SDMX on the global structure of the SDG indicators: what goes out is held against it first; national files come in."""
