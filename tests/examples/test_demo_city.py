"""The synthetic city: always the same, complete, and labelled as what it is."""

from __future__ import annotations

import hashlib
from collections import Counter
from datetime import date

import pytest

from monosashi.define.guideline import Initiative, Milestone
from monosashi.define.text import Text
from monosashi.demo import city, events, practices, residents, reviews, roadmap, services, staff, volumes


def digest(columns):
    return hashlib.sha256(repr(sorted(columns.data.items())).encode()).hexdigest()


@pytest.mark.parametrize(
    "make",
    [
        lambda seed: residents.wave(seed, "FY2025"),
        lambda seed: staff.wave(seed, "FY2025"),
        volumes.table,
        events.table,
        practices.table,
        reviews.reviews,
    ],
)
def test_the_same_seed_gives_the_same_city_and_another_seed_another(make):
    assert digest(make(1)) == digest(make(1))
    assert digest(make(1)) != digest(make(2))


def test_six_cities_answer_500_times_each_in_three_waves():
    waves = [residents.wave(city.SEED, period) for period in city.PERIODS]
    assert sum(map(len, waves)) == 500 * 6 * 3
    for wave in waves:
        assert set(Counter(wave.data["city"]).values()) == {500}
        assert set(Counter(zip(wave.data["city"], wave.data["age_band"], strict=True)).values()) <= {71, 72}


def test_weights_of_a_city_add_up_to_its_answers():
    wave = residents.wave(city.SEED, "FY2025")
    tokyo = [w for w, c in zip(wave.data["weight"], wave.data["city"], strict=True) if c == "tokyo"]
    assert sum(tokyo) == pytest.approx(500, abs=1e-3)


def test_people_who_like_one_thing_tend_to_like_another():
    wave = residents.wave(city.SEED, "FY2025").data
    pairs = [
        (a > 3, b > 3) for a, b in zip(wave["overall"], wave["usability"], strict=True) if 9 not in (a, b)
    ]
    both = sum(a and b for a, b in pairs) / sum(a for a, _ in pairs)
    assert both > 1.15 * sum(b for _, b in pairs) / len(pairs)


def test_54046_officials_are_invited_and_14780_answer():
    latest = staff.wave(city.SEED, "FY2025")
    invited = dict(zip(latest.data["bureau"], latest.data["bureau_staff"], strict=True))
    answered = Counter(latest.data["bureau"])
    assert sum(staff.invited("FY2025").values()) == 54046
    assert len(latest) == 14780
    assert invited == staff.invited("FY2025")
    assert all(answered[bureau] <= invited[bureau] for bureau in invited)
    assert min(answered.values()) < 30  # some bureaus are too small for every figure to be shown


def test_20_bureaus_120_services_400_procedures():
    assert len(services.bureaus()) == 20
    assert len(services.service_table()) == 120
    assert len(services.procedure_table()) == 400
    assert len({procedure.code for procedure in services.procedures()}) == 400


def test_24_months_of_volumes_in_which_silence_is_not_zero():
    table = volumes.table(city.SEED).data
    assert sorted(set(table["period"])) == [
        *(f"2024-{month:02}" for month in range(4, 13)),
        *(f"2025-{month:02}" for month in range(1, 13)),
        *(f"2026-{month:02}" for month in range(1, 4)),
    ]
    assert len(table["subject"]) == 400 * 24 * 4
    for status, quantity in zip(table["status"], table["quantity"], strict=True):
        assert (status == "value") == (quantity is not None)
    assert {"value", "not_collected", "not_applicable"} == set(table["status"])


def test_events_of_a_case_follow_each_other():
    table = events.table(city.SEED).data
    times: dict[str, list] = {}
    for case, at in zip(table["case_id"], table["occurred_at"], strict=True):
        times.setdefault(case, []).append(at)
    assert len(times) == events.CASES
    assert all(at == sorted(at) for at in times.values())


def test_comments_belong_to_reviews_and_low_ratings_name_a_trouble():
    given = reviews.reviews(city.SEED)
    written = reviews.comments(city.SEED, given)
    rating = dict(zip(given.data["response_id"], given.data["overall"], strict=True))
    assert set(written.data["response_id"]) <= set(rating)
    assert len(set(written.data["text"])) > 200
    troubles = {text for _, text in reviews._BAD}
    for person, text in zip(written.data["response_id"], written.data["text"], strict=True):
        assert any(trouble in text for trouble in troubles) == (rating[person] < 4)


def test_roadmap_records_name_their_milestone_and_lie_before_the_last_day():
    text = Text(ja="-", en="-")
    plan = Milestone(start="2023H1", end="2023H2", text=text)
    listed = [
        (1, Initiative(id=f"i{n}", number=n, title=text, department=text, milestones=(plan,)))
        for n in range(40)
    ]
    table = roadmap.table(city.SEED, listed).data
    assert {link.partition("#")[2] for link in table["links"]} == {"1"}
    assert {"started", "done"} == set(table["outcome"])
    assert max(table["occurred_at"]) <= date(2026, 3, 31)
    assert len(set(table["links"])) < 40  # about some, nobody reports


def test_everything_says_that_it_is_synthetic():
    for table in (residents.wave(1, "FY2025"), staff.wave(1, "FY2025"), reviews.reviews(1)):
        assert set(table.data["mode"]) == {"synthetic"}
    assert all("合成" in bureau.name.ja and "synthetic" in bureau.name.en for bureau in services.bureaus())
    assert all("合成" in service.name.ja for service in services.services())
