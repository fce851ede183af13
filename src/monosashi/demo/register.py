"""The register of the synthetic city: its services and procedures, the tools they use, and some forms."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np

from monosashi.define.text import Text
from monosashi.demo.dice import dice
from monosashi.demo.services import Procedure, procedures, services
from monosashi.gather.register.entries import Entries, entry_of
from monosashi.gather.register.schemas import TOOLS_IN
from monosashi.gather.register.words import STEPS

_TOOLS = (  # code, kind, ja, en
    ("business-id", "identity", "事業者の共通ID（合成）", "Common ID for businesses (synthetic)"),
    ("card", "identity", "電子証明の基盤（合成）", "Electronic certificates (synthetic)"),
    ("forms", "tool", "電子申請（合成）", "Online forms (synthetic)"),
    ("booking", "platform", "予約の基盤（合成）", "Booking platform (synthetic)"),
    ("chat", "tool", "案内チャット（合成）", "Help chat (synthetic)"),
    ("pay", "platform", "納付の基盤（合成）", "Payment platform (synthetic)"),
)
_EVENTS = {
    "daily": "くらし", "business": "事業", "aging": "高齢", "disaster": "災害", "moving": "引越し",
    "housing": "住まい", "hardship": "困りごと", "work": "しごと", "leisure": "余暇", "illness": "病気",
    "child": "子育て", "disability": "障害", "bereavement": "お悔やみ",
}  # fmt: skip
_EVERYONE = ("氏名", "住所", "生年月日", "電話番号", "メールアドレス")
_TOPICS = tuple(
    f"{of}の{what}"
    for of in ("利用者", "建物", "設備", "事業", "資格", "団体", "家族", "車両", "工事", "土地")
    for what in ("名称", "場所", "期間", "種類", "数")
)
_ATTACHED = ("本人確認書類の写し", "住民票", "登記事項証明書", "納税証明書", "図面")
_CHANNELS = (("online", "counter"), ("online", "counter", "post"), ("counter", "post"), ("online",), ())
_STANDARDS = ("", "", "7日", "14日", "30日", "10営業日")
_OLD, _NEW = date(2023, 4, 1), date(2025, 10, 1)
_EVERY = 5  # one procedure of so many has its form in the register


@dataclass(frozen=True)
class Form:
    """A version of the form of a procedure, as a table of its fields."""

    procedure: str
    name: str
    in_force_from: date
    table: str


def entries(seed: int) -> list[Entries]:
    """Tools, services and procedures, in the order in which they can be imported."""
    return [
        _together("tools", _tools()),
        _together("services", _services(seed)),
        _together("procedures", (_procedure(seed, one) for one in procedures())),
    ]


def forms(seed: int) -> Iterator[Form]:
    """Of every fifth procedure two versions, of which the newer asks for less."""
    for one in procedures()[::_EVERY]:
        rng = dice(seed, "forms", one.code)
        asked = (*_EVERYONE, *_topics(seed, one.service))
        attached = _some(rng, _ATTACHED, 0, 3)
        kept = asked[: len(asked) - int(rng.integers(0, 4))]
        yield Form(one.code, "2023", _OLD, _table(asked, attached))
        yield Form(one.code, "2025", _NEW, _table(kept, attached[:1]))


def _table(asked: tuple[str, ...], attached: tuple[str, ...]) -> str:
    rows = [f"{label},{int(at < 4)},0" for at, label in enumerate(asked)]
    rows += [f"{label},1,1" for label in attached]
    return "\n".join(("label,required,attachment", *rows, ""))


def _tools() -> Iterator[dict[str, Any]]:
    for code, kind, ja, en in _TOOLS:
        yield {**_named(code, Text(ja=ja, en=en)), "kind": kind}


def _services(seed: int) -> Iterator[dict[str, Any]]:
    for one in services():
        rng = dice(seed, "register", one.code)
        states = rng.permutation([*TOOLS_IN, "", ""])
        use = {code: state for (code, *_), state in zip(_TOOLS, states, strict=True) if state}
        event = _EVENTS[one.life_event]
        yield {
            **_named(one.code, one.name),
            "organization": one.bureau,
            "life_events": (event,),
            "phase": str(rng.choice(["run"] * 8 + ["build", "plan"])),
            **{state: tuple(code for code, held in use.items() if held == state) for state in TOOLS_IN},
        }


def _procedure(seed: int, one: Procedure) -> dict[str, Any]:
    rng = dice(seed, "register", one.code)
    channels = [_CHANNELS[int(rng.integers(len(_CHANNELS)))] for _ in STEPS]
    return {
        **_named(one.code, one.name),
        "organization": one.bureau,
        "service": one.service,
        **dict(zip(STEPS, channels, strict=True)),
        "information": (*_EVERYONE[:3], *_some(rng, _topics(seed, one.service), 2, 4)),
        "attachments": _some(rng, _ATTACHED, 0, 3),
        "fee": str(rng.choice(["none", "none", "charged"])),
        "standard": str(rng.choice(_STANDARDS)),
        "phase": "run",
    }


def _topics(seed: int, service: str) -> tuple[str, ...]:
    """What this service is about, and asks for again and again."""
    return _some(dice(seed, "topics", service), _TOPICS, 4, 6)


def _named(code: str, name: Text) -> dict[str, Any]:
    return {"code": code, "name_ja": name.ja, "name_en": name.en}


def _some(rng: np.random.Generator, words: tuple[str, ...], least: int, most: int) -> tuple[str, ...]:
    """So many of the words, in their order."""
    chosen = rng.choice(len(words), int(rng.integers(least, most + 1)), replace=False)
    return tuple(words[at] for at in sorted(chosen))


def _together(kind: str, rows: Iterator[dict[str, Any]]) -> Entries:
    """As the import takes them, held to the rules of a file."""
    made = [entry_of(kind, row, row["code"]) for row in rows]
    columns = {name: [row[name] for row in made] for name in made[0]}
    return Entries(kind, columns, range(1, len(made) + 1))
