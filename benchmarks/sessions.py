"""Fifty people who change filters at the same time: how long a change takes, and what each of them costs in memory.

python -m benchmarks.sessions [--sessions 50] [--minutes 5] [--pause 30] [--data FOLDER]

Each is a real session over the websocket, signed in, on one of five screens, and thinks for `pause` seconds (on
average) before another filter at random. First one process alone; then, where nginx is installed, two behind its
sample, while new data is published in the middle. The visitors run on the same computer and take their share of it.
"""

from __future__ import annotations

import argparse
import os
import random
import shutil
import statistics
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory

from sro.settings import PROJECT
from tests.attacks.socket import Running
from tests.people.conftest import claims, program
from tests.proxied import FOUND, NAME, NOT_FOUND, Nginx
from tests.visitor import Session, cookie

SCREENS = ("", "engagement", "incidents", "coverage", "readiness")
FILTERS = ("Period", "Part of it", "Compare with", "Levels")
PATIENCE = 120.0  # seconds after which a person would have gone
PEOPLE = 50  # names in the list; more sessions share them
ARRIVE = 30.0  # seconds within which all have come
FINISHED = 0  # what Streamlit says of a script that ran to its end
NEW_ROW = """activity_id,school_id,date,start_time,duration_min,activity_type,students_reached
BENCH-1,{school},{date},09:00,40,classroom_lesson,24
"""


@dataclass
class Seen:
    """What all visitors saw together: seconds of first screens and of changes, and what went wrong."""

    first: list[float] = field(default_factory=list)
    changes: list[float] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    vintages: list[str] = field(default_factory=list)


class Visitor(threading.Thread):
    """One person: comes, looks, and changes a filter again and again until it is time to leave."""

    def __init__(self, number: int, connect: Callable[[int], Session], seen: Seen, until: float, pause: float) -> None:
        super().__init__(daemon=True)
        self.number, self.connect, self.seen, self.until, self.pause = number, connect, seen, until, pause
        self.random = random.Random(number)

    def run(self) -> None:
        time.sleep(self.random.uniform(0, ARRIVE))
        try:
            with self.connect(self.number) as session:
                self.timed(self.seen.first, lambda: session.open(SCREENS[self.number % len(SCREENS)]))
                while time.monotonic() < self.until:
                    time.sleep(self.random.expovariate(1 / self.pause))
                    if time.monotonic() >= self.until:
                        return
                    label = self.random.choice([name for name in FILTERS if name in session.widgets])
                    options = list(session.widgets[label].options)
                    chosen = self.random.choice(options[:-1] if label == "Period" else options)
                    self.timed(self.seen.changes, lambda: session.choose(label, chosen))  # noqa: B023
        except Exception as error:
            self.seen.errors.append(f"visitor {self.number}: {type(error).__name__}: {error}")

    def timed(self, times: list[float], ask: Callable[[], Sequence]) -> None:
        started = time.perf_counter()
        messages = ask()
        times.append(time.perf_counter() - started)
        for message in messages:
            kind = message.WhichOneof("type")
            if kind == "script_finished" and message.script_finished != FINISHED:
                self.seen.errors.append(f"visitor {self.number}: the script ended with {message.script_finished}")
            if kind == "delta" and message.delta.new_element.WhichOneof("type") == "exception":
                self.seen.errors.append(f"visitor {self.number}: {message.delta.new_element.exception.message}")
            if b"could not be drawn" in message.SerializeToString():
                self.seen.errors.append(f"visitor {self.number}: a figure could not be drawn")


def memory(process: subprocess.Popen) -> float:
    """Megabytes of a process in memory."""
    return int(Path(f"/proc/{process.pid}/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE") / 1e6


def processor(process: subprocess.Popen) -> float:
    """Seconds of processor time that a process has had."""
    parts = Path(f"/proc/{process.pid}/stat").read_text().rsplit(")", 1)[1].split()
    return (int(parts[11]) + int(parts[12])) / os.sysconf("SC_CLK_TCK")


def percentile(times: Sequence[float], share: float) -> float:
    """The nearest rank."""
    ordered = sorted(times)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))] if ordered else float("nan")


def sro(data: Path, *arguments: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "sro", *arguments], cwd=PROJECT, env={**os.environ, "SRO_DATA": str(data)},
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
    )  # fmt: skip


def done(running: subprocess.Popen[str]) -> str:
    said, _ = running.communicate()
    if running.returncode:
        raise SystemExit(said)
    return said


def published(data: Path, folder: Path, seen: Seen) -> None:
    """One more lesson, by the command that a coordinator would use."""
    with (data / "demo" / "activities.csv").open(encoding="utf-8") as file:
        names, last = next(file).strip().split(","), dict[str, str]()
        for line in file:
            last = dict(zip(names, line.split(","), strict=False))
    (folder / "more").mkdir(exist_ok=True)
    (folder / "more" / "activities.csv").write_text(NEW_ROW.format(school=last["school_id"], date=last["date"]))
    started = time.perf_counter()
    said = done(sro(data, "load", str(folder / "more"), "--add"))
    print(f"  published after {time.perf_counter() - started:.0f} s: {said.strip().splitlines()[-1]}", flush=True)
    seen.vintages.append(said)


def scene(data: Path, folder: Path, options: argparse.Namespace, many: int) -> None:
    """`many` processes; more than one behind nginx, with data published in the middle."""
    people = "[people]\n" + "".join(f'"p{number}@county.test" = "leader"\n' for number in range(PEOPLE))
    rules = program(folder, ("hosts = []", f'hosts = ["{NAME}"]'), people=people)
    origin = f"https://{NAME}" if many > 1 else ""
    seen, seconds = Seen(), options.minutes * 60
    with ExitStack() as stack:
        processes = [Running(data, rules, folder, origin=origin) for _ in range(many)]
        for process in processes:
            stack.enter_context(process)
        proxy = stack.enter_context(Nginx(folder, [one.port for one in processes])) if many > 1 else None

        def connect(number: int) -> Session:
            signed_in = cookie(claims(f"p{number % PEOPLE}@county.test"), processes[0].origin)
            if proxy:
                return Session(
                    proxy.origin, proxy.tls, signed_in, tls=proxy.trust, wait=PATIENCE, sro_process=f"browser-{number}"
                )
            return Session(processes[0].origin, processes[0].port, signed_in, wait=PATIENCE)

        for _ in processes:  # one look at each screen, so that what comes after is what people cost
            for place, screen in enumerate(SCREENS * many):
                with connect(place) as session:
                    session.open(screen)
        before, spent = [memory(one.process) for one in processes], [processor(one.process) for one in processes]
        started = time.monotonic()
        visitors = [
            Visitor(number, connect, seen, started + seconds, options.pause) for number in range(options.sessions)
        ]
        for visitor in visitors:
            visitor.start()
        if many > 1:
            time.sleep(seconds / 2)
            published(data, folder, seen)
        time.sleep(max(0.0, started + seconds - time.monotonic()))
        grown = sum(memory(one.process) - then for one, then in zip(processes, before, strict=True))
        used = sum(processor(one.process) - then for one, then in zip(processes, spent, strict=True))
        took = time.monotonic() - started
        for visitor in visitors:
            visitor.join(timeout=PATIENCE + 10)
        held = sum(before)
    print(
        f"| {'one process' if many == 1 else f'{many} behind nginx, data published'} | {options.sessions} "
        f"| {took / 60:.1f} | {len(seen.changes):,} | {len(seen.changes) / took:.1f} "
        + "".join(f"| {percentile(seen.changes, share):.2f} " for share in (0.5, 0.9, 0.95, 0.99))
        + f"| {max(seen.changes):.2f} | {statistics.median(seen.first):.2f} | {held:.0f} "
        f"| {grown / options.sessions:.1f} | {used / took:.2f} | {len(seen.errors)} |",
        flush=True,
    )
    for error in seen.errors[:20]:
        print(f"  {error}", flush=True)
    if seen.errors:
        raise SystemExit(f"{len(seen.errors)} errors.")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sessions", type=int, default=50)
    parser.add_argument("--minutes", type=float, default=5)
    parser.add_argument("--pause", type=float, default=30, help="seconds that one thinks, on average")
    parser.add_argument("--data", type=Path, help="a folder with the demo and a vintage of it; it is copied")
    parser.add_argument("--processes", type=int, nargs="*", default=[1, 2])
    options = parser.parse_args()
    with TemporaryDirectory() as place:
        folder = Path(place)
        data = folder / "data"
        if options.data:
            shutil.copytree(options.data, data)
        else:
            done(sro(data, "demo"))
            done(sro(data, "load", str(data / "demo")))
        print(
            "| | sessions | minutes | changes | a second | p50 s | p90 s | p95 s | p99 s | max s | first screen s "
            "| MB before | MB a session | processors | errors |\n" + "|---" * 15 + "|",
            flush=True,
        )
        for many in options.processes:
            if many > 1 and not FOUND:
                print(f"{NOT_FOUND}: {many} processes were not tried.")
                continue
            scene(data, folder, options, many)


if __name__ == "__main__":
    main()
