"""Reviews after using a service: a rating, whether the person got done, and now and then a few words.

Reviews come from whoever wants to write one, so no interval is ever drawn around them.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from monosashi.demo.dice import Array, chosen, dice, ids, with_missing
from monosashi.demo.services import services
from monosashi.keep.table import Columns, ColumnType

REVIEWS = 2400
_WITH_COMMENT = 0.4
_PERIODS = ("FY2024", "FY2025")
_NOT_DONE, _IN_PART, _DONE = 1, 2, 3  # codes of the scale `achievement`
_REVIEW: Mapping[str, ColumnType] = {
    **dict.fromkeys(("response_id", "wave", "period", "mode", "language", "service", "organization"), "text"),
    "overall": "integer",
    "done": "integer",
    "weight": "integer",
}
_COMMENT: Mapping[str, ColumnType] = dict.fromkeys(
    ("response_id", "item", "text", "masked_text", "codes"), "text"
)

# parts of sentences: (code, what happened); and how people go on
_GOOD = (
    ("findability", "検索したらすぐにこのページが出てきて、迷いませんでした"),
    ("usability", "入力する欄が少なく、スマートフォンだけで最後まで進めました"),
    ("time", "平日に窓口へ行かずに済み、夜のうちに終わりました"),
    ("time", "申し込んでから三日で結果が届き、驚きました"),
    ("updates", "前に使ったときより画面が見やすくなっていました"),
    ("usability", "間違えたところを赤い字で教えてくれたので、自分で直せました"),
    ("support", "途中でチャットに聞いたら、すぐに答えてもらえました"),
    ("usability", "ふりがながあり、母でも一人でできました"),
)
_BAD = (
    ("findability", "どの手続を選べばよいのか分からず、入口を三つも開きました"),
    ("findability", "知りたいことがPDFの奥に書いてあり、探すのに時間がかかりました"),
    ("usability", "住所を何度も入力させられて、途中でやめたくなりました"),
    ("usability", "画面の文字が小さく、拡大するとボタンが隠れてしまいます"),
    ("usability", "戻るを押したら、入力した内容が全部消えました"),
    ("time", "オンラインで出したのに、結局は紙を郵送するように言われました"),
    ("time", "受付の知らせが来るまで二週間かかり、不安でした"),
    ("updates", "去年も同じことを書きましたが、まだ直っていません"),
    ("accessibility", "音声読み上げでは、どの欄に何を入れるのか分かりませんでした"),
    ("support", "問合せ先の電話がなかなかつながりませんでした"),
)
_OPENING = (
    "",
    "",
    "はじめて使いました。",
    "仕事の合間に使いました。",
    "子どもの用事で使いました。",
    "引っ越しに合わせて使いました。",
)
_THANKS = (
    "。助かりました。",
    "。この調子でお願いします。",
    "。ほかの手続もこうなるとよいです。",
    "。ありがとうございます。",
)
_WISH = (
    "。早めに直してほしいです。",
    "。例があると助かります。",
    "。次は窓口に行くと思います。",
    "。説明を短くしてください。",
    "。",
)


def reviews(seed: int) -> Columns:
    """The columns of `responses/review`."""
    rng = dice(seed, "reviews")
    listed = services()
    popular = rng.dirichlet(np.full(len(listed), 0.6))
    service = rng.choice(len(listed), REVIEWS, p=popular)
    quality = rng.normal(0, 0.5, len(listed))[service]
    overall = _ratings(rng, quality)
    done = np.where(
        rng.random(REVIEWS) < 0.30 + 0.13 * overall, _DONE, chosen(rng, [_NOT_DONE, _IN_PART], REVIEWS)
    ).astype(int)
    period = chosen(rng, _PERIODS, REVIEWS, (0.4, 0.6))
    return Columns(
        {
            "response_id": ids("synthetic-review", REVIEWS),
            "wave": [None] * REVIEWS,
            "period": period.tolist(),
            "mode": ["synthetic"] * REVIEWS,
            "language": ["ja"] * REVIEWS,
            "service": [listed[index].code for index in service],
            "organization": [listed[index].bureau for index in service],
            "overall": overall.tolist(),
            "done": with_missing(done, rng.random(REVIEWS) < 0.03),
            "weight": [1] * REVIEWS,
        },
        _REVIEW,
    )


def comments(seed: int, given: Columns) -> Columns:
    """The columns of `comments` for the reviews given: people with a low rating write about troubles."""
    rng = dice(seed, "comments")
    writes: list[int] = np.nonzero(rng.random(len(given)) < _WITH_COMMENT)[0].tolist()
    written = [_sentence(rng, given.data["overall"][index]) for index in writes]
    texts = [text for _, text in written]
    return Columns(
        {
            "response_id": [given.data["response_id"][index] for index in writes],
            "item": ["comment"] * len(texts),
            "text": texts,
            "masked_text": texts,  # the sentences hold nothing personal to mask
            "codes": [code for code, _ in written],
        },
        _COMMENT,
    )


def _ratings(rng: np.random.Generator, quality: Array) -> Array:
    """Much praise, much blame, little in between: what opt-in ratings look like."""
    glad = rng.random(REVIEWS) < 1 / (1 + np.exp(-(0.35 + quality)))
    return np.where(
        glad, rng.choice([5, 4], REVIEWS, p=[0.55, 0.45]), rng.choice([1, 2, 3], REVIEWS, p=[0.4, 0.3, 0.3])
    )


def _sentence(rng: np.random.Generator, overall: int) -> tuple[str, str]:
    happened, ending = (_GOOD, _THANKS) if overall >= 4 else (_BAD, _WISH)
    code, text = happened[rng.integers(len(happened))]
    return code, _OPENING[rng.integers(len(_OPENING))] + text + ending[rng.integers(len(ending))]
