"""Check digits, standards, names made alike, and files of the register, to be checked by hand."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from broken_house import ROOT
from monosashi.gather.mapping import read_mapping
from monosashi.gather.register.local_code import check_digit, is_local_code
from monosashi.gather.register.normal import normalized, trigrams
from monosashi.gather.register.read import Reading, read_register
from monosashi.gather.register.standard import days_of
from monosashi.gather.register.words import STEP_WORDS, channels_of
from shared_data import shared

PLACES = ROOT / "guideline" / "places"


def read(kind: str, content: str, fields: str) -> Reading:
    mapping = read_mapping("mapping.yaml", f"fields:\n{fields}".encode())
    return read_register(kind, content.encode(), mapping, where="file.csv")


def found(reading: Reading) -> list[tuple[str, int | None, str | None]]:
    listed = reading.preview.findings.listed()
    return [(each.kind.code, each.row, each.column) for each in listed]


@pytest.mark.parametrize(
    ("five", "digit"),
    [
        ("13101", "6"),  # 6 + 15 + 4 + 0 + 2 = 27 = 2·11 + 5; 11 − 5 = 6
        ("01000", "6"),  # 6·0 + 5·1 = 5, less than 11; 11 − 5 = 6
        ("13104", "1"),  # 27 + 2·3 = 33, remainder 0; 11 − 0 = 11, of which the last digit
        ("13208", "0"),  # 6 + 15 + 8 + 0 + 16 = 45, remainder 1; 11 − 1 = 10, of which the last digit
    ],
)
def test_the_check_digit_by_hand(five: str, digit: str) -> None:
    assert check_digit(five) == digit
    assert is_local_code(five + digit)


@given(st.integers(0, 99_999), st.integers(0, 4), st.integers(1, 9))
def test_one_digit_copied_wrongly_is_noticed_unless_the_digit_folds_two_remainders(
    number, place, step
) -> None:
    """Remainders 0 and 1 give the digits 1 and 0, so that 10 remainders of 11 have a digit of their own."""
    five = f"{number:05}"
    wrong = five[:place] + str((int(five[place]) + step) % 10) + five[place + 1 :]
    same = check_digit(five) == check_digit(wrong)
    assert not same or {_remainder(five), _remainder(wrong)} == {0, 10}


def _remainder(five: str) -> int:
    return sum(weight * int(digit) for weight, digit in zip((6, 5, 4, 3, 2), five, strict=True)) % 11


@pytest.mark.parametrize("code", ["", "13101", "131017", "1310160", "１３１０１６", "a31016", " 131016"])
def test_what_is_no_code_of_a_local_government(code: str) -> None:
    assert not is_local_code(code)


def test_five_digits_are_needed() -> None:
    with pytest.raises(ValueError, match="five digits"):
        check_digit("1310")


def test_tokyo_has_23_wards_26_cities_5_towns_and_8_villages() -> None:
    text = (PLACES / "tokyo-municipalities.csv").read_text("utf-8")
    rows = list(csv.DictReader(io.StringIO(text)))
    kinds = [row["kind"] for row in rows]
    assert [kinds.count(kind) for kind in ("ward", "city", "town", "village")] == [23, 26, 5, 8]
    assert all(is_local_code(row["code"]) for row in rows)
    for name in ("code", "name_ja", "name_en"):
        assert len({row[name] for row in rows}) == 62


@pytest.mark.parametrize("name", ["tokyo-municipalities", "cities"])
def test_the_places_are_imported_by_their_own_mapping(name: str) -> None:
    mapping = read_mapping("m", (PLACES / f"{name}.yaml").read_bytes())
    reading = read_register("organizations", (PLACES / f"{name}.csv").read_bytes(), mapping)
    assert found(reading) == []
    assert len(reading.entries) == {"cities": 5}.get(name, 62)


@pytest.mark.real_data
def test_all_1916_check_digits_are_right() -> None:
    rows = _local_governments("localgovjp-utf8.csv")
    assert len(rows) == 1916
    assert [row["lgcode"] for row in rows if not is_local_code(row["lgcode"])] == []
    assert all(row["lgcode"][:5] == f"{int(row['cid']):05}" for row in rows)


@pytest.mark.real_data
@pytest.mark.parametrize("file", ["localgovjp-utf8.csv", "localgovjp-20200104-sjis.csv"])
def test_tokyos_62_from_both_encodings_are_those_of_the_register(file: str) -> None:
    theirs = [row for row in _local_governments(file) if row["pref"] == "東京都"]
    count = {sign: sum(row["city"].endswith(sign) for row in theirs) for sign in "区市町村"}
    assert count == {"区": 23, "市": 26, "町": 5, "村": 8}
    ours = list(csv.DictReader(io.StringIO((PLACES / "tokyo-municipalities.csv").read_text("utf-8"))))
    five = [(row["code"][:5], row["name_ja"], row["kana"]) for row in ours]
    assert five == [(f"{int(row['cid']):05}", row["city"], row["citykana"]) for row in theirs]


def _local_governments(file: str) -> list[dict[str, str]]:
    from monosashi.gather.csv_rows import read_rows
    from monosashi.gather.encoding import read_text

    rows = read_rows(read_text(shared("data", "jp-local-governments", file).read_bytes()).text)
    return [dict(zip(rows.header, cells, strict=True)) for cells in zip(*rows.columns, strict=True)]


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("30日", 30),
        ("３０日間", 30),
        ("2週", 14),
        ("２週間", 14),
        ("14", 14),
        ("0日", 0),
        ("0", None),  # a blank of the national inventory
        ("1月", None),  # 28 to 31 days
        ("10営業日", None),
        ("1日～1月", None),
        ("不明", None),
        ("", None),
    ],
)
def test_a_standard_in_days_only_where_the_text_says_so(text: str, days: int | None) -> None:
    assert days_of(text) == days


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("ｅ－Ｔａｘ", "e-tax"),
        ("ﾏｲﾅﾝﾊﾞｰ", "マイナンバー"),
        ("㈱　東京\u3000都\n", "(株) 東京 都"),
        ("Ⅲ", "iii"),
    ],
)
def test_texts_are_made_alike(text: str, plain: str) -> None:
    assert normalized(text) == plain


@given(st.text())
def test_making_alike_twice_is_making_alike_once(text: str) -> None:
    assert normalized(normalized(text)) == normalized(text)
    assert "\0" not in normalized(text)


def test_trigrams_by_hand() -> None:
    assert trigrams("住民票の写し") == {"住民票", "民票の", "票の写", "の写し"}
    assert trigrams("転入") == {"転入"}
    assert trigrams("・") == frozenset()


@given(st.lists(st.sampled_from(tuple(STEP_WORDS))))
def test_channels_have_one_order_and_no_repetition(words: list[str]) -> None:
    kept = channels_of(tuple(words))
    assert set(kept.split()) == set(words)
    assert kept == channels_of(tuple(reversed(words)))


PROCEDURES = """番号,名前,局,申請,支払い,添付,標準,件数
p1,転入届,water,オンライン;窓口,,住民票 ; 戸籍;住民票,14日,120
p2,転出届,tax,窓口,要らない,なし,1月,0
"""
FIELDS = """  code: 番号
  name_ja: 名前
  organization: 局
  application: {column: 申請, codes: {オンライン: online, 窓口: counter}}
  payment: {column: 支払い, codes: {要らない: not_needed}}
  attachments: {column: 添付, missing: ["", なし]}
  standard: 標準
  annual_volume: {column: 件数, missing: ["", "0"]}
"""


def test_a_file_of_procedures_becomes_entries() -> None:
    reading = read("procedures", PROCEDURES, FIELDS)
    assert found(reading) == []
    first, second = reading.entries.rows()
    assert first["application"] == "online counter"
    assert first["attachments"] == ("住民票", "戸籍")
    assert (first["standard"], first["standard_days"], first["annual_volume"]) == ("14日", 14, 120)
    assert (first["payment"], second["payment"]) == ("", "not_needed")  # not known is not “not needed”
    assert second["attachments"] == ()
    assert (second["standard_days"], second["annual_volume"]) == (None, None)
    assert list(reading.entries.lines) == [2, 3]


def test_what_the_register_cannot_hold_is_found_by_line() -> None:
    assert found(read("procedures", PROCEDURES.replace("p1,", "p 1,"), FIELDS)) == [
        ("register-code", 2, "code")
    ]
    long = PROCEDURES.replace("転出届", "長" * 301)
    assert found(read("procedures", long, FIELDS)) == [("register-too-long", 3, "name_ja")]
    assert found(read("procedures", PROCEDURES.replace("戸籍", "籍" * 201), FIELDS)) == [
        ("register-too-long", 2, "attachments")
    ]
    unknown = PROCEDURES.replace("オンライン", "電報")
    assert found(read("procedures", unknown, FIELDS)) == [("code-unknown", 2, "申請")]
    strange = FIELDS + "  memo: {column: 標準, type: text}\n"
    assert found(read("procedures", PROCEDURES, strange)) == [("field-unknown", None, None)]


def test_a_step_is_not_needed_or_has_channels_and_a_url_leads_to_a_page() -> None:
    both = PROCEDURES.replace(",要らない,", ",要らない;窓口,")
    fields = FIELDS.replace("{要らない: not_needed}", "{要らない: not_needed, 窓口: counter}")
    assert found(read("procedures", both, fields)) == [("register-not-needed", 3, "payment")]
    content = "code,name,page\ns1,a,https://example.org/a?b=1\ns2,b,javascript:alert(1)\n"
    services = read("services", content, "  code: code\n  name_ja: name\n  organization: name\n  url: page\n")
    assert found(services) == [("register-url", 3, "url")]


def test_what_an_export_guards_from_spreadsheets_comes_back_as_it_was() -> None:
    guarded = PROCEDURES.replace("転入届", "'=1+1").replace("戸籍", "'@戸籍")
    first, _ = read("procedures", guarded, FIELDS).entries.rows()
    assert (first["name_ja"], first["attachments"]) == ("=1+1", ("住民票", "@戸籍"))


def test_a_mapping_of_another_table_is_refused() -> None:
    mapping = read_mapping("m", f"table: services\nfields:\n{FIELDS}".encode())
    reading = read_register("procedures", PROCEDURES.encode(), mapping)
    assert ("register-table", None, None) in found(reading)


SERVICES = "code,name,bureau,from,to,adopted,needed\ns1,窓口,water,2024-04-01,2025-03-31,gbizid,chat;form\n"
SERVICE_FIELDS = """  code: code
  name_ja: name
  organization: bureau
  opened_on: from
  ended_on: to
  tools_adopted: adopted
  tools_needed: needed
"""


def test_a_service_ends_after_it_began_and_has_a_tool_in_one_state() -> None:
    assert found(read("services", SERVICES, SERVICE_FIELDS)) == []
    early = SERVICES.replace("2025-03-31", "2024-03-31")
    assert found(read("services", early, SERVICE_FIELDS)) == [("register-days", 2, "ended_on")]
    twice = SERVICES.replace("chat;", "gbizid;")
    assert found(read("services", twice, SERVICE_FIELDS)) == [("register-tool-twice", 2, None)]


def test_the_code_of_a_local_government_is_checked() -> None:
    content = "code,name,local\na,千代田区,131016\nb,中央区,131025\n"
    fields = "  code: code\n  name_ja: name\n  local_code: local\n"
    assert found(read("organizations", content, fields)) == [("local-code", 3, "local_code")]
