"""`make load`: how many reviews a second are acknowledged, that is stored and flushed to disk.

An installation of its own in build/, served as `monosashi serve` serves it. Submissions arrive at a fixed
rate whether or not earlier ones were answered (`--rate 150`), or as fast as the senders can (`--rate 0`).
The time of a submission counts from the moment it was due.
"""

from __future__ import annotations

import argparse
import itertools
import os
import sys
import threading
import time
from collections import Counter
from functools import partial
from pathlib import Path

from answering import ROOT, Sent, Site, send_steadily, threads

WARM_UP = 5.0  # seconds, before anything is counted


def main() -> int:
    asked = _asked()
    site = Site(Path(asked.home))
    site.prepare()
    site.start()
    try:
        measured(site, seconds=WARM_UP, senders=asked.senders, rate=asked.rate)
        before = len(site.stored())
        used = site.processor_seconds()
        sent, spent = measured(site, seconds=asked.seconds, senders=asked.senders, rate=asked.rate)
        used = site.processor_seconds() - used
    finally:
        site.stop()
    stored = site.stored()
    print(report(sent, spent, asked), flush=True)
    lost = len(sent.keys) - (len(stored) - before)
    each = 1000 * used / max(len(sent.keys), 1)
    print(
        f"acknowledged {len(sent.keys):,}, stored {len(stored) - before:,}; {each:.1f} ms of processor each"
    )
    return 1 if sent.failures or lost > 0 or set(stored.values()) - {1} else 0


def measured(site: Site, *, seconds: float, senders: int, rate: float) -> tuple[Sent, float]:
    began, sent, numbers, lock = time.perf_counter(), Sent(), itertools.count(), threading.Lock()

    def due() -> float | None:
        with lock:
            return began + next(numbers) / rate if rate else None

    def go_on() -> bool:
        return time.perf_counter() - began < seconds

    for one in threads(senders, partial(send_steadily, site.port, sent, go_on, due)):
        one.join()
    return sent, time.perf_counter() - began


def report(sent: Sent, spent: float, asked: argparse.Namespace) -> str:
    ordered = sorted(sent.seconds) or [float("nan")]
    p50, p95, p99 = (1000 * ordered[min(int(q * len(ordered)), len(ordered) - 1)] for q in (0.5, 0.95, 0.99))
    how = f"{asked.rate:g}/s asked for" if asked.rate else f"{asked.senders} senders without a pause"
    return (
        f"{os.cpu_count()} cores, {how}, {spent:.0f} s: {len(ordered) / spent:.0f} acknowledged/s, "
        f"p50 {p50:.0f} ms, p95 {p95:.0f} ms, p99 {p99:.0f} ms, "
        f"{len(sent.failures)} errors {dict(Counter(sent.failures).most_common(3)) or ''}"
    )


def _asked() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=20)
    parser.add_argument("--senders", type=int, default=32)
    parser.add_argument("--rate", type=float, default=150, help="submissions a second; 0: without a pause")
    parser.add_argument("--home", default=str(ROOT / "build" / "load-answers"))
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
