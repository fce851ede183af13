"""What pages call the columns of the register."""

from __future__ import annotations

from collections.abc import Mapping

from monosashi.define.text import Text
from monosashi.gather.register.words import STEPS

COLUMNS: Mapping[str, Text] = {
    "code": Text(ja="コード", en="Code"),
    "name_ja": Text(ja="名前", en="Name in Japanese"),
    "name_en": Text(ja="英語の名前", en="Name in English"),
    "organization": Text(ja="担当する組織", en="Owner"),
    "service": Text(ja="サービス", en="Service"),
    "summary_ja": Text(ja="説明", en="Summary in Japanese"),
    "summary_en": Text(ja="英語の説明", en="Summary in English"),
    "kind": Text(ja="種類", en="Kind"),
    "life_events": Text(ja="ライフイベント", en="Life events"),
    "audience": Text(ja="対象", en="For whom"),
    "phase": Text(ja="段階", en="Phase"),
    "opened_on": Text(ja="始めた日", en="Opened on"),
    "ended_on": Text(ja="終えた日", en="Ended on"),
    "url": Text(ja="ページのアドレス", en="Address of its page"),
    **STEPS,
    "identity_means": Text(ja="本人確認の手段", en="Means of identification"),
    "information": Text(ja="書いてもらう情報", en="Information asked for"),
    "attachments": Text(ja="添付書類", en="Attachments"),
    "systems": Text(ja="情報システム", en="Systems"),
    "fee": Text(ja="手数料", en="Fee"),
    "fee_note": Text(ja="手数料の説明", en="About the fee"),
    "standard": Text(ja="標準処理期間", en="Published standard"),
    "standard_online": Text(ja="標準処理期間（オンライン）", en="Published standard (online)"),
    "law": Text(ja="根拠の法令", en="Statutory basis"),
    "article": Text(ja="条項", en="Article"),
    "annual_volume": Text(ja="年間の件数", en="Annual volume"),
    "annual_volume_online": Text(ja="年間の件数（オンライン）", en="Annual volume (online)"),
    "local_code": Text(ja="全国地方公共団体コード", en="Code of the local government"),
    "kana": Text(ja="読み", en="Reading"),
    "parent": Text(ja="上の組織", en="Organization above"),
}
REASONS: Mapping[str, Text] = {
    "adopted_elsewhere": Text(
        ja="ほかの組織が導入済みです。使わせてもらえるか聞けます。",
        en="Another organization has adopted it; ask whether it can be shared.",
    ),
    "tried_elsewhere": Text(
        ja="ほかの組織が試しています。結果を聞けます。",
        en="Another organization is trying it; ask what it found.",
    ),
    "needed_by_many": Text(
        ja="二つ以上の組織が必要としています。いっしょに手に入れられます。",
        en="Two or more organizations need it; they can get it together.",
    ),
    "none": Text(ja="いま共有の候補はありません。", en="No candidate for sharing now."),
}
