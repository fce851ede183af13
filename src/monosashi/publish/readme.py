"""The README inside every edition: what it is, how to check it, how to recompute it, who may use it."""

from __future__ import annotations

_SYNTHETIC = """> **合成データ / Synthetic data.** この版の数値はすべて架空のものです。
> Every figure of this edition is made up. It describes no real city, person or service.

"""

_TEXT = """# {id}

{synthetic}期間 {period} の公表版です。一度公表した版は変わりません。訂正は新しい版として出します。

## 中身

| ファイル | 内容 |
|---|---|
| `estimates.csv` | 指標ごと・区分ごとの数値。`_T` は全体。割合は0から1 |
| `changes.csv` | 期間のあいだの変化と、その検定による判定 |
| `composition.csv` | 件数の変化を、すべての単位と、両方の期間に数のある単位とで並べたもの |
| `coverage.csv` | 数値が誰を・何を覆い、何を覆っていないか |
| `roadmap.csv` | ロードマップの計画と実績 |
| `codebook.csv` | すべての列・コード・設問文・定義の版（日英） |
| `guideline.json` | この版が従う行動指針の全体 |
| `edition.json` | 期間、元データの版、ソフトウェア、前の版、各ファイルの sha256 |

数値の状態は5つです。`value`（0を含む値）、`not_collected`（未収集）、`not_applicable`（該当なし）、
`suppressed`（秘匿）、`unreliable`（参考値）。空欄は0ではありません。

## 確かめ方

```
sha256sum -c SHA256SUMS
```

前の版の `edition.json` の sha256 が `previous_digest` と一致すれば、版のつながりも確かめられます。
元データを持つ人は `monosashi edition build {period}` で同じバイト列を作り直せます（{software}）。

利用条件: [CC BY 4.0](https://creativecommons.org/licenses/by/4.0/deed.ja)

---

This is the published edition for the period {period}. It never changes; a correction is a new edition.

`estimates.csv` has one row per indicator and domain (`_T` is "all"; shares run from 0 to 1), `changes.csv`
the tested changes between periods, `composition.csv` each change of a count on all units beside that on
the units present in both periods, `coverage.csv` what the figures cover and what they do not,
`roadmap.csv` plans and their state, `codebook.csv` every column, code and wording, `guideline.json` the
norm, `edition.json` where everything comes from. An empty cell is never 0: read `status`.

Check the files with `sha256sum -c SHA256SUMS`. The sha256 of the previous edition's `edition.json` must
equal `previous_digest`. With the records at hand, `monosashi edition build {period}` makes the same bytes
again ({software}).

License: [CC BY 4.0](https://creativecommons.org/licenses/by/4.0/)
"""


def text(id: str, period: str, synthetic: bool, software: str) -> str:
    return _TEXT.format(id=id, period=period, software=software, synthetic=_SYNTHETIC if synthetic else "")
