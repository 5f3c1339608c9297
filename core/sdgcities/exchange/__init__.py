"""What other systems read and write: Open SDG, SDMX, Data Package, workbooks, GeoJSON; and what a hub publishes."""
