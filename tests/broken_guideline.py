"""The Tokyo guideline broken in every way that its readers must notice, one way at a time."""

from __future__ import annotations

from dataclasses import dataclass

from broken_house import ROOT

SHELF = ROOT / "guideline" / "tokyo" / "1.1.0"
TOKYO = {path.relative_to(SHELF).as_posix(): path.read_bytes() for path in SHELF.rglob("*") if path.is_file()}

HEADER, CUSTOMER, EASE = "guideline.yaml", "principles/01-customer.yaml", "indicators/usability.yaml"
ITEM, SCALES, FACTS, ROAD = "items/usability.yaml", "scales.yaml", "facts.csv", "roadmap/milestones.csv"
SOURCE = "行動指針のバージョンアップについて"


@dataclass(frozen=True)
class Break:
    """In `file`, `old` becomes `new`; the finding stands on the line that holds `at` and says `said`."""

    file: str
    old: str
    new: str
    code: str
    at: str
    said: str
    told_in: str = ""  # the file the finding names, where it is another

    def files(self) -> dict[str, bytes]:
        text = TOKYO[self.file].decode()
        assert self.old in text, f"{self.old!r} is not in {self.file}"
        return {**TOKYO, self.file: text.replace(self.old, self.new, 1).encode()}


YAML = {
    "a key twice": Break(
        CUSTOMER, "id: customer\n", "id: customer\nid: other\n", "key-twice", "id: other", "Keep one"
    ),
    "a tab": Break(CUSTOMER, "  ja: 顧客視点", "\tja: 顧客視点", "tab", "\tja:", "two for each level"),
    "a quote never closed": Break(
        ITEM, "ja: 使いにくい", 'ja: "使いにくい', "unreadable", 'ja: "使', "a quote further up"
    ),
    "an anchor": Break(EASE, "unit: share", "unit: &u share", "alias", "&u", "Write the value out"),
}

FIELDS = {
    "no English": Break(
        ITEM, "  en: To find", "  # ", "one-language", "purpose:", "'purpose' has no text in 'en'. Write both"
    ),
    "blank English": Break(
        CUSTOMER, "  en: Let's", "  en: '' # ", "one-language", "title:", "'title' has no text in 'en'"
    ),
    "a bare text": Break(
        ITEM, "purpose:\n", "purpose: x\nx:\n", "value", "purpose: x", "a pair of 'ja: …' and 'en: …'"
    ),
    "a misspelled field": Break(
        EASE, "practical_t", "practica_t", "key-unknown", "practica_t", "Nearest: practical_threshold"
    ),
    "a misspelled field within": Break(
        EASE, "favourable", "favorable", "key-unknown", "favorable:", "Nearest: favourable"
    ),
    "a field left out": Break(ITEM, "scale: satisfaction\n", "", "key-missing", "id:", "Add scale: …"),
    "a word for a number": Break(EASE, "order: 4", "order: four", "value", "order:", "Write a whole number"),
    "a number for a word": Break(
        ITEM, 'version: "1"', "version: 1", "value", "wording_version", "put quotes around a bare number"
    ),
    "a word that is not offered": Break(
        EASE, "role: component", "role: part", "value", "role:", "one of kgi, participation, component"
    ),
    "a name with blanks": Break(EASE, "id: usability", "id: so so", "value", "id: so so", "small letters"),
    "a day that is none": Break(
        HEADER, "decided_on: null", "decided_on: 2022-02-30", "value", "decided_on", "a date like 2022-03-31"
    ),
    "a list for a code": Break(
        EASE, "favourable: [4, 5]", "favourable: [[4], 5]", "value", "favourable:", "a number or a text"
    ),
    "a source left out": Break(
        EASE, f"  source: {SOURCE}\n", "", "unreferenced", "reference:", "Name the document (source)"
    ),
    "a source left blank": Break(
        EASE, f"source: {SOURCE}", "source: ''", "unreferenced", "source: ''", "Name the document (source)"
    ),
    "percent for a share": Break(
        "indicators/awareness.yaml", "value: 0.70", "value: 70", "share", "value: 70", "0.70 for 70 percent"
    ),
}

NAMES = {
    "an id twice": Break(
        SCALES, "id: awareness", "id: satisfaction", "id-twice", "id: satisfaction", "used by scales.yaml:1"
    ),
    "a KPI twice": Break(
        CUSTOMER, "id: p01-nps", "id: p01-user-tests", "id-twice", "p01-user-tests", f"used by {CUSTOMER}:"
    ),
    "a fact twice": Break(
        FACTS, "\ncomponents,", "\nadditions,", "id-twice", "additions,4", "used by facts.csv:5"
    ),
    "a dangling item": Break(
        EASE, "item: usability", "item: usabilty", "not-there", "item: usabilty", "Nearest: usability"
    ),
    "a dangling parent": Break(
        EASE, "parent: satisfaction", "parent: happiness", "not-there", "parent:", "add it to indicators/"
    ),
    "a dangling scale": Break(
        ITEM, "scale: satisfaction", "scale: satisfied", "not-there", "scale:", "Nearest: satisfaction"
    ),
    "a code no scale has": Break(
        EASE, "favourable: [4, 5]", "favourable: [4, 6]", "not-there", "favourable:", "names 6, which does"
    ),
    "a wording for nobody": Break(
        "items/overall.yaml", "  review:", "  staff:", "not-there", "staff:", "add it to asked_in"
    ),
    "a dangling initiative": Break(ROAD, "\nagile,", "\nagil,", "not-there", "agil,", "Nearest: agile"),
    "another file name": Break(
        EASE, "id: usability", "id: usable", "file-name", "id: usable", "Call the file usable.yaml"
    ),
    "a principle's number twice": Break(
        CUSTOMER, "number: 1\n", "number: 2\n", "principles", "principle_count",
        "Lacking: 1. Too many: 2.", told_in=HEADER,
    ),
}  # fmt: skip

ROADMAP = {
    "a half outside": Break(
        ROAD, "user-testing,2022H2", "user-testing,2022H1", "half", ",2022H1,", "roadmap (2022H2 to 2025H2)"
    ),
    "no half at all": Break(
        ROAD, "user-testing,2022H2,2022H2", "user-testing,2022H2,2022", "half", "2022H2,2022,", "like 2023H1"
    ),
    "from after to": Break(
        ROAD, "user-testing,2023H1,2024H2", "user-testing,2023H2,2023H1", "half", "2023H2,2023H1",
        "from no later than to",
    ),
    "a year that is none": Break(
        ROAD, "user-testing,2022H2", "user-testing,0000H1", "half", ",0000H1,", "'0000H1' is not a fiscal"
    ),
    "a year for a half": Break(
        HEADER, "  to: 2025H2", "  to: 2025", "value", "to: 2025", "put quotes around a bare number"
    ),
    "a road backwards": Break(
        HEADER, "  to: 2025H2", "  to: 2021H2", "roadmap", "roadmap:", "from '2022H2' to '2021H2'"
    ),
    "milestones without a road": Break(
        HEADER, "roadmap:\n  from: 2022H2\n  to: 2025H2\n", "", "key-missing", "id: tokyo", "Add roadmap: …"
    ),
}  # fmt: skip

REST = {
    "a measure without its item": Break(
        EASE, "    item: usability\n", "", "measure", "- id: perceived", "needs 'item'. Add item: …"
    ),
    "growth of answers": Break(
        EASE, "    statistic: proportion\n", "    statistic: growth\n    quantity: usability\n", "volumes",
        "table: responses/resident", "Set table to volumes, or choose another",
    ),
    "something under —": Break(
        "principles/02-simple.yaml", "\nkpis:\n", "\nnot_applicable: [kpis.output]\nkpis:\n",
        "not-applicable", "not_applicable:", "Take it out of not_applicable",
    ),
    "a column renamed": Break(
        FACTS, "title_ja", "title", "columns", "id,value", "Lacking: title_ja. Unknown: title."
    ),
    "a comma too many": Break(
        FACTS, "\ncomponents,4", "\ncomponents,4,0", "cells", "components,4,0", "9 cells for 8 columns"
    ),
    "a figure without a source": Break(
        FACTS, f"residents' satisfaction,{SOURCE},3. ", "residents' satisfaction,,3. ", "unreferenced",
        "components,4", "does not say where it comes from",
    ),
    "a cell in one language": Break(
        FACTS, "Number of principles", "", "one-language", "principles,10", "no text in 'en'"
    ),
}  # fmt: skip

BROKEN = {**YAML, **FIELDS, **NAMES, **ROADMAP, **REST}
