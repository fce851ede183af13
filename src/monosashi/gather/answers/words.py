"""What is said to somebody whose answer does not fit."""

from __future__ import annotations

from monosashi.define.text import Text

MISFITS = {
    "missing": Text(
        ja="この質問への答えを選ぶか、書いてください。",
        en="Please answer this question.",
        simple="答（こた）えを えらぶか、書（か）いて ください。",
    ),
    "choice": Text(
        ja="選択肢の中から選んでください。",
        en="Please choose one of the answers offered.",
        simple="この 中（なか）から えらんで ください。",
    ),
    "one": Text(
        ja="1つだけ選んでください。", en="Please choose only one.", simple="1つだけ えらんで ください。"
    ),
    "exclusive": Text(
        ja="「ない」などの選択肢は、ほかの選択肢と一緒には選べません。どちらかを外してください。",
        en="An answer such as “none of these” does not go with others. Please take one of them away.",
        simple="「ない」と ほかの 答（こた）えは いっしょに えらべません。",
    ),
    "integer": Text(
        ja="整数を数字で書いてください。例: 12",
        en="Please write a whole number in figures, such as 12.",
        simple="数字（すうじ）で 書（か）いて ください。れい: 12",
    ),
    "decimal": Text(
        ja="数を数字で書いてください。例: 12 または 12.5",
        en="Please write a number in figures, such as 12 or 12.5.",
        simple="数字（すうじ）で 書（か）いて ください。れい: 12.5",
    ),
    "date": Text(
        ja="実在する日付を書いてください。例: 2026-04-01",
        en="Please write a date that exists, such as 2026-04-01.",
        simple="日（ひ）を 書（か）いて ください。れい: 2026-04-01",
    ),
    "time": Text(
        ja="時刻を書いてください。例: 09:30",
        en="Please write a time of day, such as 09:30.",
        simple="時間（じかん）を 書（か）いて ください。れい: 09:30",
    ),
    "characters": Text(
        ja="使えない文字（制御文字）が含まれています。取り除いてください。",
        en="There are characters that cannot be stored (control characters). Please remove them.",
        simple="使（つか）えない 文字（もじ）が あります。消（け）して ください。",
    ),
    "long": Text(
        ja="5,000文字までにしてください。",
        en="Please use 5,000 characters at most.",
        simple="5,000文字（もじ）までに して ください。",
    ),
    "constraint": Text(
        ja="この答えは、決められた範囲に合いません。",
        en="This answer is outside of what is possible here.",
        simple="この 答（こた）えは 使（つか）えません。",
    ),
}
