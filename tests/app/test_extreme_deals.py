"""Deals at the ends of what the schema allows, looked at on every page of the window."""

from pytestqt.qtbot import QtBot

from app.window import Window
from models import load_template, sections, with_values

EXTREMES: dict[str, dict[str, object]] = {
    "prices that rise elevenfold each year": {
        "months": 360, "demand[0].price": 1e9, "demand[0].annual_price_change": 10.0,
    },
    "costs that rise elevenfold each year": {"months": 360, "operations.annual_inflation": 10.0},
    "present values of 10^45": {"partner.discount_rate": -0.999999, "vendor.discount_rate": -0.999999},
    "no system at all": {f"phases[{number}].gpus": 0 for number in range(4)},
}  # fmt: skip


def test_deals_at_the_ends_of_the_schema_can_be_looked_at(window: Window, qtbot: QtBot) -> None:
    """Every section of the form and every tab of the results shows such a deal, or says why it has no figures."""
    broken: list[str] = []
    answers: list[bool] = []
    window.broken.connect(broken.append)
    window.live.shown.connect(lambda _figures: answers.append(True))
    window.live.failed.connect(lambda: answers.append(False))
    for name, changes in EXTREMES.items():
        answers.clear()
        window.document.start_from(with_values(load_template("austral"), "", changes))
        qtbot.waitUntil(lambda: bool(answers), timeout=20_000)
        for section in sections():
            window.desk.go_to_section(section.key)
        for title in window.desk.results.titles():
            window.desk.results.choose(title)
            window.grab()
        qtbot.waitUntil(lambda: not window._runner.jobs(), timeout=20_000)
        assert broken == [], name
        assert window.document.is_open
