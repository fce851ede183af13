"""Public pages as anyone gets them: words, states, headers. No database: the pages read an edition only."""

import gzip
import re
from pathlib import Path

import pytest
from django.core.cache import cache
from django.test import Client

import monosashi.web.publish as package
from web.pages import PAGES, address
from web.sample_edition import FILES, sample_edition

STATIC = Path(package.__file__).parent / "static" / "monosashi"
LANGUAGES = ("ja", "en")


@pytest.fixture(autouse=True)
def sample(settings) -> None:
    settings.MONOSASHI_EDITION_READER = "web.sample_edition.SampleEditions"
    cache.clear()


@pytest.fixture
def nothing_published(settings) -> None:
    settings.MONOSASHI_EDITION_READER = "web.sample_edition.NoEditions"


def body(client: Client, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == 200, path
    return answer.content.decode()


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("path", PAGES)
def test_a_page_has_one_heading_its_language_and_nothing_inline(
    client: Client, path: str, language: str
) -> None:
    page = body(client, address(path, language))
    assert len(re.findall(r"<h1[ >]", page)) == 1
    assert f'<html lang="{language}">' in page
    assert not re.search(r"<script|<style| style=| on[a-z]+=", page)
    assert page.index('class="skip"') < page.index("<header")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("path", PAGES)
def test_a_page_with_its_style_stays_under_60_kb(client: Client, path: str, language: str) -> None:
    styles = sum(
        (STATIC / name).stat().st_size for name in ("tokens.css", "base.css", "components.css", "print.css")
    )
    assert len(client.get(address(path, language)).content) + styles < 60_000


@pytest.mark.parametrize("path", PAGES)
def test_every_id_is_used_once(client: Client, path: str) -> None:
    ids = re.findall(r'\bid="([^"]+)"', body(client, path))
    assert len(ids) == len(set(ids))


@pytest.mark.parametrize("path", PAGES)
def test_synthetic_figures_are_labeled_on_every_page(client: Client, path: str) -> None:
    assert "見本のデータです。" in body(client, path)
    assert "Sample data." in body(client, f"/en{path}")


def test_the_front_page_says_the_figure_as_a_sentence(client: Client) -> None:
    page = re.sub(r"<[^>]+>", "", body(client, "/"))
    assert "東京では、100人のうち55〜65人がデジタルサービスに全体として満足しています。" in page
    assert "In Tokyo, between 55 and 65 of every 100 people are satisfied" in body(client, "/en/")


def test_the_front_page_has_five_rows_of_quality_and_three_findings(client: Client) -> None:
    page = body(client, "/en/")
    rows = page[page.index('id="quality"') : page.index('id="foundations-h"')]
    assert rows.count('class="row"') == 5
    assert page[page.index('class="findings"') :].count("<li>") >= 3
    assert "not distinguishable" in rows
    assert "312 of 400 procedures" in rows
    assert "Nothing yet." in page


def test_the_target_is_named_with_its_year(client: Client) -> None:
    assert "目標70%（2022年度）には届いていません。" in body(client, "/")


def test_each_of_the_five_states_is_told_apart(client: Client) -> None:
    page = body(client, "/en/indicators/participation/")
    assert "52.8" in page
    assert "a few contributors make up nearly all of it" in page  # suppressed
    assert "the indicator does not apply here" in page  # not applicable
    assert "not collected" in page
    assert "few answers: take it as a hint only" in body(client, "/en/indicators/satisfaction/")  # unreliable


def test_a_change_of_the_mix_is_not_called_one_of_the_quality(client: Client) -> None:
    page = body(client, "/indicators/participation/")
    assert "全体では47.2%から52.8%に上がりましたが" in page
    assert "298の単位では53.3%から52.8%に下がりました。変わったのは内訳で、質ではありません" in page
    english = body(client, "/en/indicators/participation/")
    assert "the mix changed, not the quality (22 left, 19 of them without a count any more" in english
    assert "stopped reporting 19" in english
    assert "the mix changed" in body(client, "/en/")
    assert "内訳が変わりました" in body(client, "/")


def test_the_side_nobody_measured_is_said_to_be_missing_not_zero(client: Client) -> None:
    page = body(client, "/indicators/time/")
    assert "実際の記録" in page
    assert "ゼロという意味ではありません" in page


def test_the_question_stands_word_for_word_with_its_version(client: Client) -> None:
    item = sample_edition().guideline.item("overall")
    page = body(client, "/indicators/satisfaction/")
    assert item.text.ja in page
    assert f"質問文の版 {item.wording_version}" in page


def test_a_line_that_is_not_joined_says_why(client: Client) -> None:
    page = body(client, "/en/indicators/findability/")
    assert "The line is not joined: in FY2024 the definition changed from version 0 to 1" in page


def test_tabs_are_links(client: Client) -> None:
    assert "女性" in body(client, "/indicators/satisfaction/?by=sex")
    assert "30代" in body(client, "/indicators/satisfaction/?by=age_band")
    assert "30代" in body(client, "/indicators/satisfaction/?by=anything")


def test_an_empty_cell_of_the_source_stays_empty(client: Client) -> None:
    assert "—（指針では定めていません）" in body(client, "/principles/4/")
    assert "まだデータがありません" in body(client, "/principles/1/")


def test_hostile_labels_are_text(client: Client) -> None:
    page = body(client, "/indicators/participation/")
    assert "<script" not in page
    assert "&lt;script&gt;alert" in page


def test_the_method_works_the_readers_own_figure_through(client: Client) -> None:
    page = body(client, "/en/method/")
    assert "0.0246" in page  # √(0.60 × 0.40 / 395)
    assert "55.2–64.8%" in page  # 0.60 ± 1.96 × 0.0246


@pytest.mark.parametrize(
    "path", ["/indicators/none/", "/principles/11/", "/data/FY2025/secret.key", "/data/FY1999/edition.json"]
)
def test_what_an_edition_does_not_hold_does_not_exist(client: Client, path: str) -> None:
    assert client.get(path).status_code == 404


def test_files_come_as_they_were_published(client: Client) -> None:
    answer = client.get("/data/FY2025/estimates.csv")
    assert answer.content == FILES["estimates.csv"]
    assert answer["Content-Disposition"] == 'attachment; filename="estimates.csv"'
    assert answer["Content-Type"].startswith("text/csv")


def test_the_figures_of_an_indicator_as_csv(client: Client) -> None:
    lines = client.get("/indicators/participation/data.csv").content.decode().splitlines()
    assert lines[0].startswith(
        "edition,indicator,measure,period,definition_version,organization,status,reason,value"
    )
    assert any(line.startswith("FY2025,participation,actual,FY2025,1,_T,value,,0.528") for line in lines)
    assert any(",not_collected,no_rows,,," in line for line in lines)


def test_an_unchanged_page_is_not_sent_again(client: Client) -> None:
    first = client.get("/")
    assert "max-age" in first["Cache-Control"]
    assert first["Last-Modified"] == "Wed, 20 May 2026 00:00:00 GMT"
    assert client.get("/", headers={"if-none-match": first["ETag"]}).status_code == 304


def test_a_page_is_sent_compressed_to_those_who_take_it(client: Client) -> None:
    plain = client.get("/")
    packed = client.get("/", headers={"accept-encoding": "br, gzip"})
    assert gzip.decompress(packed.content) == plain.content
    assert (packed["Content-Encoding"], packed["Vary"]) == ("gzip", "Accept-Encoding")
    assert len(packed.content) < len(plain.content) / 3
    assert packed["ETag"] != plain["ETag"]
    again = {"accept-encoding": "gzip", "if-none-match": packed["ETag"]}
    assert client.get("/", headers=again).status_code == 304


def test_a_page_is_rendered_once_for_each_language_and_choice(client: Client) -> None:
    seen = {
        client.get(path)["ETag"]
        for path in ("/", "/en/", "/indicators/satisfaction/?by=sex", "/indicators/satisfaction/")
    }
    assert len(seen) == 4


@pytest.mark.usefixtures("nothing_published")
def test_without_an_edition_the_front_page_says_what_to_do(client: Client) -> None:
    assert "monosashi edition build" in body(client, "/")
    assert "Nothing has been published yet" in body(client, "/en/")
    assert client.get("/indicators/satisfaction/").status_code == 404
    assert client.get("/indicators/satisfaction/data.csv").status_code == 404
