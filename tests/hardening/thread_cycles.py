"""Work started, stopped and left at any moment: `uv run python -m tests.hardening.thread_cycles 1000 [SEED]`.

Each cycle makes the threads of a window and, as a hurried user would, asks for the newest figures several times, starts
longer jobs and stops some of them (at once, while they start, as they end), and closes at once or after an answer.
Nothing may crash, only the newest answer of a slot may arrive, every job ends with one signal of its own unless all was
closed, nothing arrives after closing, and no thread is left.
"""

from __future__ import annotations

import os
import random
import sys
import time
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path
from threading import Event

from PySide6.QtCore import QCoreApplication, QEventLoop, QThread, QTimer

from app.runner import Answer, Failure, Progress, Runner

LONGEST = 10_000  # milliseconds until a cycle counts as hung
STEPS = 2_000
TASKS = Path("/proc/self/task")


def threads() -> int:
    """How many threads this process has, as the system counts them; 0 where it does not say."""
    return len(os.listdir(TASKS)) if TASKS.is_dir() else 0


def _left(before: int) -> int:
    """How many threads there are more than before, once those that have ended had a second to leave the system."""
    until = time.monotonic() + 1
    while threads() > before and time.monotonic() < until:
        QThread.yieldCurrentThread()
    return threads() - before


def _figures(number: int) -> Callable[[], int]:
    def work() -> int:
        return number * sum(range(2_000)) // sum(range(2_000))

    return work


def _job(begun: Event) -> Callable[[Progress], int]:
    def work(progress: Progress) -> int:
        begun.set()
        for step in range(STEPS):
            progress(step / STEPS)
        return STEPS

    return work


class Cycle:
    """One life of the threads, and what was heard of them."""

    def __init__(self, dice: random.Random) -> None:
        self.dice = dice
        self.runner = Runner()
        self.asked: dict[str, int] = {}
        self.jobs: set[int] = set()
        self.ended = Counter[int]()
        self.wrong: list[str] = []
        self.answers: set[str] = set()
        self.closed = False
        self.loop = QEventLoop()
        self.runner.answered.connect(self._answered)
        self.runner.refused.connect(lambda _slot, failure: self.wrong.append(f"refused: {failure.error}"))
        self.runner.finished.connect(lambda answer: self._end(answer.number))
        self.runner.stopped.connect(self._end)
        self.runner.failed.connect(self._failed)

    def _answered(self, slot: str, answer: Answer) -> None:
        self.answers.add(slot)
        if answer.number != self.asked[slot]:
            self.wrong.append("an answer that is not the newest is shown")
        self._heard()

    def _failed(self, failure: Failure) -> None:
        self.wrong.append(f"failed: {failure.error}")
        self._end(failure.number)

    def _end(self, number: int) -> None:
        self.ended[number] += 1
        self._heard()

    def _heard(self) -> None:
        if self.closed:
            self.wrong.append("something arrives after closing")
        if self.answers == self.asked.keys() and self.ended.keys() == self.jobs:
            self.loop.quit()

    def act(self) -> str:
        """Do things in random order, then close; returns how it was closed."""
        for _ in range(self.dice.randint(1, 8)):
            if self.dice.random() < 0.6:
                slot = self.dice.choice(("figures", "explained"))
                self.asked[slot] = self.runner.ask(slot, _figures(len(self.asked)))
                self.answers.discard(slot)
            else:
                begun = Event()
                number = self.runner.start(_job(begun))
                self.jobs.add(number)
                if self.dice.random() < 0.3:
                    begun.wait(10)
                if self.dice.random() < 0.6:
                    self.runner.cancel(number)
        way = self.dice.choice(("closed at once", "closed after all answers"))
        if way != "closed at once":
            QTimer.singleShot(LONGEST, self.loop, lambda: self.loop.exit(1))
            if self.loop.exec() == 1:
                self.wrong.append("hangs")
            if any(count != 1 for count in self.ended.values()):
                self.wrong.append("a job ends twice")
        self.runner.close()
        self.closed = True
        if self.runner.jobs():
            self.wrong.append("a job is left")
        return way


def check(times: int, seed: int) -> tuple[Counter[str], list[str]]:
    """What was done, and what was wrong."""
    dice, counts, wrong = random.Random(seed), Counter[str](), []
    before = threads()
    for number in range(times):
        cycle = Cycle(dice)
        counts[cycle.act()] += 1
        counts["answers asked for"] += len(cycle.asked)
        counts["jobs"] += len(cycle.jobs)
        wait = QEventLoop()
        QTimer.singleShot(0, wait, wait.quit)  # signals that are still on their way arrive now
        wait.exec()
        wrong += [f"cycle {number}: {what}" for what in cycle.wrong]
        cycle.runner.deleteLater()
        if left := _left(before):
            wrong.append(f"cycle {number}: {left} threads are left")
    return counts, wrong


def main(arguments: Sequence[str]) -> int:
    """Live through as many cycles as asked; 1 where anything was wrong."""
    times = int(arguments[0]) if arguments else 1000
    application = QCoreApplication.instance() or QCoreApplication([])
    began = time.monotonic()
    counts, wrong = check(times, int(arguments[1]) if len(arguments) > 1 else 0)
    took = time.monotonic() - began
    lines = [f"{count:7} {what}" for what, count in sorted(counts.items())]
    sys.stdout.write("\n".join([*lines, *wrong, f"{times} cycles, {len(wrong)} wrong ({took:.0f} s)"]) + "\n")
    del application
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
