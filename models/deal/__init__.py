"""What a deal says: its fields, files, templates, checks and differences. Nothing here computes a cash flow."""
