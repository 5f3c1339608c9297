"""Lists of the United Nations and of CLDR that a plugin is written with: countries, currencies, formats, SDG indicators, cells of the UMF."""
