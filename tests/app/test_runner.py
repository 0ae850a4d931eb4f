"""The threads: only the newest answer counts, jobs report and stop, and closing leaves no thread."""

from collections.abc import Callable, Iterator
from threading import Event, get_ident

import pytest
from PySide6.QtCore import QCoreApplication, QThread
from pytestqt.qtbot import QtBot

from app.runner import PROGRESS_INTERVAL, Answer, Failure, Progress, Runner


@pytest.fixture
def runner() -> Iterator[Runner]:
    """A runner that is closed at the end of the test."""
    made = Runner()
    yield made
    made.close()
    made.deleteLater()


def test_an_answer_comes_back_with_its_number(runner: Runner, qtbot: QtBot) -> None:
    """Work asked for is done in another thread and answered in the window's, under the number it was given."""
    threads: list[int] = []

    def work() -> str:
        threads.append(get_ident())
        return "done"

    with qtbot.waitSignal(runner.answered) as answered:
        number = runner.ask("figures", work)
    slot, answer = answered.args
    assert slot == "figures"
    assert (answer.number, answer.result) == (number, "done")
    assert answer.milliseconds >= 0
    assert threads
    assert threads[0] != get_ident()


def test_only_the_newest_of_waiting_requests_is_computed(runner: Runner, qtbot: QtBot) -> None:
    """While one request is computed, those that pile up are replaced: of ten only the last is ever begun."""
    free = Event()
    begun: list[int] = []
    answers: list[Answer] = []
    runner.answered.connect(lambda _slot, answer: answers.append(answer))

    def work(index: int) -> Callable[[], int]:
        def run() -> int:
            begun.append(index)
            if index == 0:
                free.wait(10)
            return index

        return run

    runner.ask("figures", work(0))
    qtbot.waitUntil(lambda: begun == [0])
    numbers = [runner.ask("figures", work(index)) for index in range(1, 11)]
    free.set()
    qtbot.waitUntil(lambda: bool(answers))
    assert begun == [0, 10]
    assert [(answer.number, answer.result) for answer in answers] == [(numbers[-1], 10)]


def test_slots_do_not_disturb_each_other(runner: Runner, qtbot: QtBot) -> None:
    """Requests of two slots are both answered."""
    seen: dict[str, object] = {}
    runner.answered.connect(lambda slot, answer: seen.__setitem__(slot, answer.result))
    runner.ask("one", lambda: 1)
    runner.ask("two", lambda: 2)
    qtbot.waitUntil(lambda: seen == {"one": 1, "two": 2})


def test_a_forgotten_slot_answers_nothing(runner: Runner, qtbot: QtBot) -> None:
    """An answer on its way is dropped once its slot is forgotten."""
    seen: list[str] = []
    runner.answered.connect(lambda slot, _answer: seen.append(slot))
    runner.ask("closed", lambda: 1)
    runner.forget("closed")
    with qtbot.waitSignal(runner.answered):
        runner.ask("open", lambda: 2)
    assert seen == ["open"]


def test_an_error_comes_back_with_its_trace(runner: Runner, qtbot: QtBot) -> None:
    """Work that raises is refused with the error and a trace that names the place."""

    def work() -> None:
        raise ValueError("the rate is far off")

    with qtbot.waitSignal(runner.refused) as refused:
        runner.ask("figures", work)
    failure = refused.args[1]
    assert isinstance(failure, Failure)
    assert str(failure.error) == "the rate is far off"
    assert "in work" in failure.trace


def test_warming_happens_once_in_the_worker(qtbot: QtBot) -> None:
    """The slow imports run once, in the thread of the live figures, before the first of them."""
    order: list[str] = []
    threads: list[int] = []

    def warm() -> None:
        order.append("warm")
        threads.append(get_ident())

    runner = Runner(warm)
    runner.warm_up()
    with qtbot.waitSignal(runner.answered):
        runner.ask("figures", lambda: order.append("work"), live=True)
    runner.close()
    assert order == ["warm", "work"]
    assert get_ident() not in threads


@pytest.mark.parametrize("live", [True, False])
def test_requests_on_hold_wait_for_the_warming(runner: Runner, qtbot: QtBot, live: bool) -> None:
    """What is asked for while requests are on hold begins no thread, and is answered after the warming."""
    runner.hold()
    begun: list[str] = []
    runner.ask("figures", lambda: begun.append("work"), live=live)
    assert not any(thread.isRunning() for thread in (runner._live, runner._aside))
    with qtbot.waitSignal(runner.answered):
        runner.warm_up()
    assert begun == ["work"]


def test_a_job_reports_and_finishes(runner: Runner, qtbot: QtBot) -> None:
    """A job tells how far it is, its last step included, and its result arrives under its number."""
    reports: list[tuple[int, float]] = []
    runner.progressed.connect(lambda number, done: reports.append((number, done)))

    def work(progress: Progress) -> str:
        progress(0.5)
        progress(1.0)
        return "written"

    with qtbot.waitSignal(runner.finished) as finished:
        number = runner.start(work)
    assert (finished.args[0].number, finished.args[0].result) == (number, "written")
    assert reports == [(number, 0.5), (number, 1.0)]
    assert runner.jobs() == ()


def test_progress_is_throttled() -> None:
    """However often a job reports, at most one signal in each interval is sent, and the end always."""
    sent: list[float] = []
    progress = Progress(1, lambda _number, done: sent.append(done))
    for step in range(10_000):
        progress(step / 10_000)
    progress(1.0)
    assert sent[0] == 0.0
    assert sent[-1] == 1.0
    assert len(sent) < 4 / PROGRESS_INTERVAL


def test_a_job_stops_when_asked(runner: Runner, qtbot: QtBot) -> None:
    """A cancelled job ends at its next report and says that it was stopped, not that it failed."""
    begun = Event()

    def work(progress: Progress) -> None:
        begun.set()
        while True:
            progress(0.1)

    number = runner.start(work)
    assert begun.wait(10)
    with qtbot.waitSignal(runner.stopped) as stopped, qtbot.assertNotEmitted(runner.failed):
        runner.cancel(number)
    assert stopped.args == [number]
    assert runner.jobs() == ()


def test_a_job_that_fails_says_so(runner: Runner, qtbot: QtBot) -> None:
    """A job that raises ends with its failure, and another can be started."""

    def work(_progress: Progress) -> None:
        raise OSError("disk full")

    with qtbot.waitSignal(runner.failed) as failed:
        runner.start(work)
    assert str(failed.args[0].error) == "disk full"
    with qtbot.waitSignal(runner.finished):
        runner.start(lambda _progress: 1)


def test_closing_waits_for_every_thread(qtbot: QtBot) -> None:
    """Closing while a request is computed and a job runs stops both, waits for them, and nothing is answered after."""
    runner = Runner()
    begun = Event()
    asked = Event()
    said: list[object] = []
    for signal in (runner.answered, runner.finished, runner.stopped, runner.progressed):
        signal.connect(lambda *args: said.append(args))

    def job(progress: Progress) -> None:
        begun.set()
        while not progress.cancelled():
            QThread.yieldCurrentThread()

    runner.start(job)
    runner.ask("figures", asked.set)
    assert begun.wait(10)
    assert asked.wait(10)
    runner.close()
    assert runner.jobs() == ()
    other = Runner()
    with qtbot.waitSignal(other.answered):
        other.ask("figures", lambda: 1)
    other.close()
    assert said == []


def test_what_is_live_waits_for_no_other_request(runner: Runner, qtbot: QtBot) -> None:
    """While a request of another slot is computed, one that is live is answered."""
    free = Event()
    seen: dict[str, object] = {}
    runner.answered.connect(lambda slot, answer: seen.__setitem__(slot, answer.result))
    runner.ask("aside", lambda: free.wait(10))
    runner.ask("figures", lambda: 1, live=True)
    qtbot.waitUntil(lambda: seen == {"figures": 1})
    free.set()
    qtbot.waitUntil(lambda: "aside" in seen)


@pytest.mark.usefixtures("qapp")
def test_nothing_begins_once_it_is_closed() -> None:
    """A wish that comes after the end, from a timer on its way, starts no thread."""
    runner = Runner()
    runner.close()
    began: list[str] = []
    runner.start(lambda _progress: began.append("job"))
    runner.ask("figures", lambda: began.append("request"))
    QCoreApplication.sendPostedEvents()
    assert runner.jobs() == ()
    assert began == []
