"""The command line: recompute any published number without the web.

Commands live in modules of this package and are imported when called, so that `monosashi --help` and
every single command start fast.
"""

from __future__ import annotations

import importlib
import os
import sys

import click

from monosashi import __version__
from monosashi.errors import Problem

# command → (module, one line of help)
COMMANDS = {
    "demo": ("demo", "Create a synthetic city and open the site."),
    "init": ("run", "Prepare a new installation."),
    "serve": ("run", "Serve an installation."),
    "check": ("run", "Check an installation and its data."),
    "guideline": ("guideline", "Validate, show and compare guidelines."),
    "questionnaire": ("questionnaire", "Check, show and write questionnaires."),
    "import": ("import_", "Bring a file in: preview, then all or nothing."),
    "template": ("template", "Write a workbook to fill in and import."),
    "compact": ("lake", "Make few files out of many small imports."),
    "undo": ("lake", "Take one import out again."),
    "erase": ("lake", "Erase one respondent from the lake, and prove it."),
    "estimate": ("estimate", "Design-based estimates from any file."),
    "log": ("log", "Times, completion and variants from a procedure log."),
    "gap": ("gap", "What people felt beside what happened and was promised."),
    "comments": ("comments", "What free-text answers say: masked, by theme and polarity."),
    "plan": ("plan", "Sample sizes and quotas of a survey to come."),
    "edition": ("edition", "Freeze, publish and list editions."),
    "manage": ("run", "Django's management commands, for administrators."),
}


class LazyGroup(click.Group):
    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        module = importlib.import_module(f"monosashi.cli.{COMMANDS[cmd_name][0]}")
        command: click.Command = getattr(
            module, cmd_name.replace("-", "_") if cmd_name != "import" else "import_"
        )
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl([(name, help_) for name, (_, help_) in COMMANDS.items()])


def language() -> str:
    """The language of messages: MONOSASHI_LANGUAGE, else the locale, else English."""
    asked = os.environ.get("MONOSASHI_LANGUAGE") or os.environ.get("LC_ALL") or os.environ.get("LANG") or "en"
    return "ja" if asked.lower().startswith("ja") else "en"


@click.group(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="monosashi")
def group() -> None:
    """Monosashi, a yardstick for the quality of digital public services."""


def main(args: list[str] | None = None) -> None:
    """Exit code 0, or 2 with one clear message for anything the person can fix."""
    try:
        group(args=args, prog_name="monosashi")
    except Problem as problem:
        click.echo(problem.as_text(language()), err=True)
        sys.exit(2)
