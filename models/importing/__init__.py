"""Month series from files of others: a table read safely, its dates and numbers understood, its values by month."""
