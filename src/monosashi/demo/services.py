"""The government of the synthetic city: 20 bureaus, 120 services, 400 procedures. No name is a real one."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from monosashi.define.text import Text
from monosashi.keep.table import Columns


@dataclass(frozen=True)
class Bureau:
    code: str
    name: Text
    staff: int  # people with a mail address, in the latest year


@dataclass(frozen=True)
class Service:
    code: str
    bureau: str
    name: Text
    life_event: str


@dataclass(frozen=True)
class Procedure:
    code: str
    service: str
    bureau: str
    name: Text


# code, ja, en, staff; together 54,046
_BUREAUS = (
    ("digital", "デジタル", "Digital", 612),
    ("general", "総務", "General Affairs", 1850),
    ("finance", "財政", "Finance", 640),
    ("tax", "税務", "Tax", 3105),
    ("culture", "文化くらし", "Culture and Living", 980),
    ("planning", "まちづくり", "Urban Planning", 1420),
    ("housing", "住まい", "Housing", 890),
    ("environment", "環境", "Environment", 760),
    ("welfare", "福祉", "Welfare", 3480),
    ("health", "保健", "Public Health", 4125),
    ("labor", "産業しごと", "Industry and Labor", 1310),
    ("market", "市場", "Wholesale Market", 430),
    ("roads", "道路公園", "Roads and Parks", 2975),
    ("port", "みなと", "Port", 540),
    ("transit", "交通", "Transit", 6620),
    ("water", "水道", "Waterworks", 4380),
    ("education", "教育", "Education", 19618),
    ("accounts", "会計", "Accounts", 118),
    ("elections", "選挙", "Elections", 127),
    ("audit", "監査", "Audit", 66),
)

# six services of each bureau: ja, en, life event
_SERVICES = {
    "digital": (
        ("オンライン手続の窓口", "Online procedure desk", "daily"),
        ("電子署名の相談", "Help with electronic signatures", "daily"),
        ("公開データの提供", "Open data portal", "business"),
        ("スマートフォン教室", "Smartphone classes", "aging"),
        ("街なか無線LAN", "Public wireless network", "daily"),
        ("手続案内チャット", "Guidance by chat", "daily"),
    ),
    "general": (
        ("情報公開の請求", "Requests for public records", "daily"),
        ("災害時の安否登録", "Safety registration in disasters", "disaster"),
        ("防災訓練の申込み", "Disaster drills", "disaster"),
        ("行政不服の申立て", "Administrative appeals", "daily"),
        ("統計調査の回答", "Answers to statistical surveys", "business"),
        ("公文書の閲覧", "Reading of archives", "daily"),
    ),
    "finance": (
        ("入札参加の登録", "Registration of bidders", "business"),
        ("契約書の電子交換", "Electronic contracts", "business"),
        ("公有地の貸付", "Lease of public land", "business"),
        ("公有財産の売却", "Sale of public property", "business"),
        ("市債の案内", "Information on city bonds", "daily"),
        ("工事検査の予約", "Booking of works inspections", "business"),
    ),
    "tax": (
        ("法人の税の申告", "Corporate tax returns", "business"),
        ("自動車の税の納付", "Vehicle tax payment", "moving"),
        ("固定資産の税の証明", "Property tax certificates", "housing"),
        ("納税の猶予", "Deferral of tax payment", "hardship"),
        ("税の還付", "Tax refunds", "daily"),
        ("口座振替の登録", "Direct debit registration", "daily"),
    ),
    "culture": (
        ("文化施設の予約", "Booking of cultural venues", "leisure"),
        ("消費生活の相談", "Consumer advice", "hardship"),
        ("NPOの設立認証", "Certification of nonprofits", "business"),
        ("旅券の申請", "Passport applications", "leisure"),
        ("芸術活動の助成", "Grants for the arts", "leisure"),
        ("多文化の相談窓口", "Multilingual advice", "moving"),
    ),
    "planning": (
        ("建築の確認", "Building confirmation", "housing"),
        ("開発の許可", "Development permits", "business"),
        ("屋外広告の許可", "Outdoor advertising permits", "business"),
        ("宅地建物の免許", "Real estate licenses", "business"),
        ("都市計画図の閲覧", "City planning maps", "housing"),
        ("耐震診断の助成", "Grants for seismic checks", "housing"),
    ),
    "housing": (
        ("公営住宅の申込み", "Public housing applications", "housing"),
        ("家賃の減額", "Rent reductions", "hardship"),
        ("住宅改修の助成", "Grants for home repair", "aging"),
        ("住み替えの相談", "Advice on moving home", "moving"),
        ("駐車場の申込み", "Parking space applications", "housing"),
        ("マンション管理の届出", "Condominium management reports", "housing"),
    ),
    "environment": (
        ("太陽光発電の助成", "Grants for solar power", "housing"),
        ("産業廃棄物の許可", "Industrial waste permits", "business"),
        ("大気の測定結果", "Air quality readings", "daily"),
        ("騒音の相談", "Noise complaints", "daily"),
        ("鳥獣の飼養登録", "Registration of kept wildlife", "daily"),
        ("電気自動車の助成", "Grants for electric cars", "moving"),
    ),
    "welfare": (
        ("保育料の助成", "Childcare fee support", "child"),
        ("ひとり親の手当", "Single-parent allowance", "child"),
        ("障害者の手帳", "Disability certificates", "disability"),
        ("介護人材の研修", "Training of care workers", "aging"),
        ("子どもの医療費助成", "Medical support for children", "child"),
        ("生活再建の貸付", "Loans for a new start", "hardship"),
    ),
    "health": (
        ("飲食店の営業許可", "Restaurant permits", "business"),
        ("難病の医療費助成", "Support for rare diseases", "illness"),
        ("予防接種の記録", "Vaccination records", "child"),
        ("医療機関の検索", "Finding a clinic", "illness"),
        ("調理師の免許", "Cook's licenses", "work"),
        ("がん検診の案内", "Cancer screening", "illness"),
    ),
    "labor": (
        ("職業訓練の申込み", "Vocational training", "work"),
        ("中小企業の融資", "Loans for small firms", "business"),
        ("創業の助成", "Start-up grants", "business"),
        ("テレワークの助成", "Telework grants", "work"),
        ("労働の相談", "Labor advice", "work"),
        ("商店街の支援", "Support for shopping streets", "business"),
    ),
    "market": (
        ("市場の見学予約", "Market tours", "leisure"),
        ("仲卸の許可", "Broker permits", "business"),
        ("売買参加の承認", "Approval of buyers", "business"),
        ("市場施設の使用", "Use of market facilities", "business"),
        ("取引情報の公開", "Trading data", "business"),
        ("衛生検査の結果", "Hygiene inspections", "daily"),
    ),
    "roads": (
        ("道路の占用許可", "Road occupancy permits", "business"),
        ("公園施設の予約", "Booking of park facilities", "leisure"),
        ("道路損傷の通報", "Reports of road damage", "daily"),
        ("河川の使用許可", "River use permits", "business"),
        ("霊園の申込み", "Cemetery applications", "bereavement"),
        ("街路樹の相談", "Street tree requests", "daily"),
    ),
    "port": (
        ("係留の許可", "Mooring permits", "business"),
        ("海上公園の予約", "Booking of seaside parks", "leisure"),
        ("入港の届出", "Notices of arrival", "business"),
        ("島の船便の案内", "Ferry information", "leisure"),
        ("港湾施設の使用", "Use of port facilities", "business"),
        ("釣り場の利用", "Use of fishing piers", "leisure"),
    ),
    "transit": (
        ("通学定期の購入", "Student passes", "child"),
        ("高齢者の乗車証", "Passes for older people", "aging"),
        ("遺失物の照会", "Lost property", "daily"),
        ("運行情報の通知", "Service alerts", "daily"),
        ("車いす乗車の連絡", "Wheelchair assistance", "disability"),
        ("定期券の払戻し", "Refund of passes", "moving"),
    ),
    "water": (
        ("使用開始の届出", "Starting water supply", "moving"),
        ("使用中止の届出", "Stopping water supply", "moving"),
        ("料金の支払い", "Payment of bills", "daily"),
        ("給水工事の申込み", "Water connection works", "housing"),
        ("漏水の通報", "Reports of leaks", "daily"),
        ("料金の減免", "Reduction of charges", "hardship"),
    ),
    "education": (
        ("高校入試の出願", "High school applications", "child"),
        ("授業料の支援", "Tuition support", "child"),
        ("転学の手続", "Changing schools", "moving"),
        ("図書館の予約", "Library reservations", "leisure"),
        ("教員採用の出願", "Teacher recruitment", "work"),
        ("学校施設の開放", "Use of school facilities", "leisure"),
    ),
    "accounts": (
        ("手数料の電子納付", "Electronic payment of fees", "daily"),
        ("債権者の登録", "Registration of payees", "business"),
        ("支払状況の照会", "Payment status", "business"),
        ("納付書の再発行", "Reissue of payment slips", "daily"),
        ("収納窓口の案内", "Payment counters", "daily"),
        ("過誤納の還付", "Refund of overpayments", "daily"),
    ),
    "elections": (
        ("不在者投票の請求", "Absentee ballots", "daily"),
        ("在外投票の登録", "Registration of voters abroad", "moving"),
        ("政治団体の届出", "Political organization reports", "business"),
        ("収支報告の閲覧", "Reading of financial reports", "daily"),
        ("投票所の案内", "Polling stations", "daily"),
        ("選挙結果の速報", "Election results", "daily"),
    ),
    "audit": (
        ("住民監査の請求", "Residents' audit requests", "daily"),
        ("監査結果の閲覧", "Audit reports", "daily"),
        ("通報の受付", "Whistleblowing desk", "work"),
        ("決算審査の資料", "Review of accounts", "daily"),
        ("監査計画の公表", "Audit plans", "daily"),
        ("意見の提出", "Comments on audits", "daily"),
    ),
}
# every third service has all four procedures: 120 × 3 + 40 = 400
_STEPS = (
    ("の新規申請", ": new application"),
    ("の変更届", ": notice of change"),
    ("の更新申請", ": renewal"),
    ("の廃止届", ": notice of end"),
)


@cache
def bureaus() -> tuple[Bureau, ...]:
    return tuple(
        Bureau(code, Text(ja=f"{ja}局（合成）", en=f"{en} Bureau (synthetic)"), staff)
        for code, ja, en, staff in _BUREAUS
    )


@cache
def services() -> tuple[Service, ...]:
    return tuple(
        Service(f"{bureau}-{number}", bureau, Text(ja=f"{ja}（合成）", en=f"{en} (synthetic)"), life_event)
        for bureau, listed in _SERVICES.items()
        for number, (ja, en, life_event) in enumerate(listed, start=1)
    )


@cache
def procedures() -> tuple[Procedure, ...]:
    return tuple(
        Procedure(f"{service.code}-p{number}", service.code, service.bureau, _step_name(service, ja, en))
        for index, service in enumerate(services())
        for number, (ja, en) in enumerate(_STEPS[: 4 if index % 3 == 0 else 3], start=1)
    )


def _step_name(service: Service, ja: str, en: str) -> Text:
    bare_ja, bare_en = service.name.ja.removesuffix("（合成）"), service.name.en.removesuffix(" (synthetic)")
    return Text(ja=f"{bare_ja}{ja}（合成）", en=f"{bare_en}{en} (synthetic)")


def service_table() -> Columns:
    listed = services()
    return Columns(
        {
            "service": [service.code for service in listed],
            "organization": [service.bureau for service in listed],
            "name_ja": [service.name.ja for service in listed],
            "name_en": [service.name.en for service in listed],
            "life_event": [service.life_event for service in listed],
        },
        dict.fromkeys(("service", "organization", "name_ja", "name_en", "life_event"), "text"),
    )


def procedure_table() -> Columns:
    listed = procedures()
    return Columns(
        {
            "procedure": [procedure.code for procedure in listed],
            "service": [procedure.service for procedure in listed],
            "organization": [procedure.bureau for procedure in listed],
            "name_ja": [procedure.name.ja for procedure in listed],
            "name_en": [procedure.name.en for procedure in listed],
        },
        dict.fromkeys(("procedure", "service", "organization", "name_ja", "name_en"), "text"),
    )
