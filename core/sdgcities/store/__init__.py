"""What is kept: tables, migrations, the audit chain, the bulk load. Rows are appended; nothing is overwritten."""
