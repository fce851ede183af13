"""The guideline as data: what is good, from which date, says who.

Every class is the shape of one kind of YAML file (or CSV row) under ``guideline/<name>/<version>/``.
Reading files is the adapters' work; here are only the concepts and the rules that tie them together.
"""

from __future__ import annotations

import re
from datetime import date
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from monosashi.define.text import Text

Role = Literal["kgi", "participation", "component", "foundation", "dialogue"]
Perspective = Literal["perceived", "actual"]
Basis = Literal["probability", "quota_panel", "census", "register", "opt_in"]
Id = Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9_-]*$")]  # part of paths, links and column names


Unknown = Literal["unknown"]
Answer = int | float | str | bool  # what a cell of a table may hold


class Model(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)


class Reference(Model):
    """Where a fact comes from: a document and a place in it."""

    source: str = Field(min_length=1)
    place: str | None = None


ScaleCode = (  # 4 of a scale, tokyo of a list of cities
    Annotated[int, Field(ge=0)] | Annotated[str, Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9_.-]*$")]
)


# columns of choices that a spreadsheet already has a meaning for
_TAKEN = {"list_name", "name", "label", "exclusive", "missing", "other", "media", "image", "big-image"}
_TAKEN |= {"audio", "video", "caption", "command", "tag", "value", "title", "calculate", "readonly"}


def _property(name: str) -> str:
    if not re.fullmatch(r"[A-Za-z_][A-Za-z0-9_.-]*", name) or name.lower() in _TAKEN:
        raise ValueError(f"a name of letters, digits and _ other than {', '.join(sorted(_TAKEN))}")
    return name


PropertyName = Annotated[str, AfterValidator(_property)]


class Scale(Model):
    """The answers an item offers, in order, with their codes; or the numbers that fit.

    `exclusive` codes of a scale of `many` go with no other ("none of these"), `other` opens a line of text,
    `properties` are further facts about a code that a choice filter may name.
    """

    id: Id
    title: Text
    kind: Literal["one", "many", "text", "integer", "decimal", "date", "time"] = "one"
    codes: dict[ScaleCode, Text]
    favourable: tuple[ScaleCode, ...] = ()
    missing: tuple[ScaleCode, ...] = ()
    exclusive: tuple[ScaleCode, ...] = ()
    other: ScaleCode | None = None
    properties: dict[ScaleCode, dict[PropertyName, str]] = Field(default_factory=dict)
    lowest: int | None = None
    highest: int | None = None
    lines: int = Field(default=1, ge=1, le=50)  # of a text: more than one is a box


class Item(Model):
    """One question with its exact wording. A changed wording is a new `wording` version."""

    id: Id
    wording_version: str
    text: Text
    text_in: dict[str, Text] = Field(default_factory=dict)  # instrument → its own wording of `text`
    hint: Text | None = None  # how to answer
    scale: str
    purpose: Text
    asked_in: tuple[str, ...]  # instruments: resident, staff, review, ...

    def text_of(self, instrument: str) -> Text:
        return self.text_in.get(instrument, self.text)


class Measurement(Model):
    """How the guideline says that an indicator is to be measured; the perspective where it names one."""

    method: Literal["survey", "sampled_procedures", "sampled_services", "records"]
    perspective: Perspective | None = None
    note: Text | None = None


class Baseline(Model):
    """What a reduction is measured against: fixed once, with its period and the place that sets it."""

    value: float = Field(gt=0)
    period: str = Field(min_length=1)
    units: int | None = Field(default=None, ge=1)  # how many units it was counted in
    reference: Reference


class Measure(Model):
    """How this platform computes one figure of an indicator from a table of the lake.

    `table` is ``responses/<instrument>``, ``volumes``, ``events`` or ``practices``. `by` lists the domains
    that are published, each a tuple of columns; the empty tuple is everybody. Nothing else is released.
    """

    id: str  # unique within the indicator: "perceived", "actual", ...
    perspective: Perspective | None = None
    table: str
    statistic: Literal["proportion", "mean", "share", "sum", "count", "per", "growth", "reduction"]
    item: str | None = None  # survey statistics
    favourable: tuple[Answer, ...] = ()
    missing: tuple[Answer, ...] = ()
    where: dict[str, Answer | tuple[Answer, ...]] = Field(default_factory=dict)
    numerator: dict[str, Answer | tuple[Answer, ...]] = Field(
        default_factory=dict
    )  # share: rows that count, e.g. {channel: online}; per: rows of the numerator, e.g. {measure: cost}
    denominator: dict[str, Answer | tuple[Answer, ...]] = Field(
        default_factory=dict
    )  # per: {measure: visits}
    quantity: str | None = None  # the column that is added up
    baseline: Baseline | None = None  # reduction
    by: tuple[tuple[str, ...], ...] = ((),)
    headline: dict[str, str] = Field(default_factory=dict)  # the domain whose figure stands for the measure
    basis: Basis
    population: Text  # who is spoken about
    predicate: Text | None = None  # what is true of those who count: "満足しています", "are satisfied"
    stratum: tuple[str, ...] = ()
    fpc: str | None = None
    definition_version: str
    comparable_with: tuple[str, ...] = ()  # earlier definition versions that a series may be joined with


class Target(Model):
    fiscal_year: int
    value: float
    reference: Reference


class Indicator(Model):
    """What is judged. `measures` may be empty: then the figure is `not_collected` and the page says so."""

    id: Id
    role: Role
    parent: str | None = None
    order: int
    title: Text
    short: Text  # the question a resident would ask
    definition: Text
    unit: Literal["share", "score", "count", "minutes", "days", "yen"]
    measurement: tuple[Measurement, ...]
    measures: tuple[Measure, ...] = ()
    targets: tuple[Target, ...] = ()
    practical_threshold: float  # a smaller change is not worth calling a change
    not_covered: Text  # what this figure does not say
    reference: Reference


class Kpi(Model):
    """A KPI that the guideline gives as an example. `also` holds other wordings the source has for it."""

    id: Id
    level: Literal["output", "outcome"]
    title: Text
    also: tuple[Text, ...] = ()
    note: Text | None = None


class Milestone(Model):
    start: str = Field(alias="from")  # fiscal half "2022H2"
    end: str = Field(alias="to")
    text: Text
    note: Text | None = None  # where the source leaves the span or the wording open


class Initiative(Model):
    """A mechanism on the roadmap that the bureau leads across the government."""

    id: Id
    number: int
    title: Text
    department: Text
    milestones: tuple[Milestone, ...]
    also: tuple[Text, ...] = ()
    note: Text | None = None


class Phase(Model):
    phase: str  # plan, build, run, or what the source calls it
    title: Text
    practices: tuple[Text, ...]


class Principle(Model):
    """One of the ten principles. `not_applicable` names the parts that the source marks with —."""

    number: int
    id: Id
    title: Text
    also: tuple[Text, ...] = ()  # other forms of the title that the source uses
    summary: Text | None = None  # what it asks, in our own words
    direction: Text | None = None
    first_step: Text | None = None
    phases: tuple[Phase, ...] = ()
    viewpoints: tuple[Text, ...] = ()
    actions: tuple[Text, ...] = ()
    kpis: tuple[Kpi, ...] = ()
    initiatives: tuple[Initiative, ...] = ()
    not_applicable: tuple[str, ...] = ()  # "kpis.output"
    notes: tuple[Text, ...] = ()


class Fact(Model):
    """One published figure, with the day it held and where it stands."""

    id: Id
    value: float | int | str
    unit: str
    as_of: str
    title: Text
    reference: Reference


class Policy(Model):
    """What may be published, and with how many digits (section 7 of the security promises)."""

    minimum_cell: int
    count_rounding: int
    whole_percent_from: int
    one_decimal_from: int
    class_disclosure: bool
    dominance_contributors: int
    dominance_share: float
    reliable_minimum_n: int
    reliable_minimum_n_effective: float
    reliable_maximum_interval_width: float
    reliable_minimum_df: int
    reference: Reference


class Survey(Model):
    """A survey behind the guideline: who was asked, how, when and about what. Its figures are facts."""

    id: Id
    title: Text
    purpose: Text
    population: Text
    mode: Text
    start: date = Field(alias="from")
    end: date = Field(alias="to")
    topics: tuple[Text, ...]
    notes: tuple[Text, ...] = ()
    reference: Reference


Count = Annotated[int, Field(strict=True, gt=0)] | Annotated[float, Field(strict=True, gt=0)] | Unknown


class Margin(Model):
    """How many people each category of a variable has. What no source tells is ``unknown``.

    `variable` is a column, or several crossed: with ``sex,age`` the categories are ``male,0-14`` and so on.
    `differs` says why the total is another than that of a margin of the same day.
    """

    variable: str = Field(min_length=1)
    as_of: str = Field(min_length=1)
    totals: dict[str, Count] = Field(min_length=1)
    differs: Text | None = None
    reference: Reference

    @property
    def variables(self) -> tuple[str, ...]:
        return tuple(self.variable.split(","))

    @property
    def key(self) -> str:
        """sex,age@2015: a variable at a time."""
        return f"{self.variable}@{self.as_of}"

    @property
    def known(self) -> dict[tuple[str, ...], float] | None:
        """The number of people of each category; None unless all are known."""
        counts = {tuple(name.split(",")): count for name, count in self.totals.items()}
        known = {name: float(count) for name, count in counts.items() if not isinstance(count, str)}
        return known if len(known) == len(counts) else None


class Population(Model):
    """The people of a city, as official statistics count them: what samples are weighted to."""

    id: Id
    title: Text
    covers: Text  # who is counted
    terms: Text  # of reuse
    margins: tuple[Margin, ...] = Field(min_length=1)
    notes: tuple[Text, ...] = ()


class Wordings(Model):
    """Words or short phrases as people write them; inflection is the reader's business."""

    ja: tuple[str, ...]
    en: tuple[str, ...]

    def of(self, language: str) -> tuple[str, ...]:
        return self.en if language == "en" else self.ja


class Theme(Model):
    """What a comment can be about. `words` suggest it; a person decides."""

    id: Id
    title: Text
    definition: Text
    words: Wordings


class CodeFrame(Model):
    """The themes that free-text answers are coded by, and the words that say what people think of them.

    `able` are words of success: only their denial (it cannot be found) tells something. Whole answers that
    are in `nothing` say nothing. Changed words are a new `version`.
    """

    id: Id
    version: str = Field(min_length=1)
    title: Text
    covers: Text  # which comments it is made for
    themes: tuple[Theme, ...] = Field(min_length=1)
    good: Wordings
    bad: Wordings
    wish: Wordings
    able: Wordings
    nothing: Wordings
    reference: Reference

    @property
    def polarity(self) -> dict[str, Wordings]:
        return {"good": self.good, "bad": self.bad, "wish": self.wish, "able": self.able}


class OutlinedGroup(Model):
    """Questions that belong together; they are skipped together where `relevant` does not hold."""

    id: Id
    title: Text | None = None
    relevant: str | None = None
    parent: str | None = None


class OutlinedQuestion(Model):
    """An item of the bank at its place in a questionnaire, or a note that is read and not answered.

    Its words and its choices are the bank's. `id` is needed for a note, and where an item is asked twice.
    """

    item: str | None = None
    note: Text | None = None
    id: Id | None = None
    group: str | None = None
    relevant: str | None = None
    required: bool | str = False  # true, or an expression
    required_message: Text | None = None
    choice_filter: str | None = None

    @property
    def name(self) -> str:
        return self.id or self.item or ""


class Outline(Model):
    """A questionnaire of the guideline: which items, in which order, of whom.

    `worded_as` names the instrument whose wording of the items (`text_in`) is used; itself by default.
    """

    id: Id
    title: Text
    about: Text | None = None  # read before the first question
    thanks: Text | None = None  # read after the last
    worded_as: str | None = None
    groups: tuple[OutlinedGroup, ...] = ()
    asked: tuple[OutlinedQuestion, ...] = Field(min_length=1, alias="questions")
    reference: Reference | None = None

    @property
    def instrument(self) -> str:
        return self.worded_as or self.id


class Roadmap(Model):
    """The fiscal halves that the roadmap runs through, first and last included."""

    start: str = Field(alias="from")
    end: str = Field(alias="to")


class Header(Model):
    """What `guideline.yaml` says: the version itself, before any of its parts."""

    id: str
    version: str
    title: Text
    government: Text
    decided_on: date | None
    supersedes: str | None
    mission: Text | None
    vision: Text | None
    values: Text | None
    applies_to: Text | None = None  # who must follow it
    governance: tuple[Text, ...] = ()
    management: tuple[Text, ...] = ()
    additions: tuple[Text, ...] = ()  # what this version adds to the one before
    comments: tuple[Text, ...] = ()  # what the council said that led to this version
    questions: tuple[Text, ...] = ()  # what the council is asked about it
    notes: tuple[Text, ...] = ()
    reference: Reference
    principle_count: int | None = None
    roadmap: Roadmap | None = None


class Guideline(Header):
    """A versioned norm, whole."""

    principles: tuple[Principle, ...]
    indicators: tuple[Indicator, ...] = ()
    items: tuple[Item, ...] = ()
    scales: tuple[Scale, ...] = ()
    facts: tuple[Fact, ...] = ()
    surveys: tuple[Survey, ...] = ()
    populations: tuple[Population, ...] = ()
    code_frames: tuple[CodeFrame, ...] = ()
    questionnaires: tuple[Outline, ...] = ()
    policy: Policy | None = None

    def indicator(self, id: str) -> Indicator:
        return next(indicator for indicator in self.indicators if indicator.id == id)

    def population(self, id: str) -> Population:
        return next(population for population in self.populations if population.id == id)

    def code_frame(self, id: str) -> CodeFrame:
        return next(frame for frame in self.code_frames if frame.id == id)

    def item(self, id: str) -> Item:
        return next(item for item in self.items if item.id == id)

    def principle(self, number: int) -> Principle:
        return next(principle for principle in self.principles if principle.number == number)
