"""The language in which every number of a deal is defined once: expressions, operators, line items, ordering."""
