"""Files of other forms that really arrived somewhere, compared cell by cell with the same data in CSV."""

from __future__ import annotations

import csv
import io

import pytest

from arrivals import Norm, mapped
from formats import as_xlsx
from monosashi.adapters.opened_file import open_file
from monosashi.errors import Problem
from monosashi.gather.mapping import FileFormat
from monosashi.pipeline import Delivery, read_delivery
from shared_data import shared

pytestmark = pytest.mark.real_data
STAFF = "uk-civil-service-people-survey"


def opened(folder, name, **form):
    return open_file(shared("data", folder, name).read_bytes(), FileFormat(**form), None, name)


def long_scores():
    """(organization, measure) → score, as another program took it out of the same sheets."""
    text = shared("data", STAFF, "csps2020_orgscores_long.csv").read_text("utf-8-sig")
    rows = csv.DictReader(io.StringIO(text))
    return {(row["organisation_code"], row["measure"]): row["value"] for row in rows}


def test_the_ods_of_the_people_survey_has_the_values_of_its_long_form():
    """Scores of 109 organizations and two benchmarks, to the last digit."""
    rows, long = opened(STAFF, "csps2020_org_scores.ods", sheet="Table_2").rows, long_scores()
    measures = [name for name in rows.header if ("AGO", name) in long]
    cells = {
        (code, name): cell
        for name in measures
        for code, cell in zip(rows.column("Organisation code"), rows.column(name), strict=True)
    }
    found = {key: float(cell) for key, cell in cells.items() if cell.replace(".", "", 1).isdigit()}
    assert (len(rows), len(found) > 7_000) == (111, True)
    assert found == {key: float(long[key]) for key in found}


def test_its_sheets_have_to_be_named():
    with pytest.raises(Problem) as problem:
        opened(STAFF, "csps2020_org_scores.ods")
    assert problem.value.details["sheets"] == "Contents, Table_1, Table_2, Table_3_1, Table_3_2"


def test_the_national_inventory_of_procedures_in_parquet():
    found = opened("jp-procedures-inventory-2025", "procedures_data.parquet")
    assert (found.form, len(found.rows)) == ("parquet", 75_071)


def test_population_of_seoul_with_groups_as_they_are_written():
    """The districts add up to the city, which stands in the first row."""
    content = shared("data", "city-population-margins", "seoul_202504_age_sex_cp949.csv").read_bytes()
    column = "2025년04월_남_총인구수"
    fields = f'response_id: 행정구역\nmen: {{column: {column}, type: integer, numbers: "1,234.5"}}'
    delivery = Delivery("responses", "f", content, mapped(fields, table="responses/district"), None, "cp949")
    preview = read_delivery(delivery, Norm(), open_file)
    assert preview.findings.count == 0
    city, *districts = preview.records.fields["men"]
    assert city == sum(districts)


def test_municipalities_written_as_a_workbook_come_back():
    """1,916 rows of Japanese text and codes with leading zeros."""
    rows = opened("jp-local-governments", "localgovjp-utf8.csv").rows
    named = zip(rows.header, rows.columns, strict=True)
    columns = [(name, "text", [cell or None for cell in cells]) for name, cells in named]
    again = open_file(as_xlsx(columns), FileFormat(), None, "f").rows
    assert (again.header, len(again)) == (rows.header, 1916)
    assert [list(cells) for cells in again.columns] == [list(cells) for cells in rows.columns]
