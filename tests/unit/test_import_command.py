"""`monosashi import`: a preview, then all or nothing, and never twice; one clear message otherwise."""

from __future__ import annotations

import json
import os
from functools import cache
from hashlib import sha256

import duckdb
import pytest

from lakes import content
from monosashi import errors
from monosashi.adapters import confined as process
from monosashi.adapters import guideline_files
from monosashi.adapters.lake import DeltaLake
from monosashi.cli import main

MAPPING = """
table: responses/resident
fields:
  response_id: 番号
  period: {value: FY2025}
  city: {column: 都市, type: text, codes: {東京: tokyo, ソウル: seoul}}
  overall: 満足度
  weight: 重み
"""
ANSWERS = "番号,都市,満足度,重み,感想\n1,東京,5,1.5,良い\n2,ソウル,わからない,0.5,\n3,東京,,1,\n"
LOADED = cache(guideline_files.load_guideline)
COLUMNS = ("番号", "都市", "満足度", "重み", "感想")


class Desk:
    """An official's folder and home, and the command as it is typed there."""

    def __init__(self, folder, capsys):
        self.folder, self.home, self.capsys = folder, folder / "home", capsys
        self.lake = DeltaLake(self.home / "lake")

    def write(self, name, text):
        path = self.folder / name
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return path

    def run(self, *arguments, kind="responses", file="answers.csv", mapping="mapping.yaml"):
        """(exit code, JSON of standard output or None, standard error)"""
        return self.typed("import", kind, self.folder / file, "--mapping", self.folder / mapping, *arguments)

    def typed(self, *words):
        with pytest.raises(SystemExit) as ended:
            main([str(word) for word in words])
        out, err = self.capsys.readouterr()
        return ended.value.code, json.loads(out) if out else None, err

    def refused(self, *arguments, **named):
        """The message. Nothing is on standard output, and the lake is as it was."""
        before = content(self.home)
        code, shown, message = self.run(*arguments, **named)
        assert (code, shown) == (2, None)
        assert content(self.home) == before
        return message

    def stored(self, table="responses/resident", columns="*"):
        files = ", ".join(f"'{uri}'" for uri in self.lake.source(table).uris)
        return duckdb.sql(f"SELECT {columns} FROM read_parquet([{files}]) ORDER BY 1").fetchall()


@pytest.fixture
def desk(tmp_path, monkeypatch, capsys):
    """Reading is done here, not in a process of its own, and the guideline is read once: to save time."""
    monkeypatch.setenv("MONOSASHI_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("MONOSASHI_LANGUAGE", "en")
    monkeypatch.delenv("MONOSASHI_GUIDELINE", raising=False)
    monkeypatch.setattr(process, "confined", lambda function, *given, **named: function(*given, **named))
    monkeypatch.setattr(guideline_files, "load_guideline", LOADED)
    desk = Desk(tmp_path, capsys)
    desk.write("mapping.yaml", MAPPING)
    desk.write("answers.csv", ANSWERS)
    return desk


def test_an_import_stores_every_row_and_hands_out_a_receipt(desk):
    code, receipt, _ = desk.run()
    digest = sha256(ANSWERS.encode()).hexdigest()
    assert code == 0
    assert {name: receipt[name] for name in ("stored", "table", "version", "added", "already", "sha256")} == {
        "stored": True,
        "table": "responses/resident",
        "version": 0,
        "added": 3,
        "already": 0,
        "sha256": digest,
    }
    assert desk.stored(columns="response_id, period, city, overall, weight") == [
        ("1", "FY2025", "tokyo", 5, 1.5),
        ("2", "FY2025", "seoul", 9, 0.5),
        ("3", "FY2025", "tokyo", None, 1.0),
    ]


def test_the_log_says_where_the_rows_came_from(desk):
    desk.run()
    (commit,) = desk.lake.commits("responses/resident")
    assert (commit["source"], commit["encoding"], commit["instrument"]) == (
        "answers.csv",
        "utf-8",
        "resident",
    )
    assert (commit["guideline"], commit["sha256"]) == ("tokyo/1.1.0", sha256(ANSWERS.encode()).hexdigest())
    assert str(desk.folder) not in json.dumps(commit)


def test_a_preview_stores_nothing_and_makes_no_home(desk):
    code, shown, _ = desk.run("--dry-run")
    assert (code, shown["stored"], shown["file"]["rows"]) == (0, False, 3)
    assert shown["unused_columns"] == ["感想"]
    assert not desk.home.exists()


def test_a_preview_shows_what_is_wrong(desk):
    desk.write("answers.csv", ANSWERS.replace("1.5", "-1.5"))
    code, shown, message = desk.run("--dry-run")
    assert shown["findings"]["count"] == 1
    assert shown["findings"]["first"][0]["code"] == "cell-not-positive"
    assert (code, shown["figures"]) == (2, [])
    assert 'line 2, column "重み"' in message
    assert "[import-refused]" in message
    assert not desk.home.exists()


def test_a_preview_shows_the_figures_that_would_result(desk):
    """Weights 1.5, 0.5 and 1: the answers are 5, don't know and none."""
    desk.write("answers.csv", ANSWERS + "4,東京,1,0.5,\n")
    _, shown, _ = desk.run("--dry-run")
    share, mean = shown["figures"]
    assert (share["item"], share["statistic"], share["value"], share["n"], share["n_missing"]) == (
        *("overall", "proportion", 0.75, 2),
        2,
    )
    assert (mean["statistic"], mean["value"]) == ("mean", 4.0)  # (1.5 × 5 + 0.5 × 1) / 2


def test_a_preview_counts_the_five_states(desk):
    desk.write("counts.csv", "手続,件数\n転出,0\n転入,…\n")
    same = "measure: {value: total}, period: {value: FY2025}, channel: {value: web}"
    states = "quantity: {column: 件数, states: {…: not_collected}}"
    desk.write("counts.yaml", f"fields: {{subject: 手続, {states}, {same}}}\n")
    _, shown, _ = desk.run("--dry-run", kind="volumes", file="counts.csv", mapping="counts.yaml")
    assert shown["states"] == {
        "value": 1,
        "not_collected": 1,
        "not_applicable": 0,
        "suppressed": 0,
        "unreliable": 0,
    }


def test_the_first_hundred_mistakes_are_listed_and_all_are_counted(desk):
    desk.write("answers.csv", ANSWERS + "".join(f"{row},東京,5,-1,\n" for row in range(10, 260)))
    code, shown, message = desk.run("--dry-run")
    assert (code, shown["findings"]["count"], len(shown["findings"]["first"])) == (2, 250, 100)
    assert "250 thing(s) to correct, the first 100 listed" in message


def test_columns_called_like_fields_need_no_mapping(desk):
    desk.write("plain.csv", "response_id,overall,weight\n1,5,1.5\n")
    words = ["import", "responses", desk.folder / "plain.csv", "--instrument", "resident"]
    code, receipt, _ = desk.typed(*words)
    assert (code, receipt["added"]) == (0, 1)
    desk.write("plain.csv", "response_id,満足度\n1,5\n")
    code, receipt, message = desk.typed(*words)
    assert (code, receipt) == (2, None)
    assert "[mapping-needed]" in message
    assert 'response_id: {column: "response_id"}' in message


def test_the_same_file_twice_adds_nothing(desk):
    desk.run()
    before = content(desk.home)
    _, receipt, _ = desk.run()
    assert (receipt["added"], receipt["already"], receipt["version"]) == (0, 3, 0)
    assert content(desk.home) == before


def test_a_longer_file_adds_what_is_new(desk):
    desk.run()
    desk.write("answers.csv", ANSWERS + "4,東京,4,1,\n")
    _, receipt, _ = desk.run()
    assert (receipt["added"], receipt["already"], receipt["version"]) == (1, 3, 1)


def test_a_row_that_is_stored_is_never_overwritten(desk):
    """The line is that of the file, though a cell before it holds a line break."""
    desk.run()
    desk.write(
        "answers.csv", "a\n".join(['番号,都市,満足度,重み,感想\n4,東京,4,1,"', '"\n2,ソウル,1,0.5,\n'])
    )
    message = desk.refused()
    assert "[lake-conflict]" in message
    assert (
        "line 4: The key '2' is already stored with other content (columns that differ: overall)" in message
    )


def test_everything_that_is_wrong_is_said_at_once_and_nothing_is_stored(desk):
    desk.write("answers.csv", ANSWERS + "3,大阪,とても,0,\n,東京,5,1,\n")
    message = desk.refused()
    for said in (
        "answers.csv: The file cannot be imported: 5 thing(s) to correct, the first 5 listed.",
        "line 5, column \"都市\": '大阪' is not one of the known values.",
        'line 5, column "満足度": ',
        "line 5, column \"重み\": '0' cannot be used",
        "line 5, column \"番号\": '3' already stands on line 4.",
        'line 6, column "番号": The cell is empty.',
    ):
        assert said in message
    assert not desk.home.exists()


def test_messages_are_in_the_language_of_the_person(desk, monkeypatch):
    monkeypatch.setenv("MONOSASHI_LANGUAGE", "ja")
    desk.write("answers.csv", ANSWERS.replace("1.5", "-1.5"))
    assert "2行目、列「重み」: 「-1.5」は使えません。" in desk.refused()


@pytest.mark.parametrize(
    ("codec", "asked", "read_with"),
    [
        ("utf-8-sig", None, "utf-8"),
        ("cp932", None, "cp932"),
        ("utf-16", None, "utf-16-le"),
        ("euc_jp", "euc-jp", "euc-jp"),
    ],
)
def test_encodings(desk, codec, asked, read_with):
    desk.write("answers.csv", ANSWERS.encode(codec))
    _, receipt, _ = desk.run(*(["--encoding", asked] if asked else []))
    assert (receipt["file"]["encoding"], receipt["added"]) == (read_with, 3)
    assert desk.stored(columns="response_id, city")[0] == ("1", "tokyo")


def test_an_encoding_that_is_not_certain_is_asked_about(desk):
    desk.write("answers.csv", ANSWERS.encode("euc_jp"))
    message = desk.refused()
    assert "[encoding-unsure]" in message
    assert "euc-jp: 番号,都市" in message


def test_last_years_mapping_does_not_spoil_this_years_file(desk):
    desk.write("mapping.yaml", "file: {encoding: cp932}\n" + MAPPING)
    assert "[encoding-disagrees]" in desk.refused()
    assert desk.run("--encoding", "utf-8")[0] == 0


def test_tabs_and_carriage_returns(desk):
    desk.write("answers.csv", ANSWERS.replace(",", "\t").replace("\n", "\r"))
    _, receipt, _ = desk.run()
    assert (receipt["file"]["separator"], receipt["added"]) == ("tab", 3)


def test_the_comments_of_the_same_file_go_to_their_own_table(desk):
    fields = "{response_id: 番号, item: {value: comment}, text: {column: 感想}}"
    desk.write("comments.yaml", f"table: comments\nfields: {fields}\n")
    assert "[cell-needed]" not in desk.refused(mapping="comments.yaml")
    desk.write("answers.csv", ANSWERS.replace(",\n", ",なし\n"))
    _, receipt, _ = desk.run(mapping="comments.yaml")
    assert (receipt["table"], receipt["added"]) == ("comments", 3)


def test_events_volumes_and_practices(desk):
    desk.write("log.csv", "c,a,at\n1,受付,2025-04-01 09:00\n1,交付,2025-04-02 09:00\n")
    at = '{column: at, offset: "+09:00"}'
    desk.write("log.yaml", f"fields: {{case_id: c, activity: a, occurred_at: {at}}}\n")
    assert desk.run(kind="events", file="log.csv", mapping="log.yaml")[1]["added"] == 2
    assert str(desk.stored("events", "epoch(min(occurred_at))")) == "[(1743465600.0,)]"
    desk.write("counts.csv", "手続,件数,状態\n転出,0,value\n転入,,not_collected\n")
    same = "measure: {value: total}, period: {value: FY2025}, channel: {value: web}"
    desk.write("counts.yaml", f"fields: {{subject: 手続, quantity: 件数, status: 状態, {same}}}\n")
    assert desk.run(kind="volumes", file="counts.csv", mapping="counts.yaml")[1]["added"] == 2
    assert desk.stored("volumes", "subject, quantity, status") == [
        ("転入", None, "not_collected"),
        ("転出", 0.0, "value"),
    ]
    desk.write("tests.csv", "id,day\nt-1,2025/4/1\n")
    desk.write("tests.yaml", "fields: {practice_id: id, kind: {value: user_test}, occurred_at: day}\n")
    assert desk.run(kind="practices", file="tests.csv", mapping="tests.yaml")[1]["added"] == 1


def test_the_instrument_may_be_named_instead_of_the_table(desk):
    desk.write("mapping.yaml", MAPPING.replace("table: responses/resident\n", ""))
    assert "[import-table]" in desk.refused()
    assert desk.run("--instrument", "resident")[1]["table"] == "responses/resident"
    assert "[lake-table-name]" in desk.refused("--instrument", "../volumes")


def test_a_home_may_be_named(desk):
    other = desk.folder / "ものさし 2"
    assert desk.run("--home", other)[0] == 0
    assert not desk.home.exists()
    assert DeltaLake(other / "lake").tables() == ["responses/resident"]


def test_what_cannot_be_imported_yet(desk):
    assert "[import-kind-later]" in desk.refused(kind="populations")


def test_what_is_not_there_or_not_text(desk):
    assert "[file-missing]" in desk.refused(file="none.csv")
    assert "[file-missing]" in desk.refused(mapping="none.yaml")
    assert "[file-unreadable]" in desk.refused(file=".")
    desk.write("answers.csv", b"PK\x03\x04 what begins like a workbook")
    assert "[table-damaged]" in desk.refused()
    desk.write("answers.csv", b"")
    assert "[table-empty]" in desk.refused()
    desk.write("answers.csv", ",".join(COLUMNS))
    assert "[table-empty]" in desk.refused()
    assert "[encoding-unknown]" in desk.refused("--encoding", "klingon")


def test_a_mapping_that_is_wrong_is_corrected_by_its_lines(desk):
    desk.write("mapping.yaml", MAPPING.replace("overall: 満足度", "overall: {colum: 満足度}"))
    message = desk.refused()
    assert "[mapping-invalid]" in message
    assert "line 7: There is no field called 'colum' here." in message


def test_a_mapping_is_no_place_for_a_megabyte(desk):
    desk.write("mapping.yaml", MAPPING + "#" * 1_000_000)
    assert "[file-too-large]" in desk.refused()


def test_a_cell_that_would_be_a_formula_is_text(desk):
    desk.write("mapping.yaml", MAPPING + "  memo: {column: 感想, type: text}\n")
    desk.write("answers.csv", ANSWERS.replace("良い", '"=HYPERLINK(""x"")"'))
    desk.run()
    assert desk.stored(columns="response_id, memo")[0] == ("1", '=HYPERLINK("x")')


@pytest.mark.parametrize("name", [b"\x89\xf1.csv", b"a\x1b[2Jb.csv", b"a\nb.csv", "回答.csv".encode()])
def test_whatever_a_file_is_called_its_name_is_shown_and_kept_visibly(desk, name):
    """Names from an archive of another machine are not always text."""
    path = desk.folder / os.fsdecode(name)
    path.write_bytes(ANSWERS.replace("1.5", "-1.5").encode())
    message = desk.refused(file=path.name)
    assert "\x1b" not in message
    message.encode()
    path.write_bytes(ANSWERS.encode())
    desk.run(file=path.name)
    (commit,) = desk.lake.commits("responses/resident")
    assert commit["source"].isprintable()


def test_a_lake_that_cannot_be_read_is_left_alone(desk):
    desk.run()
    log = desk.home / "lake" / "responses" / "resident" / "_delta_log"
    (log / f"{0:020}.json").write_text("damaged")
    assert "[lake-damaged]" in desk.refused()


def test_reading_is_stopped_where_it_needs_too_much(desk, monkeypatch):
    def stopped(*_):
        raise errors.IMPORT_STOPPED(reason_ja="120秒の上限", reason_en="the limit of 120 s")

    monkeypatch.setattr(process, "confined", stopped)
    assert "Reading was stopped (the limit of 120 s). Nothing was stored." in desk.refused()


def test_in_a_process_of_its_own_it_is_the_same(desk, monkeypatch):
    monkeypatch.undo()
    monkeypatch.setenv("MONOSASHI_HOME", str(desk.home))
    assert desk.run()[1]["added"] == 3
