"""A returned workbook against the deal: what its sender changed, what each change does, and how changes are taken."""
