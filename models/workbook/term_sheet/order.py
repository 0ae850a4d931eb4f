"""The sections of a term sheet, in the order in which lawyers look for them."""

from __future__ import annotations

TITLES = (
    "Parties",
    "Project and phases",
    "Purpose",
    "Hardware price and payment",
    "Capacity commitment",
    "Revenue share",
    "Other support",
    "Senior debt",
    "Order of payments",
    "Conditions precedent",
    "Covenants",
    "Information and telemetry",
    "Events of default and cure",
    "Term and termination",
    "Assignment",
    "Confidentiality",
    "Governing law and disputes",
    "Validity",
    "Status of these terms",
)


def reference(title: str) -> str:
    """How one section refers to another: `section 9`."""
    return f"section {TITLES.index(title) + 1}"
