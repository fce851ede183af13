"""`make test-spark`: the worked examples and a test of agreement on a real Spark Connect server.

ARGS names other tests, such as tests/golden: a module that asks its REDUCER asks Spark (tests/on_spark.py).

The server and a client for it live in build/spark, each in an environment of its own from a lock with hashes:
their packages have the same name, and .venv is left alone. The server listens on the loopback only, on one
core, and ends with this script. Without Java or Spark it says so and counts as skipped.
"""

from __future__ import annotations

import contextlib
import os
import re
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
UV = ROOT / ".venv" / "bin" / "uv"
PLACE = ROOT / "build" / "spark"
CLIENT, SERVER = PLACE / "client", PLACE / "server"
LOCKS = {
    CLIENT: ("bootstrap.txt", "dev.txt", "spark.txt"),
    SERVER: ("spark-server.txt",),
}
OLDEST_JAVA, PATIENCE = 17, 120
TESTS = (
    "tests/examples/test_measure_surveys.py",
    "tests/examples/test_more_statistics.py",
    "tests/examples/test_measure_indicator.py",
    "tests/examples/test_measure_quantile.py",
    "tests/examples/test_weighting.py",
    "tests/property/test_two_engines.py",
    "tests/unit/measure/test_spark_sql.py",
)
SETTINGS = {
    "spark.connect.grpc.binding.address": "127.0.0.1",
    "spark.driver.bindAddress": "127.0.0.1",
    "spark.driver.host": "127.0.0.1",
    "spark.driver.memory": "1g",
    "spark.sql.shuffle.partitions": "1",
    "spark.ui.enabled": "false",
}


class AbsentError(Exception):
    """Something this machine lacks, in Japanese and English."""


def java() -> str:
    """The Java to run; Spark 4 asks for 17 or later."""
    home = os.environ.get("JAVA_HOME")
    found = str(Path(home) / "bin" / "java") if home else shutil.which("java")
    if found and Path(found).is_file():
        said = subprocess.run([found, "-version"], capture_output=True, text=True, check=False).stderr
        version = re.search(r'version "(\d+)', said)
        if version and int(version[1]) >= OLDEST_JAVA:
            return found
    raise AbsentError(f"Java {OLDEST_JAVA} 以降がありません。 There is no Java {OLDEST_JAVA} or later.")


def prepare(place: Path) -> None:
    """An environment as its locks say, made once for each state of them."""
    locks = [ROOT / "requirements" / name for name in LOCKS[place]]
    wanted, stamp = "".join(lock.read_text("utf-8") for lock in locks), place / "locks"
    if stamp.is_file() and stamp.read_text("utf-8") == wanted:
        return
    print(f"{place.relative_to(ROOT)}: 準備しています。 Preparing.", file=sys.stderr, flush=True)
    python = str(place / "bin" / "python")
    steps = [[str(UV), "venv", "--quiet", "--clear", "--python", sys.executable, str(place)]]
    install = [str(UV), "pip", "install", "--quiet", "--python", python]
    for lock in locks:
        steps.append([*install, "--require-hashes", "-r", str(lock)])
    if place == CLIENT:
        steps.append([*install, "--no-deps", "--no-build-isolation", "--offline", "--editable", str(ROOT)])
    for step in steps:
        if subprocess.run(step, check=False).returncode:
            raise AbsentError(
                "Spark を取得できませんでした。 Spark could not be fetched; see the lines above."
            )
    stamp.write_text(wanted, encoding="utf-8")


@contextlib.contextmanager
def running() -> Iterator[str]:
    """The address of a server that runs as long as the block."""
    home = next((SERVER / "lib").glob("python*/site-packages/pyspark"))
    address = f"127.0.0.1:{free_port()}"
    settings = {**SETTINGS, "spark.connect.grpc.binding.port": address.rpartition(":")[2]}
    with tempfile.TemporaryDirectory() as folder, (PLACE / "server.log").open("w") as log:
        settings["spark.sql.warehouse.dir"] = folder
        command = [str(home / "bin" / "spark-submit"), "--master", "local[1]"]
        command += [word for name, value in settings.items() for word in ("--conf", f"{name}={value}")]
        command += ["--class", "org.apache.spark.sql.connect.service.SparkConnectServer", "spark-internal"]
        environment = {**os.environ, "SPARK_HOME": str(home), "SPARK_LOCAL_IP": "127.0.0.1"}
        environment["JAVA_HOME"] = str(Path(java()).resolve().parent.parent)
        server = subprocess.Popen(command, cwd=folder, env=environment, stdout=log, stderr=log)
        try:
            wait_for(server, address)
            yield f"sc://{address}"
        finally:
            server.terminate()
            server.wait(30)


def free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


def wait_for(server: subprocess.Popen[bytes], address: str) -> None:
    host, _, port = address.rpartition(":")
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until and server.poll() is None:
        with contextlib.suppress(OSError):
            socket.create_connection((host, int(port)), 1).close()
            return
        time.sleep(0.5)
    sys.exit(f"Spark が始まりません。 Spark did not start: {PLACE / 'server.log'}")


def main(arguments: list[str]) -> int:
    try:
        java()
        for place in LOCKS:
            prepare(place)
    except AbsentError as why:
        print(f"Spark: skipped. {why}")
        return 0
    with running() as url:
        command = [str(CLIENT / "bin" / "python"), "-m", "pytest", "-p", "on_spark", *(arguments or TESTS)]
        environment = {**os.environ, "MONOSASHI_ENGINE": url, "PYTHONPATH": str(ROOT / "tests")}
        return subprocess.run(command, cwd=ROOT, env=environment, check=False).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
