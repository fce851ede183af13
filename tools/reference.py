"""Writes docs/reference/*.md from the code and the guideline; `--check` fails when a page is stale.

The pages are kept in the repository (docs/adr/0010), so that they can be read where the code is read.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import click

from monosashi import cli, errors
from monosashi.adapters.guideline_files import load_guideline
from monosashi.define.guideline import Guideline, Indicator, Measure
from monosashi.web.config.environment import SETTINGS
from reference_comments import comments_request
from reference_gap import gap_request
from reference_log import log_request
from reference_mapping import import_mapping
from reference_page import page, table
from reference_request import request_lines
from reference_xlsform import xlsform

FOLDER = Path(__file__).resolve().parent.parent / "docs" / "reference"
GUIDELINE = "tokyo/1.1.0"
WIDTH = 100  # columns of a help text, whatever terminal it is made in


def pages() -> dict[str, str]:
    return {
        "settings.md": page("設定 · Settings", settings()),
        "commands.md": page("コマンド · Commands", commands()),
        "errors.md": page("エラー · Errors", kinds()),
        "indicators.md": page("指標 · Indicators", indicators(load_guideline(GUIDELINE))),
        "kpis.md": page("原則ごとの KPI · KPIs of the principles", kpis(load_guideline(GUIDELINE))),
        "estimate-request.md": page("推定の依頼 · Request of an estimate", request_lines()),
        "log-request.md": page("ログの依頼 · Request of a log", log_request()),
        "gap-request.md": page("差の依頼 · Request of a gap", gap_request()),
        "comments-request.md": page(
            "コメントの依頼 · Request of comments", comments_request(load_guideline(GUIDELINE))
        ),
        "xlsform.md": page("調査票の書き方（XLSForm）· Questionnaires in XLSForm", xlsform()),
        "import-mapping.md": page("取り込みの対応表 · Mapping of an import", import_mapping()),
    }


def settings() -> Iterator[str]:
    yield "環境変数で設定します。 Set in the environment."
    yield ""
    rows = (
        (f"`{one.name}`", f"`{one.default}`" if one.default else "—", one.about.ja, one.about.en)
        for one in SETTINGS
    )
    yield from table(("名前 · name", "既定 · default", "説明", "meaning"), rows)


def commands() -> Iterator[str]:
    yield "結果（JSON）は標準出力へ、知らせは標準エラーへ出ます。終了コードは0、直せる問題があれば2です。"
    yield "JSON results go to standard output, progress and messages to standard error."
    yield "The exit code is 0, or 2 with one clear message for anything that can be fixed."
    yield ""
    settings_ = dict(cli.group.context_settings)  # commands remember the help option they first met
    context = click.Context(cli.group, info_name="monosashi", terminal_width=WIDTH, **settings_)
    for name in cli.COMMANDS:
        command = cli.group.get_command(context, name)
        assert command is not None
        yield from of_command(command, context, name)


def of_command(command: click.Command, parent: click.Context, name: str) -> Iterator[str]:
    context = click.Context(command, info_name=name, parent=parent, terminal_width=WIDTH)
    yield f"## `{context.command_path}`"
    yield ""
    yield "```text"
    yield command.get_help(context).rstrip()
    yield "```"
    yield ""
    if isinstance(command, click.Group):
        for child in sorted(command.commands):
            yield from of_command(command.commands[child], context, child)


def kinds() -> Iterator[str]:
    yield "波かっこの中には、その場の値が入ります。 What stands in braces is filled in from the case."
    yield ""
    for code, kind in sorted(errors.kinds().items()):
        yield f"## `{code}`"
        yield ""
        yield f"{kind.what_ja} {kind.do_ja}"
        yield ""
        yield f"{kind.what_en} {kind.do_en}"
        yield ""


def indicators(guideline: Guideline) -> Iterator[str]:
    yield f"`guideline/{GUIDELINE}/indicators/` から。 From `guideline/{GUIDELINE}/indicators/`."
    yield ""
    for indicator in sorted(guideline.indicators, key=lambda one: one.order):
        yield from of_indicator(indicator)


def of_indicator(indicator: Indicator) -> Iterator[str]:
    parent = f" · `{indicator.parent}`" if indicator.parent else ""
    yield f"## {indicator.title.ja} · {indicator.title.en}"
    yield ""
    yield f"`{indicator.id}` · `{indicator.role}`{parent}"
    yield ""
    for said in (indicator.definition, indicator.not_covered):
        yield f"{said.ja} {said.en}"
        yield ""
    if indicator.targets:
        yield from table(
            ("年度 · fiscal year", "目標 · target"),
            ((str(one.fiscal_year), f"{one.value:g}") for one in indicator.targets),
        )
    if indicator.measures:
        rows = (of_measure(measure) for measure in indicator.measures)
        yield from table(("measure", "table", "statistic", "by", "basis"), rows)


def of_measure(measure: Measure) -> tuple[str, ...]:
    domains = "; ".join(" × ".join(domain) or "—" for domain in measure.by)
    words = (measure.id, measure.table, measure.statistic)
    return (*(f"`{word}`" for word in words), domains, f"`{measure.basis}`")


def kpis(guideline: Guideline) -> Iterator[str]:
    for principle in guideline.principles:
        yield f"## {principle.number}. {principle.title.ja} · {principle.title.en}"
        yield ""
        rows = ((f"`{kpi.id}`", kpi.level, kpi.title.ja, kpi.title.en) for kpi in principle.kpis)
        yield from table(("id", "level", "日本語", "English"), rows) if principle.kpis else iter(("—", ""))


def stale() -> list[str]:
    return [name for name, text in pages().items() if not is_written(FOLDER / name, text)]


def is_written(path: Path, text: str) -> bool:
    return path.is_file() and path.read_text("utf-8") == text


def main(arguments: list[str]) -> int:
    if "--check" not in arguments:
        for name, text in pages().items():
            (FOLDER / name).write_text(text, encoding="utf-8")
        return 0
    found = stale()
    if found:
        print(
            f"docs/reference: {', '.join(found)}: 古くなっています。make docs stale; run make docs",
            file=sys.stderr,
        )
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
