"""Reading what strangers made, in a process of its own with limits of memory and time."""

from __future__ import annotations

import gc
import pickle
import resource
import signal
import subprocess
import sys
from collections.abc import Callable
from typing import Any, ParamSpec, TypeVar

from monosashi import errors
from monosashi.errors import Problem

P = ParamSpec("P")
R = TypeVar("R")
_NO_MEMORY = ("MemoryError", "memory allocation of", "std::bad_alloc")  # of Python, Rust and C++
MEMORY, SECONDS, WAIT = 3 << 30, 120, 360  # bytes of address space; seconds of processor, and by the clock


def confined(function: Callable[P, R], *args: P.args, **kwargs: P.kwargs) -> R:
    """The result of a function of this package, computed in a child. Its Problems are raised here.

    Raises `import-stopped` where it needs more memory or time than a sound file could. What is pickled
    passes only between these two processes of ours: the file is bytes among the arguments.
    """
    asked = pickle.dumps((function, args, kwargs))
    command = [sys.executable, "-P", "-m", "monosashi.adapters.confined", str(MEMORY), str(SECONDS)]
    try:
        child = subprocess.run(command, input=asked, capture_output=True, check=False, timeout=WAIT)  # noqa: S603 - our own module
    except subprocess.TimeoutExpired:
        raise _too_slow(WAIT) from None
    if child.returncode:
        raise _stopped(child)
    answer: Any = pickle.loads(child.stdout)  # noqa: S301 - written by our own child
    if isinstance(answer, Problem):
        raise answer
    result: R = answer
    return result


def _stopped(child: subprocess.CompletedProcess[bytes]) -> Exception:
    said = child.stderr.decode("utf-8", "replace")
    if any(word in said for word in _NO_MEMORY):
        size = f"{MEMORY >> 20:,} MB"
        return errors.IMPORT_STOPPED(reason_ja=f"メモリーの上限 {size}", reason_en=f"the limit of {size}")
    if child.returncode == -signal.SIGXCPU:
        return _too_slow(SECONDS)
    if child.returncode < 0:
        name = signal.Signals(-child.returncode).name
        return errors.IMPORT_STOPPED(reason_ja=f"シグナル {name}", reason_en=f"signal {name}")
    return RuntimeError(f"the reading process failed:\n{said}")


def _too_slow(seconds: int) -> Problem:
    return errors.IMPORT_STOPPED(reason_ja=f"{seconds}秒の上限", reason_en=f"the limit of {seconds} s")


def _serve(memory: int, seconds: int) -> None:
    """The child: one question on standard input, one answer on standard output."""
    gc.disable()  # it holds millions of cells, answers once, and ends
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))  # what it reads is nobody's business
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 5))
    function, args, kwargs = pickle.load(sys.stdin.buffer)  # noqa: S301 - written by our own parent
    try:
        answer = function(*args, **kwargs)
    except Problem as problem:
        answer = problem
    sys.stdout.buffer.write(pickle.dumps(answer))


if __name__ == "__main__":
    _serve(*map(int, sys.argv[1:]))
