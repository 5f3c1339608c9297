"""What a city has figures for and what not: by cell of the UMF, target of the SDGs and disaggregation; and the gaps, on a sheet to be filled in."""
