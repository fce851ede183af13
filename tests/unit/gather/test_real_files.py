"""Files that really arrived somewhere: read whole, compared cell by cell with Python's own csv.

They stay outside the repository; see the README beside each for origin and licence.
"""

from __future__ import annotations

import csv
import io
from collections import Counter
from datetime import UTC, datetime
from math import fsum

import pytest

from arrivals import places, seen, values
from monosashi.errors import Problem
from monosashi.gather.csv_rows import read_rows
from monosashi.gather.encoding import read_text
from shared_data import shared

pytestmark = pytest.mark.real_data
BLOOMINGTON = ("bloomington-community-survey-2017", "bloom_survey.csv")
FUKUI = ("fukui-visitor-survey", "202305.csv")
TOWNS = "jp-local-governments"
SEOUL = ("city-population-margins", "seoul_202504_age_sex_cp949.csv")


def brought(folder, name):
    return shared("data", folder, name).read_bytes()


def by_python(text):
    return list(csv.reader(io.StringIO(text, newline="")))


def same_cells(data, codec, encoding=None):
    """Header, separator and every cell agree with Python's csv; each row stands on the line it says."""
    rows = read_rows(read_text(data, encoding).text)
    header, *expected = by_python(data.decode(codec))
    assert list(rows.header) == header
    assert list(zip(*rows.columns, strict=True)) == [tuple(each) for each in expected]
    return rows


# ---- Bloomington: 227 columns, weights, empty cells ------------------------------------------------------


def bloomington():
    """A mapping of the whole file: two fixed columns, two texts, and every question as it is coded."""
    header, *_ = by_python(brought(*BLOOMINGTON).decode())
    own = {"id": "response_id: id", "wt": "weight: wt", "wave": "wave: wave", "mode": "mode: mode"}
    texts = ("q19verb", "q20verb")
    lines = [
        own.get(name, f"{name}: {{column: {name}, type: {'text' if name in texts else 'integer'}}}")
        for name in header
    ]
    return "\n".join(lines)


def test_bloomington_comes_back_cell_by_cell():
    rows = same_cells(brought(*BLOOMINGTON), "utf-8")
    assert (len(rows.header), len(rows), rows.blank) == (227, 595, 0)
    assert rows.lines[-1] > len(rows) + 1  # the open answers hold carriage returns, which are line breaks too


def test_bloomington_with_a_mapping_of_all_its_columns():
    read = values(brought(*BLOOMINGTON), bloomington(), table="responses/community")
    assert len(read) == 227
    assert Counter(read["q12a"])[None] == 27
    known = [
        (w, q in (1, 2)) for w, q in zip(read["weight"], read["q12a"], strict=True) if q not in (None, 5)
    ]
    share = fsum(w for w, yes in known if yes) / fsum(w for w, _ in known)
    assert (len(known), round(100 * share, 2)) == (527, 79.83)  # as published
    assert any("\r" in answer for answer in read["q20verb"] if answer)


# ---- Fukui: Japanese, a byte order mark, line breaks in cells, times without offset --------------------

GRADES = "{とても満足: 5, 満足: 4, どちらでもない: 3, 不満: 2, とても不満: 1}"
VISIT = f"""
response_id: {{columns: [会員ID, 回答日時], join: "@"}}
service: 回答エリア
answered_at: {{column: 回答日時, type: timestamp, offset: "+09:00"}}
age: {{column: 回答時の年齢, type: integer, range: [0, 120]}}
satisfaction: {{column: 満足度, type: integer, codes: {GRADES}}}
transport: {{column: 福井県内での交通手段の満足度, type: integer, codes: {GRADES}}}
inconvenient: {{column: 不便さ, type: boolean, codes: {{感じた: true, 感じなかった: false}}}}
recommend: {{column: NPS, type: integer, range: [0, 10]}}
why: {{column: 満足度の理由, type: text}}
"""


def test_fukui_comes_back_cell_by_cell():
    rows = same_cells(brought(*FUKUI), "utf-8-sig")
    assert (len(rows.header), len(rows)) == (90, 3084)
    assert rows.lines[-1] > len(rows) + 1


def test_fukui_with_a_mapping():
    """People answer more than once: the member alone is no key, member and moment are."""
    read = values(brought(*FUKUI), VISIT, table="responses/visitor")
    assert Counter(read["satisfaction"]) == {4: 1583, 5: 1063, 3: 376, 2: 47, 1: 15}
    assert (Counter(read["transport"])[None], Counter(read["inconvenient"])[True]) == (1669, 532)
    assert (min(read["recommend"]), max(read["recommend"])) == (0, 10)
    assert min(read["answered_at"]) >= datetime(2023, 4, 30, 15, tzinfo=UTC)  # 1 May in Japan


def test_fukui_members_are_no_key():
    fields = "response_id: 会員ID"
    findings = seen(brought(*FUKUI), fields, table="responses/visitor").findings
    assert {finding.kind.code for finding in findings.listed()} == {"key-twice"}
    assert findings.count == 3084 - 2202


def test_fukui_has_free_text_in_a_column_of_zeros_and_ones():
    """その他 says 0, 1, or what else it was; as a boolean every such row is named, as text it is kept."""
    other = "\nother: {column: その他, type: %s}"
    findings = seen(brought(*FUKUI), VISIT + other % "boolean", table="responses/visitor").findings
    assert findings.count == 3084 - 2889 - 18
    assert {finding.kind.code for finding in findings.listed()} == {"cell-not-boolean"}
    read = values(brought(*FUKUI), VISIT + other % "text", table="responses/visitor")
    assert "通りがかり お花の屋根が印象&uarr;" in read["other"]  # an entity that somebody left behind


def test_fukui_without_answers_has_a_header_and_a_line_of_commas():
    with pytest.raises(Problem) as problem:
        seen(brought("fukui-visitor-survey", "header-only-000.csv"), VISIT, table="responses/visitor")
    assert problem.value.kind.code == "table-empty"


# ---- municipalities: UTF-8 and Shift_JIS, leading zeros -------------------------------------------------


def test_municipalities_in_shift_jis_are_recognized_as_cp932():
    data = brought(TOWNS, "localgovjp-20200104-sjis.csv")
    rows = same_cells(data, "cp932")
    assert (len(rows), read_text(data).encoding) == (1916, "cp932")
    assert "札幌市 中央区" in rows.column("city")


def test_municipalities_are_the_same_in_both_encodings():
    """The file of today, as it would be in CP932: what that cannot write is left out on both sides."""
    text = brought(TOWNS, "localgovjp-utf8.csv").decode("utf-8-sig").encode("cp932", "ignore").decode("cp932")
    one, other = same_cells(text.encode("utf-8-sig"), "utf-8-sig"), same_cells(text.encode("cp932"), "cp932")
    assert one == other


def test_codes_of_municipalities_keep_their_leading_zero_as_text():
    town = "{column: city, type: text}"
    fields = f"response_id: lgcode\ntown: {town}\nnumber: {{column: lgcode, type: integer}}"
    read = values(brought(TOWNS, "localgovjp-utf8.csv"), fields, table="responses/town")
    assert (read["response_id"][0], read["number"][0], read["town"][0]) == ("011002", 11002, "札幌市")
    assert len(set(read["response_id"])) == 1916


# ---- Seoul: CP949, which has to be named, and numbers with separators ------------------------------------


def test_seoul_is_not_guessed_but_its_sample_can_be_recognized():
    """Read as EUC-JP it would be kanji, and just as plausible."""
    with pytest.raises(Problem) as problem:
        read_text(brought(*SEOUL))
    assert problem.value.kind.code == "encoding-unsure"
    assert "cp949: 행정구역" in str(problem.value)


def test_seoul_comes_back_cell_by_cell_when_the_encoding_is_named():
    rows = same_cells(brought(*SEOUL), "cp949", "cp949")
    assert (rows.header[0], len(rows)) == ("행정구역", 26)


def test_seoul_writes_numbers_with_separators_which_are_not_guessed_at():
    """1,234 is twelve hundred here and little more than one elsewhere."""
    column = "2025년04월_남_총인구수"
    fields = f"response_id: 행정구역\nmen: {{column: {column}, type: number}}"
    named = {"table": "responses/district", "encoding": "cp949"}
    findings = seen(brought(*SEOUL), fields, **named).findings
    assert (findings.count, {each.kind.code for each in findings.listed()}) == (26, {"cell-not-number"})
    as_text = fields.replace("number", "text")
    assert all("," in men for men in values(brought(*SEOUL), as_text, **named)["men"])


# ---- windows-1252 from 2012 ------------------------------------------------------------------------------


def test_pounds_of_2012_are_not_taken_for_half_width_kana():
    data = brought("uk-digital-landscape-2012", "digital-landscape-reseach.csv")
    with pytest.raises(Problem) as problem:
        read_text(data)
    assert "windows-1252: er £20,000" in str(problem.value)
    with pytest.raises(Problem) as ragged:  # 291 tables in one file
        read_rows(read_text(data, "windows-1252").text)
    assert {code for code, *_ in places(ragged.value)} & {"header-empty", "row-ragged", "header-twice"}
