"""What the actions of the audit trail are called."""

from __future__ import annotations

from collections.abc import Mapping

from monosashi.define.text import Text

ACTIONS: Mapping[str, Text] = {
    "organization.added": Text(ja="組織を加えた", en="organization added"),
    "organization.renamed": Text(ja="組織の名前を変えた", en="organization renamed"),
    "account.added": Text(ja="アカウントを作った", en="account added"),
    "account.disabled": Text(ja="アカウントを止めた", en="account disabled"),
    "account.enabled": Text(ja="アカウントを再開した", en="account enabled"),
    "account.signed_in": Text(ja="サインインした", en="signed in"),
    "account.signed_out": Text(ja="サインアウトした", en="signed out"),
    "account.sign_in_failed": Text(ja="サインインに失敗した", en="sign-in failed"),
    "account.password_changed": Text(ja="パスワードを変えた", en="password changed"),
    "account.password_renewed": Text(
        ja="管理者がパスワードを改めた", en="password renewed by an administrator"
    ),
    "account.second_step_added": Text(ja="二段階の確認を始めた", en="two-step sign-in set up"),
    "account.second_step_removed": Text(ja="二段階の確認をやめた", en="two-step sign-in removed"),
    "account.recovery_codes_made": Text(ja="リカバリーコードを作った", en="recovery codes made"),
    "role.given": Text(ja="役割を与えた", en="role given"),
    "role.taken": Text(ja="役割を外した", en="role taken away"),
    "job.requested": Text(ja="仕事を頼んだ", en="job requested"),
    "job.taken_up": Text(ja="止まった仕事をやり直した", en="abandoned job taken up again"),
    "job.done": Text(ja="仕事が終わった", en="job done"),
    "job.failed": Text(ja="仕事が失敗した", en="job failed"),
    "import.brought": Text(ja="ファイルを持ち込んだ", en="file brought"),
    "import.stored": Text(ja="ファイルを取り込んだ", en="file stored"),
    "import.discarded": Text(ja="取り込みをやめた", en="import discarded"),
    "mapping.saved": Text(ja="列の対応を覚えた", en="mapping remembered"),
    "key.made": Text(ja="API の鍵を作った", en="key of the API made"),
    "key.revoked": Text(ja="API の鍵を止めた", en="key of the API revoked"),
    "arrivals.stored": Text(ja="届いた記録をレイクに移した", en="records moved into the lake"),
    "register.imported": Text(ja="台帳に取り込んだ", en="register imported"),
    "register.added": Text(ja="台帳に加えた", en="added to the register"),
    "register.edited": Text(ja="台帳を直した", en="register edited"),
    "register.use_set": Text(ja="ツールの利用の状態を変えた", en="use of a tool set"),
    "register.form_added": Text(ja="様式の版を加えた", en="form version added"),
    "questionnaire.kept": Text(ja="調査票の版を残した", en="version of a questionnaire kept"),
    "survey.added": Text(ja="調査を作った", en="survey added"),
    "wave.added": Text(ja="調査の回を作った", en="wave added"),
    "wave.opened": Text(ja="調査の回を開いた", en="wave opened"),
    "wave.closed": Text(ja="調査の回を締めた", en="wave closed"),
    "wave.frozen": Text(ja="調査の回を確定した", en="wave frozen"),
    "paper.entered": Text(ja="紙の回答を入れた", en="paper form entered"),
    "paper.corrected": Text(ja="紙の回答を直した", en="paper form corrected"),
    "answers.withdrawn": Text(ja="回答が取り下げられた", en="answers withdrawn"),
    "edition.published": Text(ja="版を公表した", en="edition published"),
}
