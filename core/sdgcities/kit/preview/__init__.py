"""The forms and the report of a city as people will see them, with what is not translated marked."""
