"""The months of a deal as numbers counted from its start."""

from dataclasses import dataclass

from models.deal.months import month_label, month_number, month_text
from models.deal.schema import Deal


@dataclass(frozen=True)
class Timeline:
    """Month numbers of a deal, counted from its first month (0). `service` has one entry per phase."""

    origin: int
    months: int
    deliveries: tuple[int, ...]
    service: tuple[int, ...]
    first_repayment: int
    window: int

    @property
    def last(self) -> int:
        """The last month of the model."""
        return self.months - 1

    @property
    def first_service(self) -> int:
        """The first month in which any phase is in service; contract years count from it."""
        return min(self.service)

    def number(self, month: str) -> int:
        """`YYYY-MM` as a month of the model; negative before it starts."""
        return month_number(month) - self.origin

    def label(self, number: int) -> str:
        """A month of the model in words: `Mar 2027`."""
        return month_label(month_text(self.origin + number))


def timeline(deal: Deal) -> Timeline:
    """The timeline of a deal. `window` is the count of months in which the loan is repaid, cut at the model's end."""
    origin = month_number(deal.start)
    deliveries = tuple(month_number(phase.delivery) - origin for phase in deal.phases)
    service = tuple(at + phase.install_months for at, phase in zip(deliveries, deal.phases, strict=True))
    first = month_number(deal.senior_debt.first_repayment) - origin
    window = max(0, min(deal.senior_debt.repayment_months, deal.months - first))
    return Timeline(origin, deal.months, deliveries, service, first, window)
