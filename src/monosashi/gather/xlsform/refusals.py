"""Types of XLSForm that are not available, and what to do instead of each."""

from __future__ import annotations

from monosashi.define.text import Text

_REPEAT = Text(
    ja="繰り返しは使えません。同じ質問を必要な数だけ並べ、二つ目からは relevant で、"
    "要る人だけに尋ねてください。begin repeat と end repeat の行は取り除きます。",
    en="Nothing can be repeated. Write the questions as often as needed and ask the further ones "
    "by relevant; remove the rows begin repeat and end repeat.",
)
_PLACE = Text(
    ja="位置は集めません。区や町を select_one で尋ねてください。",
    en="Positions are not collected; ask for the ward or town with select_one.",
)
_FILE = Text(
    ja="ファイル、画像、音声は受け取りません。言葉で尋ねてください（text）。",
    en="Files, pictures and sound are not taken; ask in words (text).",
)
_TRACE = Text(
    ja="端末や人をたどれるものは集めません。行を取り除いてください。",
    en="Nothing that leads back to a device or a person is collected; remove the row.",
)
_CLOCK = Text(
    ja="答えた日時は、調査の決まりで別に扱います。行を取り除いてください。日付を尋ねるなら date です。",
    en="When somebody answered is handled by the rules of the survey; remove the row. "
    "To ask for a date, use date.",
)
_OUTSIDE = Text(
    ja="別のファイルは読みません。選択肢を choices シートに書き、"
    "select_one か select_multiple にしてください。",
    en="Other files are not read; write the choices on the sheet choices, for select_one or select_multiple.",
)
_READ = Text(
    ja="選択肢が「読みました」一つだけの select_one にしてください。",
    en="Use select_one with the one choice “I have read this”.",
)
_RANK = Text(
    ja="順位づけは使えません。「最も大切なもの」を select_one で尋ね、"
    "必要なら「次に大切なもの」をもう一つ尋ねてください。",
    en="Ranking is not available; ask for the most important with select_one, and for the next with another.",
)
_CODE = Text(
    ja="バーコードは読めません。番号を text で尋ねてください。",
    en="Barcodes are not read; ask for the number with text.",
)
_MOMENT = Text(ja="date と time の二つの質問に分けてください。", en="Ask in two questions, date and time.")
_HIDDEN = Text(
    ja="見えない質問は使えません。行を取り除いてください。", en="No question is hidden; remove the row."
)
_INSTEAD = (
    (_REPEAT, "begin repeat", "begin_repeat", "end repeat", "end_repeat", "begin loop", "end loop"),
    (_PLACE, "geopoint", "geotrace", "geoshape", "start-geopoint", "background-geopoint", "gps", "location"),
    (_FILE, "image", "photo", "audio", "video", "file", "background-audio", "osm"),
    (_TRACE, "deviceid", "device id", "subscriberid", "simserial", "phonenumber", "username", "email"),
    (_TRACE, "audit", "imei"),
    (_CLOCK, "start", "end", "today", "start time", "end time"),
    (_OUTSIDE, "select_one_from_file", "select_multiple_from_file", "select_one_external", "csv-external"),
    (_OUTSIDE, "select one from file", "select multiple from file", "select one external", "xml-external"),
    (_READ, "acknowledge", "trigger"),
    (_RANK, "rank"),
    (_CODE, "barcode"),
    (_MOMENT, "datetime"),
    (_HIDDEN, "hidden"),
)

# by what to do: the types that it goes for
REFUSED = {name: said for said, *names in _INSTEAD for name in names}


def instead_of(written: str) -> Text | None:
    """What to do instead of a type; None where it is not one of these. ``rank places`` is rank."""
    plain = " ".join(written.lower().split())
    begins = [name for name in REFUSED if plain == name or plain.startswith(f"{name} ")]
    return REFUSED[max(begins, key=len)] if begins else None
