"""Who may do what: one table, read by the doors, the people page and the documentation."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from monosashi.define.text import Text


class Role(StrEnum):
    """What an official does. Held in an organization; it reaches everything beneath it."""

    SERVICE_OWNER = "service_owner"
    BUREAU_LEAD = "bureau_lead"
    ANALYST = "analyst"
    PUBLISHER = "publisher"
    APPROVER = "approver"
    COUNCIL_MEMBER = "council_member"
    ADMINISTRATOR = "administrator"


class Power(StrEnum):
    """One thing that a role allows."""

    SEE_ORGANIZATION = "see_organization"
    SEE_JOBS = "see_jobs"
    IMPORT = "import"
    RUN_SURVEYS = "run_surveys"
    EDIT_REGISTER = "edit_register"
    READ_DRAFTS = "read_drafts"
    BUILD_EDITION = "build_edition"
    PUBLISH_EDITION = "publish_edition"
    MANAGE_PEOPLE = "manage_people"
    MANAGE_KEYS = "manage_keys"
    SEE_AUDIT = "see_audit"


TABLE: Mapping[Role, frozenset[Power]] = {
    Role.SERVICE_OWNER: frozenset({Power.SEE_ORGANIZATION, Power.EDIT_REGISTER}),
    Role.BUREAU_LEAD: frozenset({Power.SEE_ORGANIZATION, Power.SEE_JOBS, Power.EDIT_REGISTER}),
    Role.ANALYST: frozenset(
        {Power.SEE_ORGANIZATION, Power.SEE_JOBS, Power.READ_DRAFTS, Power.IMPORT, Power.RUN_SURVEYS}
    ),
    Role.PUBLISHER: frozenset(
        {
            Power.SEE_ORGANIZATION,
            Power.SEE_JOBS,
            Power.READ_DRAFTS,
            Power.BUILD_EDITION,
            Power.IMPORT,
            Power.RUN_SURVEYS,
        }
    ),
    Role.APPROVER: frozenset(
        {Power.SEE_ORGANIZATION, Power.SEE_JOBS, Power.READ_DRAFTS, Power.PUBLISH_EDITION}
    ),
    Role.COUNCIL_MEMBER: frozenset({Power.READ_DRAFTS}),
    Role.ADMINISTRATOR: frozenset(
        {
            Power.SEE_ORGANIZATION,
            Power.SEE_JOBS,
            Power.MANAGE_PEOPLE,
            Power.MANAGE_KEYS,
            Power.SEE_AUDIT,
        }
    ),
}

TITLES: Mapping[Role, Text] = {
    Role.SERVICE_OWNER: Text(ja="サービスの責任者", en="Service owner"),
    Role.BUREAU_LEAD: Text(ja="局のとりまとめ担当", en="Bureau lead"),
    Role.ANALYST: Text(ja="分析担当", en="Analyst"),
    Role.PUBLISHER: Text(ja="公表担当", en="Publisher"),
    Role.APPROVER: Text(ja="承認者", en="Approver"),
    Role.COUNCIL_MEMBER: Text(ja="有識者会議の構成員", en="Council member"),
    Role.ADMINISTRATOR: Text(ja="管理者", en="Administrator"),
}

POWERS: Mapping[Power, Text] = {
    Power.SEE_ORGANIZATION: Text(
        ja="組織とその下の組織を見る", en="See the organization and those beneath it"
    ),
    Power.SEE_JOBS: Text(ja="裏で動く仕事の状態を見る", en="See the state of background jobs"),
    Power.EDIT_REGISTER: Text(
        ja="台帳のサービスと手続を直す", en="Edit services and procedures of the register"
    ),
    Power.IMPORT: Text(ja="ファイルを取り込む", en="Import files"),
    Power.RUN_SURVEYS: Text(
        ja="調査を開き、締め切り、紙の回答を入れる", en="Open and close surveys, enter answers from paper"
    ),
    Power.READ_DRAFTS: Text(ja="公表前の版を読む", en="Read editions before they are published"),
    Power.BUILD_EDITION: Text(ja="版の下書きを作る", en="Build the draft of an edition"),
    Power.PUBLISH_EDITION: Text(
        ja="ほかの人が作った版の公表を認める", en="Publish an edition that somebody else built"
    ),
    Power.MANAGE_PEOPLE: Text(ja="アカウントと役割を扱う", en="Manage accounts and roles"),
    Power.MANAGE_KEYS: Text(ja="API の鍵を作り、止める", en="Make and revoke keys of the API"),
    Power.SEE_AUDIT: Text(ja="変更の記録を見る", en="See the audit trail"),
}


def may(roles: frozenset[Role], power: Power) -> bool:
    return any(power in TABLE[role] for role in roles)
