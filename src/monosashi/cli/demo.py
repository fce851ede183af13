"""`monosashi demo`: a synthetic city, everything filled, and the site open in a few seconds."""

from __future__ import annotations

import os
import socket
import sys
import time
import webbrowser
from pathlib import Path

import click

from monosashi import errors
from monosashi.adapters.home import Home

_FIRST_PORT = 8000
_PORTS_TRIED = 50


@click.command()
@click.option(
    "--home", "folder", type=click.Path(path_type=Path), help="Folder of the city; ./home by default."
)
@click.option(
    "--port", type=click.IntRange(1, 65535), default=_FIRST_PORT, show_default=True, help="Port of the site."
)
@click.option("--no-serve", is_flag=True, help="Only create the city.")
def demo(folder: Path | None, port: int, no_serve: bool) -> None:
    """Create a synthetic city and open the site.

    A second start finds the finished city and only serves it; an interrupted one is built again. Where the
    port is taken, the next free one is used.
    """
    from monosashi.demo.build import is_finished

    home = Home((folder or Home.of_environment().path).absolute())
    os.environ["MONOSASHI_HOME"] = str(home.path)
    os.environ.setdefault("MONOSASHI_GUIDELINE", "tokyo/1.1.0")
    chosen = port if no_serve else free_port(port)
    if not is_finished(home):
        _create(home)
    _tell(home, None if no_serve else chosen, port)
    if not no_serve:
        _serve(chosen)


def free_port(wanted: int) -> int:
    """The wanted port, or the next free one after it."""
    last = min(wanted + _PORTS_TRIED, 65535)
    for port in range(wanted, last + 1):
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                continue
            return port
    raise errors.NO_FREE_PORT(first=wanted, last=last)


def _create(home: Home) -> None:
    """Database and accounts first, the lake and its editions after; the marker last of all."""
    from monosashi.adapters.guideline_files import load_guideline
    from monosashi.cli import run, surveys
    from monosashi.demo import build, city, fielding, people, register

    began = time.monotonic()
    click.echo(f"合成データの街を作っています。 Creating the synthetic city in {home.path}", err=True)
    build.clear(home)
    run.prepare(home.path)
    run.add_accounts(people.organizations(), people.people(), password=people.PASSWORD)
    run.add_register(register.entries(city.SEED), register.forms(city.SEED))
    norm = load_guideline(os.environ["MONOSASHI_GUIDELINE"])
    opened = surveys.open_surveys(fielding.fieldings(), period=fielding.PERIOD, guideline=norm)
    _progress(f"surveys: {', '.join(opened)}")
    build.fill(build.builder_of(home), _progress)
    build.finish(home)
    click.echo(f"できました。 Done in {time.monotonic() - began:.1f} s.", err=True)


def _progress(line: str) -> None:
    click.echo(f"  {line}", err=True)


def _tell(home: Home, port: int | None, wanted: int) -> None:
    """Where to go and how to sign in."""
    from monosashi.demo import people, services

    click.echo("\nすべて架空のデータです。 Everything here is synthetic data.\n")
    if port is None:
        click.echo(f"  monosashi demo --home {home.path}")
    else:
        if port != wanted:
            click.echo(f"  ポート {wanted} は使用中です。 Port {wanted} is taken; using {port}.")
        click.echo(f"  公開ページ  Public pages        http://127.0.0.1:{port}/  (English: /en/)")
        click.echo(
            f"  レビュー    Review of a service http://127.0.0.1:{port}/r/{services.services()[0].code}/"
        )
        click.echo(f"  職員の画面  For officials       http://127.0.0.1:{port}/manage/")
    click.echo(f"\n  パスワードはすべて  Password of every account: {people.PASSWORD}")
    for person in people.people():
        click.echo(f"    {person.email:<38}{person.title.ja} / {person.title.en}")
    click.echo("")


def _serve(port: int) -> None:
    from monosashi.cli import run

    run.serve_site(host="127.0.0.1", port=port, on_ready=lambda: _open(f"http://127.0.0.1:{port}/"))


def _open(address: str) -> None:
    """Opens the browser where there is a display; otherwise the printed address has to do."""
    if sys.platform in ("darwin", "win32") or os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"):
        webbrowser.open(address)
