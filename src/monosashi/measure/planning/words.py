"""A plan in words: the formulas it names, and one sentence for each domain."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

from monosashi.measure.planning.sizes import Circumstances

FORMULAS = {
    "variance": "V = deff·σ²/n·(1 − n/N); σ² = p(1−p), or sd² for a mean; N the population if it is known",
    "deff": "(1 + (m − 1)·ρ)·(1 + cv²): clusters of m with intraclass correlation ρ, weights that vary by cv",
    "n_normal": "n₀ = z²·deff·σ²/d², n = n₀/(1 + n₀/N), rounded up; "
    "for a change n₀ = (z₁ + z₂)²·deff·(σ₁² + σ₂²)/δ²",
    "n_exact": "the smallest n with half_width at most d (found by search)",
    "half_width": "shares: half of the Clopper–Pearson interval with the effective n of Korn and Graubard; "
    "means: t(df)·√V; all domains together: Clopper–Pearson with n_eff = p(1−p)/V, means z·√V",
    "half_width_normal": "z·√V; all domains together: V = ΣW²·V_h",
    "minimum_detectable_change": "δ = (z₁ + z₂)·√(V₁ + V₂), two waves of this size drawn independently; "
    "z₁ for the level, z₂ for the power; σ₂² of p ± δ, whichever is larger",
    "invitations": "n/response rate, rounded up",
}


def sentence(figures: Mapping[str, Any], of: Circumstances, level: float) -> dict[str, str]:
    """What the number of answers can show, in Japanese and English."""
    name = figures.get("domain")
    n, invited, half = figures["n"], figures["invitations"], figures["half_width"]
    share, seen = of.expected.share is not None, figures["minimum_detectable_change"]
    ja = f"{name}: " if name is not None else ""
    en = ja
    ja += f"{n:,}人の回答（依頼は{invited:,}人）"
    en += f"{_many(n, 'answer')} ({_many(invited, 'invitation')})"
    if half is None:
        return {"ja": ja + "。", "en": en + "."}
    ja += f"で、{level:.4g}の信頼水準の区間は±{_said(half, share, 'ja')}"
    en += f" give an interval of ±{_said(half, share, 'en')} at the level {level:.4g}"
    if seen is None:
        return {
            "ja": ja + "。2回の調査で見分けられる変化はありません。",
            "en": en + "; no change between two waves could be told.",
        }
    ja += f"、2回の調査で見分けられる変化は{_said(seen, share, 'ja')}以上です。"
    en += f"; between two waves a change of {_said(seen, share, 'en')} or more will be seen"
    return {"ja": ja, "en": f"{en} with a power of {of.power:.4g}."}


def _many(n: int, word: str) -> str:
    return f"{n:,} {word}" if n == 1 else f"{n:,} {word}s"


def _said(length: float, share: bool, language: str) -> str:
    """Points of a share, rounded up to a tenth; other units with three digits."""
    if not share:
        return f"{length:.3g}"
    points = math.ceil(length * 1000 - 1e-9) / 10
    return f"{points:.1f}ポイント" if language == "ja" else f"{points:.1f} points"
