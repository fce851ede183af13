"""`monosashi comments` on small tables: every count can be made by hand. All people are made up."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest
import xlsxwriter

from monosashi.adapters.lake import DeltaLake
from monosashi.cli import main
from monosashi.keep.table import Columns
from small_guideline import CODE_FRAME, files

HEADER = "番号,会員,地区,意見,a,b\n"
ROWS = [
    "1,m1,北,手続きのページが見つからない,findability,findability",
    "2,m1,北,職員の田中さんは親切でした,staff,staff",
    "3,m2,北,特になし,,",
    "4,m3,南,,,",
    "5,m3,南,エラーで送信できません。090-1234-5678に電話ください,failure help,failure",
    '6,m4,南,"説明がわかりにくい。\n待ち時間は短い",clarity time,clarity',
    "7,m5,南,良かった,-,-",
]


@pytest.fixture
def said(tmp_path, capsys):
    """(exit code, the JSON or the message) of a request about ROWS, or other rows."""

    def run(request="", *options, rows=ROWS):
        (tmp_path / "opinions.csv").write_text(HEADER + "\n".join(rows) + "\n", encoding="utf-8")
        file = tmp_path / "request.yaml"
        file.write_text(f"table: opinions.csv\ncolumn: 意見\n{request}", encoding="utf-8")
        code = 0
        try:
            main(["comments", str(file), *map(str, options)])
        except SystemExit as stopped:
            code = int(stopped.code or 0)
        out, err = capsys.readouterr()
        return code, json.loads(out, parse_constant=pytest.fail) if code == 0 else err

    return run


def only(found):
    (domain,) = found["comments"]
    return domain, {one["theme"]: one for one in domain["themes"]}


def test_rows_are_counted_by_what_they_say(said):
    """Seven rows: one empty, one silent, five that say something; two of these were masked."""
    code, found = said()
    domain, themes = only(found)
    assert code == 0
    assert (found["unit"], found["table"]["rows"]) == ("row", 7)
    assert (domain["n"], domain["n_text"], domain["n_missing"], domain["rows_silent"]) == (7, 5, 2, 1)
    assert domain["masked"] == {"rows": 2, "by_kind": {"name": 1, "phone": 1}}
    assert (themes["staff"]["n"], themes["staff"]["value"]) == (1, 1 / 5)
    assert domain["without_theme"]["n"] == 1
    assert themes["staff"]["title"] == {"ja": "職員の対応", "en": "Staff"}


def test_polarity_and_the_words_that_caused_it(said):
    """Trouble: rows 1 and 5 (送信できません, with a wish) and 6 (わかりにくい; 短い is one too)."""
    _, found = said()
    domain, themes = only(found)
    counts = {one["polarity"]: one["n"] for one in domain["polarity"]}
    assert counts == {"good": 2, "bad": 3, "wish": 0, "mixed": 0, "none": 0}
    bad = next(one for one in domain["polarity"] if one["polarity"] == "bad")
    assert {"polarity": "bad", "word": "見つかる", "denied": True, "n": 1} in bad["words"]
    assert themes["staff"]["polarity"]["good"] == 1
    assert themes["staff"]["polarity_words"] == [
        {"polarity": "good", "word": "親切", "denied": False, "n": 1}
    ]
    assert themes["findability"]["words"] == [{"word": "見つかる", "n": 1}]


def test_a_respondent_counts_once(said):
    """m1 wrote twice, m3 once and once nothing: five members, four of whom said something."""
    _, found = said("respondent: 会員\n")
    domain, themes = only(found)
    assert (found["unit"], domain["n"], domain["n_text"]) == ("respondent", 5, 4)
    assert themes["findability"]["value"] == themes["staff"]["value"] == 1 / 4
    counts = {one["polarity"]: one["n"] for one in domain["polarity"]}
    assert counts == {"good": 1, "bad": 2, "wish": 0, "mixed": 1, "none": 0}  # m1 is in trouble and praises


def test_answers_of_volunteers_have_no_design_based_interval(said):
    _, found = said()
    domain, themes = only(found)
    assert (domain["basis"], domain["flags"]) == ("opt_in", ["no_design_based_interval"])
    assert themes["staff"]["interval"] is None


def test_a_sample_has_the_exact_interval(said):
    """1 of 5: Clopper and Pearson say 0.51 % to 71.64 %."""
    _, found = said("basis: probability\n")
    domain, themes = only(found)
    assert themes["staff"]["interval"] == pytest.approx([0.00505, 0.71642], abs=5e-6)
    assert (themes["staff"]["interval_method"], domain["flags"]) == ("clopper_pearson", [])


def test_domains_are_counted_apart(said):
    _, found = said("by: [地区]\n")
    north, south = found["comments"]
    assert (north["domain"], north["n"], north["n_text"]) == ({"地区": "北"}, 3, 2)
    assert (south["domain"], south["n"], south["n_text"]) == ({"地区": "南"}, 4, 3)


def test_examples_are_masked_and_only_of_themes_that_ten_people_spoke_of(said):
    ten = [f"{n},m{n},北,職員の佐藤さんが親切だった{'。' * n},," for n in range(10)]
    _, found = said(rows=ten)
    _, themes = only(found)
    assert len(themes["staff"]["examples"]) == 3
    assert all(
        one["text"].startswith("職員の【氏名】さんが親切だった") for one in themes["staff"]["examples"]
    )
    assert "佐藤" not in json.dumps(found, ensure_ascii=False)
    _, found = said(rows=ten[:9])
    assert only(found)[1]["staff"]["examples"] == []
    same = [f"{n},m{n},北,職員が親切,," for n in range(10)]
    assert len(only(said(rows=same)[1])[1]["staff"]["examples"]) == 1
    assert only(said("examples: 0\n", rows=ten)[1])[1]["staff"]["examples"] == []


def test_nobody_is_made_ten_by_writing_ten_times(said):
    ten = [f"{n},m1,北,職員が親切だった{'。' * n},," for n in range(10)]
    _, found = said("respondent: 会員\n", rows=ten)
    assert only(found)[1]["staff"]["examples"] == []


def test_nothing_written_is_not_collected(said):
    _, found = said(rows=["1,m1,北,,,", "2,m2,北,特になし,,"])
    domain, themes = only(found)
    assert (domain["status"], domain["n_text"], themes["staff"]["value"]) == ("not_collected", 0, None)


def test_coders_agree_and_judge_the_suggestions(said):
    """Both coded rows 1, 2, 5, 6 and 7. time: only a says it, of one in five: p_o = p_e = 4/5 and κ = 0.
    a gave six codes, all of them suggested; b gave four."""
    _, found = said("coders: [a, b]\n")
    agreed = {one["theme"]: one for one in found["coders"]["agreement"]["themes"]}
    assert found["coders"]["agreement"]["n"] == 5
    assert (agreed["staff"]["kappa"], agreed["time"]["kappa"]) == (pytest.approx(1), pytest.approx(0))
    assert agreed["staff"]["flags"] == ["few_comments", "perfect"]
    assert agreed["cost"]["kappa"] is None
    first, second = found["coders"]["suggestions"]
    assert (first["coder"], first["n"], first["recall"]["k"], first["recall"]["n"]) == ("a", 5, 6, 6)
    assert (second["recall"]["k"], second["recall"]["n"]) == (4, 4)
    assert second["precision"]["value"] < first["precision"]["value"] <= 1


def test_a_sheet_for_coders_is_masked_and_comes_back(said, tmp_path):
    sheet = tmp_path / "sheet.csv"
    code, _ = said("id: 番号\n", "--sheet", sheet, "--sample", 4)
    assert code == 0
    with sheet.open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    assert len(rows) == 4
    assert {row["id"] for row in rows} < {"1", "2", "5", "6", "7"}
    assert not any("田中" in row["text"] or "090" in row["text"] for row in rows)
    (first,) = [row for row in rows if row["id"] == "6"] or [rows[0]]
    assert first["suggested"].split()[0] in first["because"]
    code, message = said("", "--sheet", sheet)
    assert (code, "[file-there]" in message) == (2, True)
    again = tmp_path / "again.csv"
    said("id: 番号\n", "--sheet", again, "--sample", 2)
    with again.open(encoding="utf-8", newline="") as stream:
        assert [row["id"] for row in csv.DictReader(stream)] == [row["id"] for row in rows[:2]]


@pytest.mark.parametrize(
    ("request_", "code", "place"),
    [
        ("frame: servic\n", "code-frame-unknown", "line 3"),
        ("coders: [a, c]\n", "column-unknown", "line 3"),
        ("respondent: 会員番号\n", "column-unknown", "line 3"),
        ("basis: guess\n", "request-invalid", "line 3"),
        ("examples: 50\n", "request-invalid", "line 3"),
        ("coders: [a, b, 番号]\n", "request-invalid", "line 3"),
    ],
)
def test_what_a_request_cannot_ask_is_named_by_its_line(said, request_, code, place):
    exit_code, message = said(request_)
    assert exit_code == 2
    assert place in message
    assert code in message or code.replace("-", " ") in message.lower() or "Nearest" in message


def test_a_request_is_pairs(tmp_path, capsys):
    file = tmp_path / "r.yaml"
    file.write_text("- table\n", encoding="utf-8")
    with pytest.raises(SystemExit) as stopped:
        main(["comments", str(file)])
    assert stopped.value.code == 2
    assert "At least table and column are needed." in capsys.readouterr().err  # comments-shape


def test_a_code_that_is_no_theme_is_named_by_its_line(said):
    code, message = said("coders: [a]\n", rows=[*ROWS, "8,m6,北,遅い,tme,", "9,m7,北,遅い,time xyz,"])
    assert code == 2
    assert "theme 'tme'" in message  # theme-unknown
    assert "theme 'xyz'" in message
    assert "line 10" in message


def test_the_language_can_be_chosen(said):
    _, found = said("language: en\n", rows=["1,m1,北,The staff were rude,,"])
    assert only(found)[1]["staff"]["polarity"]["bad"] == 1


def test_another_guideline_without_a_policy_shows_no_example(said, tmp_path):
    folder = tmp_path / "norm"
    for name, content in {**files(), "code_frames/town.yaml": CODE_FRAME.encode()}.items():
        Path(folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content)
    (folder / "policy.yaml").unlink(missing_ok=True)
    rows = [f"{n},m{n},北,道が悪い{'。' * n},," for n in range(12)]
    code, found = said("frame: town\n", "--guideline", folder, rows=rows)
    assert code == 0
    (domain,) = found["comments"]
    assert (domain["themes"][0]["n"], domain["themes"][0]["examples"]) == (12, [])


def test_only_some_rows_are_asked_for(said):
    _, found = said("where: {地区: 南, 会員: [m3, m4]}\n")
    domain, _ = only(found)
    assert (found["table"]["rows"], domain["n_text"]) == (3, 2)
    code, message = said("where: {地域: 南}\n")
    assert (code, "地域" in message, "地区" in message) == (2, True, True)


def test_comments_of_the_lake_are_read_as_they_were_given(said, tmp_path, monkeypatch, capsys):
    monkeypatch.setenv("MONOSASHI_HOME", str(tmp_path / "home"))
    columns = {
        "response_id": ["r1", "r1", "r2"],
        "item": ["comment", "why", "comment"],
        "text": ["職員の佐藤さんは親切", "遅い", "特になし"],
        "masked": ["x", "y", "z"],
        "codes": [None, None, None],
    }
    lake = DeltaLake(tmp_path / "home" / "lake")
    types = dict.fromkeys(columns, "text")
    lake.append("comments", Columns(columns, types), key=("response_id", "item"), commit={})
    file = tmp_path / "lake.yaml"
    file.write_text("table: lake:comments\ncolumn: text\nrespondent: response_id\nwhere: {item: comment}\n")
    main_code = 0
    try:
        main(["comments", str(file)])
    except SystemExit as stopped:
        main_code = int(stopped.code or 0)
    out = capsys.readouterr().out
    found = json.loads(out)
    domain, themes = only(found)
    assert (main_code, found["table"]["version"], domain["n"], domain["n_text"]) == (0, 0, 2, 1)
    assert (themes["staff"]["n"], domain["masked"]["by_kind"]) == (1, {"name": 1})


def test_a_workbook_is_read_and_a_wrong_code_named_by_its_cell(said, tmp_path, capsys):
    book = xlsxwriter.Workbook(tmp_path / "opinions.xlsx")
    page = book.add_worksheet("意見")
    for at, row in enumerate([["番号", "意見", "a"], [1, "職員が親切", "staff"], [2, "遅い", "tme"]]):
        page.write_row(at, 0, row)
    book.close()
    file = tmp_path / "book.yaml"
    file.write_text("table: opinions.xlsx\ncolumn: 意見\ncoders: [a]\n", encoding="utf-8")
    with pytest.raises(SystemExit) as stopped:
        main(["comments", str(file)])
    assert stopped.value.code == 2
    assert "C3" in capsys.readouterr().err
