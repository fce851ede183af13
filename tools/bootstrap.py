"""Prepares .venv with nothing but Python's standard library: `python3 tools/bootstrap.py run|dev`.

Debian's own Python has no ensurepip, so the environment is made without pip and filled by the pip wheel in
tools/vendor (docs/adr/0002). pip brings uv and the build backend from a lock with hashes; uv brings the rest,
and pip does when uv cannot reach an index. A stamp makes the next start immediate.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import shutil
import subprocess
import sys
import time
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
STAMP = VENV / "monosashi-setup.json"
UNFINISHED = VENV / "unfinished"
LOCK = ROOT / ".venv.lock"
PIP = ROOT / "tools" / "vendor" / "pip-26.3-py3-none-any.whl"
PIP_SHA256 = "f3b60b20ffaadd4415ed7957212a38ac63fa4c5fa375bd0f4a797777940fad13"
OLDEST = (3, 11)
PROFILES = {"run": ("run",), "dev": ("run", "dev")}  # what each one satisfies
UV_INDEX_SETTINGS = ("UV_DEFAULT_INDEX", "UV_INDEX_URL", "UV_INDEX", "UV_CONFIG_FILE", "UV_OFFLINE")


class SetupError(Exception):
    """Something the person can fix, in Japanese and English."""

    def __init__(self, ja: str, en: str) -> None:
        super().__init__(f"{ja}\n{en}")


def say(ja: str, en: str) -> None:
    print(f"{ja} {en}", file=sys.stderr, flush=True)


def require_python() -> None:
    """Goes on with a newer Python of this machine when the one that was started is too old."""
    if sys.version_info >= OLDEST:
        return
    for minor in range(19, OLDEST[1] - 1, -1):
        newer = shutil.which(f"python3.{minor}")
        if newer:
            os.execv(newer, [newer, *sys.argv])
    found = ".".join(map(str, sys.version_info[:3]))
    raise SetupError(
        f"Python 3.11 以降が必要です（見つかったのは {found}）。\n"
        "場所は make PYTHON=/path/to/python3.11 setup で指定できます。",
        f"Python 3.11 or later is needed (found {found}).\n"
        "Name one with: make PYTHON=/path/to/python3.11 setup",
    )


@contextlib.contextmanager
def alone():
    """One setup at a time: a second one waits, and then finds the work done."""
    try:
        import fcntl
    except ImportError:
        where = (
            "Linux、macOS、または Windows の WSL で実行してください。",
            "Run this on Linux, macOS or WSL.",
        )
        raise SetupError(*where) from None
    with LOCK.open("w") as handle:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            say("別の準備が終わるのを待っています。", "Waiting for another setup to finish.")
            fcntl.flock(handle, fcntl.LOCK_EX)
        yield


def lock_files(profile: str) -> list[Path]:
    return [ROOT / "requirements" / "bootstrap.txt", ROOT / "requirements" / f"{profile}.txt"]


def fingerprint(profile: str) -> str:
    """Changes with the locks, with what the project itself declares, and with this script."""
    digest = hashlib.sha256()
    for path in (*lock_files(profile), ROOT / "pyproject.toml", Path(__file__)):
        digest.update(path.read_bytes())
    return digest.hexdigest()


def interpreter() -> str:
    """The program behind .venv; another one once the machine's Python was upgraded or removed."""
    return str(PYTHON.resolve()) if PYTHON.exists() else ""


def stamp() -> dict[str, str]:
    try:
        return dict(json.loads(STAMP.read_text("utf-8")))
    except (OSError, ValueError):
        return {}


def new_stamp(profile: str) -> dict[str, str]:
    what = {"profile": profile, "fingerprint": fingerprint(profile)}
    return {**what, "root": str(ROOT), "python": interpreter()}


def is_ready(profile: str) -> bool:
    found = stamp()
    if found.get("root") != str(ROOT) or not found.get("python") or found["python"] != interpreter():
        return False
    installed = found.get("profile", "")
    return profile in PROFILES.get(installed, ()) and found.get("fingerprint") == fingerprint(installed)


def is_reusable() -> bool:
    """False for an environment that was moved, cut off half-way, or whose Python is gone or another one."""
    if not PYTHON.exists() or UNFINISHED.exists():
        return False
    found = stamp()
    ours = not found or (found.get("root"), found.get("python")) == (str(ROOT), interpreter())
    return ours and is_working()


def is_working() -> bool:
    question = "import sys; print(sys.version_info >= (3, 11) and sys.prefix)"
    answer = subprocess.run([str(PYTHON), "-c", question], capture_output=True, text=True, check=False)
    return answer.stdout.strip() == str(VENV)


def make_environment() -> None:
    if not is_reusable():
        venv.create(VENV, with_pip=False, clear=True, symlinks=True)


def run(command: list[str], environment: dict[str, str] | None = None) -> bool:
    return subprocess.run(command, cwd=ROOT, env=environment, stdout=sys.stderr, check=False).returncode == 0


def pip(*arguments: str) -> bool:
    """The vendored pip, run from its wheel; the person's pip settings apply."""
    found = hashlib.sha256(PIP.read_bytes()).hexdigest()
    if found != PIP_SHA256:
        raise SetupError(
            f"{PIP} の内容が記録と違います。git checkout -- tools/vendor で戻してください。",
            f"{PIP} is not the file that was recorded. Restore it with: git checkout -- tools/vendor",
        )
    quiet = ["--quiet", "--disable-pip-version-check", "--no-input"]
    return run([str(PYTHON), str(PIP / "pip"), "install", *quiet, *arguments])


def uv_environment() -> dict[str, str]:
    """uv does not read pip's settings: an index, a certificate or a proxy set for pip is handed on."""
    environment = dict(os.environ, VIRTUAL_ENV=str(VENV))
    environment.setdefault("UV_HTTP_RETRIES", "1")  # pip is there when the index is not
    listing = [str(PYTHON), str(PIP / "pip"), "--disable-pip-version-check", "config", "list"]
    answer = subprocess.run(listing, capture_output=True, text=True, check=False).stdout
    pairs = (line.partition("=") for line in answer.splitlines())
    settings = {key.rpartition(".")[2]: value.strip("'\"") for key, _, value in pairs}
    if "index-url" in settings and not any(name in os.environ for name in UV_INDEX_SETTINGS):
        environment["UV_DEFAULT_INDEX"] = settings["index-url"]
    for key, name in (("cert", "SSL_CERT_FILE"), ("proxy", "ALL_PROXY")):
        if key in settings:
            environment.setdefault(name, settings[key])
    return environment


def install(profile: str) -> None:
    say("必要なものを準備しています。", "Preparing what is needed.")
    bootstrap, wanted = lock_files(profile)
    if not pip("--require-hashes", "-r", str(bootstrap)):
        raise no_network()
    uv = [str(VENV / "bin" / "uv"), "pip", "install", "--quiet", "--python", str(PYTHON)]
    if not run([*uv, "--require-hashes", "-r", str(wanted)], uv_environment()):
        say("uv では取得できませんでした。pip で続けます。", "uv could not get them; going on with pip.")
        if not pip("--require-hashes", "-r", str(wanted)):
            raise no_network()
    if not pip("--no-build-isolation", "--no-deps", "--no-index", "--editable", str(ROOT)):
        raise SetupError(
            "プロジェクト自体を .venv に入れられませんでした。上の表示を確かめてください。",
            "The project itself could not be put into .venv. See the lines above.",
        )


def no_network() -> SetupError:
    return SetupError(
        "必要なものを取得できませんでした。ネットワークの接続を確かめるか、\n"
        "組織のミラーを PIP_INDEX_URL または pip.conf で指定して、もう一度実行してください。",
        "What is needed could not be fetched. Check the network, or name your organization's\n"
        "mirror in PIP_INDEX_URL or pip.conf, and run this again.",
    )


def prepare(profile: str) -> None:
    began = time.monotonic()
    with alone():
        if is_ready(profile):
            return
        make_environment()
        UNFINISHED.touch()
        install(profile)
        STAMP.write_text(json.dumps(new_stamp(profile)), encoding="utf-8")
        UNFINISHED.unlink()
    say(".venv の準備ができました。", f".venv is ready ({time.monotonic() - began:.1f} s).")


def main(arguments: list[str]) -> int:
    profile = arguments[0] if arguments else "run"
    try:
        require_python()
        if profile not in PROFILES:
            raise SetupError("使い方: bootstrap.py run または dev", "Usage: bootstrap.py run, or dev")
        if not is_ready(profile):
            prepare(profile)
    except SetupError as stop:
        print(stop, file=sys.stderr)
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
