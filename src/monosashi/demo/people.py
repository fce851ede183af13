"""Who can sign in to the synthetic city: one account for each role, and a second bureau to tell apart."""

from __future__ import annotations

from dataclasses import dataclass

from monosashi.define.text import Text
from monosashi.demo.services import bureaus

PASSWORD = "synthetic-city-2026"  # noqa: S105 (printed on purpose: nothing behind it is real)
GOVERNMENT = "city"


@dataclass(frozen=True)
class Organization:
    code: str
    name: Text
    parent: str | None


@dataclass(frozen=True)
class Person:
    """`role` is the machine word of the role; the superuser administers the installation."""

    email: str
    name: Text
    role: str
    title: Text
    organization: str
    superuser: bool = False


def organizations() -> list[Organization]:
    """The tree: the government above, its bureaus beneath."""
    top = Organization(GOVERNMENT, Text(ja="合成都庁", en="Synthetic City Government"), None)
    return [top, *(Organization(bureau.code, bureau.name, GOVERNMENT) for bureau in bureaus())]


def people() -> list[Person]:
    return [
        _person("administrator", "管理者", "Administrator", GOVERNMENT, superuser=True),
        _person("bureau_lead", "局のとりまとめ担当", "Bureau lead", "digital"),
        _person("analyst", "分析担当", "Analyst", "digital"),
        _person("publisher", "公表担当", "Publisher", "digital"),
        _person("approver", "承認者", "Approver", "digital"),
        _person("council_member", "有識者会議の構成員", "Council member", GOVERNMENT),
        _person("service_owner", "サービスの責任者", "Service owner", "tax"),
        _person("service_owner", "サービスの責任者", "Service owner", "water"),
    ]


def _person(role: str, ja: str, en: str, organization: str, *, superuser: bool = False) -> Person:
    place = "" if role != "service_owner" else f"-{organization}"
    return Person(
        email=f"{role.replace('_', '-')}{place}@synthetic.example",
        name=Text(ja=f"{ja}（合成）", en=f"{en} (synthetic)"),
        role=role,
        title=Text(ja=ja, en=en),
        organization=organization,
        superuser=superuser,
    )
