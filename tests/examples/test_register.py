"""Burden, likeness and sharing, each on a table that can be checked by hand."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monosashi.gather.register.form import FormField
from monosashi.measure.register.burden import burden, difference
from monosashi.measure.register.likeness import (
    Described,
    alike,
    likeness_of_items,
    likeness_of_names,
    pairs,
    weights_of,
)
from monosashi.measure.register.sharing import Use, candidates, sharing_of

NAME = FormField("name", "氏名", required=True)
ADDRESS = FormField("address", "住所", required=True)
PHONE = FormField("phone", "電話番号")
AGAIN = FormField("guardian.name", "氏 名", required=False)
PROOF = FormField("proof", "住民票", required=True, attachment=True)


def test_burden_by_hand() -> None:
    """Three fields and an attachment; the address and the proof are asked in other forms."""
    found = burden([NAME, ADDRESS, PHONE, PROOF], {"住所": {"p2", "p1"}, "住民票": {"p3"}})
    assert (found.fields, found.required, found.attachments) == (3, 3, 1)
    assert [(one.field.name, one.here, one.elsewhere) for one in found.re_asked] == [
        ("address", False, ("p1", "p2")),
        ("proof", False, ("p3",)),
    ]


def test_what_a_form_asks_twice_is_re_asked_once() -> None:
    twice = FormField("owner", "氏名")
    (one,) = burden([NAME, PHONE, twice], {}).re_asked
    assert (one.field, one.here, one.elsewhere) == (twice, True, ())


def test_what_a_version_spares_by_hand() -> None:
    """Two fields and an attachment fall away, one field comes, the address becomes optional."""
    optional = FormField("address", "住所", required=False)
    email = FormField("email", "メール", required=True)
    found = difference([NAME, ADDRESS, PHONE, AGAIN, PROOF], [NAME, optional, email])
    assert [one.name for one in found.added] == ["email"]
    assert [one.name for one in found.removed] == ["phone", "guardian.name", "proof"]
    assert [one.name for one in found.became_optional] == ["address"]
    assert found.became_required == ()
    assert (found.spared, found.spared_required, found.spared_attachments) == (1, 1, 1)  # 4 − 3, 3 − 2, 1 − 0


FORMS = st.lists(
    st.builds(
        FormField, st.sampled_from("abcde"), st.sampled_from(["氏名", "住所"]), st.booleans(), st.booleans()
    ),
    unique_by=lambda field: field.name,
)


@given(FORMS, FORMS, FORMS)
def test_what_is_spared_adds_up_over_versions(first, second, third) -> None:
    steps = difference(first, second).spared + difference(second, third).spared
    assert steps == difference(first, third).spared
    there, back = difference(first, second), difference(second, first)
    assert back.spared == -there.spared
    assert {field.name for field in back.added} == {field.name for field in there.removed}


def test_names_alike_by_hand() -> None:
    """文化施|化施設|施設の|設の予|の予約 and 公園施|園施設|施設の|設の予|の予約: 3 shared of 7."""
    assert likeness_of_names("文化施設の予約", "公園施設の予約") == 3 / 7
    assert likeness_of_names("ＮＰＯの設立認証", "NPOの設立認証") == 1
    assert likeness_of_names("・", "・") == 0


def test_items_alike_by_hand() -> None:
    """All four ask for the name, two for the income, two for the bank account, one for the rent."""
    income, account, rent = "所得", "口座", "家賃"
    services = [
        Described("a", "家賃の減額", frozenset({"氏名", income, account, rent})),
        Described("b", "授業料の支援", frozenset({"氏名", income, account})),
        Described("c", "公園の予約", frozenset({"氏名"})),
        Described("d", "旅券の申請", frozenset({"氏名"})),
    ]
    weights = weights_of(services)
    assert weights == {"氏名": 0.0, income: math.log(2), account: math.log(2), rent: math.log(4)}
    share = likeness_of_items(services[0].items, services[1].items, weights)
    assert share == pytest.approx(0.5)  # (ln 2 + ln 2) / (ln 2 + ln 2 + ln 4) = 2 / 4
    (found,) = alike(services[0], services)
    assert (found.code, found.by_name, found.by_items) == ("b", False, True)
    assert found.shared == (account, income, "氏名")
    assert alike(services[2], services) == []  # all that c and d share is what everyone asks for


DESCRIBED = st.lists(
    st.builds(
        Described,
        st.sampled_from([f"s{number}" for number in range(8)]),
        st.text("文化施設の予約", max_size=5),
        st.frozensets(st.sampled_from("abcdef"), max_size=4),
    ),
    unique_by=lambda service: service.code,
)


@given(DESCRIBED)
def test_pairs_are_those_that_a_look_at_each_service_finds(services) -> None:
    each = {(one.code, found.code) for one in services for found in alike(one, services)}
    found = pairs(services)
    assert {(pair.code, pair.likeness.code) for pair in found} == {(a, b) for a, b in each if a < b}
    assert len({(pair.code, pair.likeness.code) for pair in found}) == len(found)
    assert each == {(b, a) for a, b in each}


@given(st.text(max_size=12), st.text(max_size=12))
def test_likeness_is_mutual_and_bounded(one: str, other: str) -> None:
    share = likeness_of_names(one, other)
    assert share == likeness_of_names(other, one)
    assert 0 <= share <= 1


def use(organization: str, state: str, service: str = "s") -> Use:
    return Use("chat", f"{organization}-{service}", organization, state)


@pytest.mark.parametrize(
    ("uses", "reason", "gaining"),
    [
        ([use("tax", "adopted"), use("water", "needed")], "adopted_elsewhere", ("water",)),
        ([use("tax", "on_trial"), use("water", "needed")], "tried_elsewhere", ("water",)),
        ([use("tax", "needed"), use("water", "needed")], "needed_by_many", ("tax", "water")),
        ([use("tax", "needed")], "none", ("tax",)),
        ([use("tax", "retired"), use("water", "needed")], "none", ("water",)),
        ([use("tax", "adopted"), use("tax", "needed", "t")], "none", ()),
        ([use("tax", "on_trial"), use("tax", "needed", "t")], "none", ("tax",)),
        ([], "none", ()),
    ],
)
def test_who_gains_by_sharing(uses, reason: str, gaining: tuple[str, ...]) -> None:
    found = sharing_of("chat", uses)
    assert (found.reason, found.gaining) == (reason, gaining)


def test_what_helps_most_comes_first() -> None:
    uses = [Use("a", "s", "tax", "needed"), Use("b", "s", "tax", "needed"), Use("b", "t", "water", "needed")]
    assert [one.tool for one in candidates(["a", "b", "c"], uses)] == ["b", "a", "c"]
