"""Charts and maps that any report can take: each a drawing with its title, its finding in words and its figures as a table."""
