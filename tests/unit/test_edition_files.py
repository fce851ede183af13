"""An edition as bytes: the same there and back, the same every time, and no formula in it."""

from __future__ import annotations

import json

import pytest

from monosashi.define.text import Text
from monosashi.errors import Problem
from monosashi.publish import safe_csv
from monosashi.publish.edition_files import sha256, write_edition
from monosashi.publish.edition_reader import read_edition
from publication import contents, disclosed


def damaged(files, **changed):
    """The same files with some replaced, and the manifest's digests made to fit."""
    files = {**files, **{name.replace("_", "."): content for name, content in changed.items()}}
    manifest = json.loads(files["edition.json"])
    manifest["files"] = {name: sha256(files[name]) for name in manifest["files"]}
    return {**files, "edition.json": json.dumps(manifest).encode()}


def test_what_is_written_is_what_is_read():
    edition = read_edition(write_edition(contents()))
    assert edition.estimates == disclosed().estimates
    assert edition.changes == disclosed().changes
    assert edition.coverage == disclosed().coverage
    assert edition.roadmap == tuple(contents().roadmap)
    assert edition.guideline == contents().guideline
    assert edition.labels["city"] == {"tokyo": Text(ja="東京", en="Tokyo")}
    assert (edition.id, edition.synthetic, edition.tables) == ("FY2025", True, {"responses/resident": 3})


def test_the_same_edition_is_the_same_bytes():
    assert write_edition(contents()) == write_edition(contents())


def test_the_table_reads_as_people_expect():
    header, first = write_edition(contents())["estimates.csv"].decode().splitlines()[:2]
    assert header.startswith("indicator,measure,period,definition_version,city,age_band,status,reason,value")
    assert first.startswith(
        "satisfaction,perceived,FY2024,1,tokyo,_T,value,,0.3,0.26,0.35,0.95,korn_graubard,500"
    )


def test_the_sums_are_those_of_sha256sum():
    files = write_edition(contents())
    lines = files["SHA256SUMS"].decode().splitlines()
    assert lines == [f"{sha256(files[name])}  {name}" for name in sorted(set(files) - {"SHA256SUMS"})]


def test_the_codebook_names_every_column_of_every_table():
    files = write_edition(contents())
    _, rows = safe_csv.read(files["codebook.csv"])
    for file in ("estimates.csv", "changes.csv", "coverage.csv", "roadmap.csv"):
        header, _ = safe_csv.read(files[file])
        assert set(header) <= {row["column"] for row in rows if row["file"] == file}


def test_a_changed_byte_is_found():
    files = write_edition(contents())
    with pytest.raises(Problem) as problem:
        read_edition({**files, "estimates.csv": files["estimates.csv"].replace(b"0.3,", b"0.9,")})
    assert [finding.kind.code for finding in problem.value.findings] == ["edition-file-changed"]


def test_unknown_columns_and_states_are_named():
    files = write_edition(contents())
    with pytest.raises(Problem) as problem:
        read_edition(
            damaged(
                files,
                estimates_csv=files["estimates.csv"].replace(b",suppressed,", b",secret,"),
                coverage_csv=files["coverage.csv"].replace(b"subject", b"topic"),
            )
        )
    codes = {finding.kind.code: finding for finding in problem.value.findings}
    assert set(codes) == {"edition-state", "edition-columns"}
    assert (codes["edition-state"].row, codes["edition-state"].column) == (4, "status")


def test_a_number_beside_a_suppressed_state_is_refused():
    files = write_edition(contents())
    forged = files["estimates.csv"].replace(b"suppressed,small_cell,,", b"suppressed,small_cell,0.5,")
    with pytest.raises(Problem, match="edition-damaged"):
        read_edition(damaged(files, estimates_csv=forged))


def test_a_folder_without_a_manifest_is_no_edition():
    with pytest.raises(Problem, match=r"edition\.json"):
        read_edition({"estimates.csv": b""})


@pytest.mark.parametrize("text", ["=1+1", "+81", "-x", "@SUM(A1)", "\t=1", "＝1+1", "'=1", "', '"])
def test_no_text_can_run_as_a_formula_and_all_come_back(text):
    content = safe_csv.write(["note", "number"], [[text, -0.5]])
    line = content.decode().split("\n", 1)[1]
    assert line.lstrip('"').startswith("'")
    assert ",-0.5" in line
    assert safe_csv.read(content)[1] == [{"note": text, "number": "-0.5"}]
