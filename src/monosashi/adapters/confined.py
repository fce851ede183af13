"""Reading what strangers made, in a process of its own with limits of memory and time."""

from __future__ import annotations

import pickle
import resource
import subprocess
import sys
from collections.abc import Callable
from typing import Any, ParamSpec, TypeVar

from monosashi import errors
from monosashi.errors import Problem

P = ParamSpec("P")
R = TypeVar("R")
MEMORY, SECONDS = 3 << 30, 120  # bytes of address space; seconds of processor


def confined(function: Callable[P, R], *args: P.args, **kwargs: P.kwargs) -> R:
    """The result of a function of this package, computed in a child. Its Problems are raised here.

    Raises `import-stopped` where it needs more memory or time than a sound file could. What is pickled
    passes only between these two processes of ours: the file is bytes among the arguments.
    """
    asked = pickle.dumps((function, args, kwargs))
    command = [sys.executable, "-P", "-m", "monosashi.adapters.confined"]
    try:
        child = subprocess.run(command, input=asked, capture_output=True, check=False, timeout=3 * SECONDS)  # noqa: S603 - our own module
    except subprocess.TimeoutExpired:
        raise errors.IMPORT_STOPPED(reason="time") from None
    if child.returncode:
        raise _stopped(child)
    answer: Any = pickle.loads(child.stdout)  # noqa: S301 - written by our own child
    if isinstance(answer, Problem):
        raise answer
    result: R = answer
    return result


def _stopped(child: subprocess.CompletedProcess[bytes]) -> Exception:
    said = child.stderr.decode("utf-8", "replace")
    if "MemoryError" in said:
        return errors.IMPORT_STOPPED(reason="memory")
    if child.returncode < 0:
        return errors.IMPORT_STOPPED(reason=f"signal {-child.returncode}")
    return RuntimeError(f"the reading process failed:\n{said}")


def _serve() -> None:
    """The child: one question on standard input, one answer on standard output."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    function, args, kwargs = pickle.load(sys.stdin.buffer)  # noqa: S301 - written by our own parent
    try:
        answer = function(*args, **kwargs)
    except Problem as problem:
        answer = problem
    sys.stdout.buffer.write(pickle.dumps(answer))


if __name__ == "__main__":
    _serve()
