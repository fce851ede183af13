"""`make crash`: kills the server while answers come in, again and again; then looks for what was lost.

Now everything at once, now one of the processes that answer, at any moment. Whoever was not answered sends
the same key again, as a browser or a person would. In the end each acknowledged submission has to be there
once, and none twice.
"""

from __future__ import annotations

import argparse
import hashlib
import random
import sys
import threading
import time
from functools import partial
from pathlib import Path

from answering import ROOT, Sent, Site, send_until_heard, threads


def main() -> int:
    asked = _asked()
    site = Site(Path(asked.home))
    site.prepare()
    sent = crashed(site, kills=asked.kills, senders=asked.senders)
    lost, doubled = compared(sent, site.stored())
    print(
        f"{asked.kills} kills, {len(sent.keys):,} acknowledged, {len(sent.failures):,} sent again: "
        f"{len(lost)} lost, {len(doubled)} doubled"
    )
    return 1 if lost or doubled else 0


def crashed(site: Site, *, kills: int, senders: int, seed: int = 1) -> Sent:
    sent, over, dice = Sent(), threading.Event(), random.Random(seed)  # noqa: S311
    site.start()
    working = threads(senders, partial(send_until_heard, site.port, sent, lambda: not over.is_set()))
    try:
        for number in range(kills):
            time.sleep(dice.uniform(0.1, 1.5))
            if number % 2 and site.kill_one_beside():
                continue
            site.kill()
            site.start()
    finally:
        over.set()
        for one in working:
            one.join(timeout=60)
        site.stop()
    return sent


def compared(sent: Sent, stored: dict[str, int]) -> tuple[set[str], set[str]]:
    """Keys that were acknowledged and are not there; digests that are there more than once."""
    lost = {key for key in sent.keys if _digest(key) not in stored}
    return lost, {digest for digest, count in stored.items() if count > 1}


def _digest(key: str) -> str:
    return hashlib.sha256(f"key\0{key}".encode()).hexdigest()


def _asked() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("kills", type=int, nargs="?", default=200)
    parser.add_argument("--senders", type=int, default=12)
    parser.add_argument("--home", default=str(ROOT / "build" / "crash-answers"))
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
