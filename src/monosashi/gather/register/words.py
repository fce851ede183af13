"""The words of the register: what a cell, a row of the database and a page call the same thing."""

from __future__ import annotations

from collections.abc import Mapping

from monosashi.define.text import Text

PHASES: Mapping[str, Text] = {
    "plan": Text(ja="企画", en="planned"),
    "build": Text(ja="開発", en="being built"),
    "run": Text(ja="運用", en="running"),
    "ended": Text(ja="終了", en="ended"),
}
STEPS: Mapping[str, Text] = {
    "account": Text(ja="アカウントを作る", en="Account"),
    "identity": Text(ja="本人確認", en="Identity"),
    "application": Text(ja="申請", en="Application"),
    "payment": Text(ja="支払い", en="Payment"),
    "decision": Text(ja="決定の通知", en="Decision"),
    "delivery": Text(ja="受け取り", en="Delivery"),
}
CHANNELS: Mapping[str, Text] = {
    "online": Text(ja="オンライン", en="online"),
    "counter": Text(ja="窓口", en="counter"),
    "post": Text(ja="郵送", en="post"),
    "telephone": Text(ja="電話", en="telephone"),
    "offline": Text(ja="オンライン以外（種類は分からない）", en="other than online, not known which"),
}
NOT_NEEDED = "not_needed"
STEP_WORDS: Mapping[str, Text] = {**CHANNELS, NOT_NEEDED: Text(ja="要らない", en="not needed")}
IDENTITY_MEANS: Mapping[str, Text] = {
    "gbizid": Text(ja="GビズID", en="gBizID"),
    "jpki": Text(ja="公的個人認証（マイナンバーカード）", en="JPKI (My Number Card)"),
    "password": Text(ja="IDとパスワード", en="ID and password"),
    "signature": Text(ja="署名", en="signature"),
    "seal": Text(ja="押印", en="seal"),
    "document": Text(ja="本人確認書類", en="identity document"),
    "other": Text(ja="その他", en="other"),
    NOT_NEEDED: Text(ja="要らない", en="not needed"),
}
FEES: Mapping[str, Text] = {
    "none": Text(ja="無料", en="free of charge"),
    "charged": Text(ja="有料", en="charged"),
}
TOOL_KINDS: Mapping[str, Text] = {
    "tool": Text(ja="共通デジタルツール", en="common digital tool"),
    "platform": Text(ja="基盤", en="platform"),
    "identity": Text(ja="認証の基盤", en="identity service"),
}
TOOL_STATES: Mapping[str, Text] = {
    "needed": Text(ja="必要", en="needed"),
    "on_trial": Text(ja="試行中", en="on trial"),
    "adopted": Text(ja="導入済み", en="adopted"),
    "retired": Text(ja="廃止", en="retired"),
}


def channels_of(words: tuple[str, ...]) -> str:
    """The channels of a step as they are stored: known words once each, in the order of the table."""
    return " ".join(word for word in STEP_WORDS if word in words)
