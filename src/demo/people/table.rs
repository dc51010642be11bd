//! Who lives in the demonstration county. Names are invented, places are the gazette's.

use crate::domain::actor::Role;
use crate::domain::category::Department;

/// Home of the accounts that the start page lists first.
pub(in crate::demo) const TOWNSHIP: &str = "塔峰镇";
/// The village of those accounts.
pub(in crate::demo) const VILLAGE: &str = "总市村";

/// What a staff account may do, and where.
#[derive(Clone, Copy)]
pub(super) enum Desk {
    /// A role over the whole county, or one at home in [`TOWNSHIP`] and [`VILLAGE`].
    Post(Role),
    /// The service station of a township.
    Station(&'static str),
    /// The desk of a department.
    Line(Department),
}

/// A staff account: login, name, desk.
pub(super) type StaffRow = (&'static str, &'static str, Desk);

/// The accounts of the centre and the first of every kind.
pub(super) const STAFF: &[StaffRow] = &[
    ("info-officer", "周晓勤", Desk::Post(Role::InfoOfficer)),
    ("township-clerk", "吴立新", Desk::Station(TOWNSHIP)),
    ("acceptance", "陈受益", Desk::Post(Role::Acceptance)),
    ("review", "李明申", Desk::Post(Role::Review)),
    ("publication", "黄公亮", Desk::Post(Role::Publication)),
    ("qualification", "唐子格", Desk::Post(Role::Qualification)),
    ("bidding", "雷竞芳", Desk::Post(Role::Bidding)),
    ("certification", "盘鉴之", Desk::Post(Role::Certification)),
    ("finance", "郑清算", Desk::Post(Role::Finance)),
    ("finance-2", "郑复核", Desk::Post(Role::Finance)),
    ("archive", "冯立档", Desk::Post(Role::Archive)),
    ("director", "蒋县山", Desk::Post(Role::Director)),
    ("department", "罗农森", Desk::Line(Department::Agriculture)),
    ("supervisor", "谢监农", Desk::Post(Role::Supervisor)),
    ("agency", "文中杰", Desk::Post(Role::Agency)),
    ("bank", "邓银行", Desk::Post(Role::Bank)),
    ("expert", "许评标", Desk::Post(Role::Expert)),
    ("security-admin", "曾安全", Desk::Post(Role::SecurityAdmin)),
    ("auditor", "欧审之", Desk::Post(Role::Auditor)),
];

/// Everybody else who works: made while the pages are served already.
pub(super) const MORE_STAFF: &[StaffRow] = &[
    ("certification-2", "盘复之", Desk::Post(Role::Certification)),
    ("clerk-maojun", "毛春晖", Desk::Station("毛俊镇")),
    ("clerk-nanshi", "朱建业", Desk::Station("楠市镇")),
    ("clerk-suocheng", "欧阳丽", Desk::Station("所城镇")),
    ("clerk-xinxu", "廖新民", Desk::Station("新圩镇")),
    ("clerk-taiping", "彭太安", Desk::Station("太平圩镇")),
    ("clerk-tushi", "洪业勤", Desk::Station("土市镇")),
    ("clerk-huiyuan", "赵瑶生", Desk::Station("汇源瑶族乡")),
    ("clerk-jingzhu", "盘林秀", Desk::Station("荆竹瑶族乡")),
    ("clerk-teafarm", "谭茶英", Desk::Station("蓝山黄毛岭茶场")),
    ("dept-forestry", "林树声", Desk::Line(Department::Forestry)),
    ("dept-water", "江水平", Desk::Line(Department::Water)),
    ("dept-resources", "田国土", Desk::Line(Department::NaturalResources)),
    ("dept-reform", "何发展", Desk::Line(Department::DevelopmentReform)),
    ("dept-finance", "钱财政", Desk::Line(Department::Finance)),
    ("dept-market", "石市监", Desk::Line(Department::MarketSupervision)),
    ("dept-science", "柯技新", Desk::Line(Department::ScienceIndustry)),
    ("dept-coop", "龚销平", Desk::Line(Department::SupplyCooperative)),
    ("dept-rural", "农经伟", Desk::Line(Department::RuralStation)),
    ("dept-registry", "董登记", Desk::Line(Department::Registry)),
];

/// What a party is.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// A village's collective: its name follows from the place.
    Collective,
    /// A farmer, member of the village's collective.
    Member,
    /// A person from elsewhere.
    Person,
    /// A company or cooperative.
    Organisation,
}

/// A party: login, kind, name (of the representative for collectives), township, village.
pub(super) type PartyRow = (&'static str, Kind, &'static str, &'static str, &'static str);

/// The parties of the start page, and the two robots of the first room.
pub(super) const PARTIES: &[PartyRow] = &[
    ("zongshi", Kind::Collective, "何福生", TOWNSHIP, VILLAGE),
    ("member", Kind::Member, "何秋生", TOWNSHIP, VILLAGE),
    ("outsider", Kind::Person, "雷远航", "毛俊镇", "沙溪村"),
    ("company", Kind::Organisation, "蓝山县舜水生态农业有限公司", TOWNSHIP, "近江村"),
    ("robot-1", Kind::Person, "萧竞一", "楠市镇", "镇西村"),
    ("robot-2", Kind::Person, "成竞二", "新圩镇", "蓝东村"),
    ("robot-3", Kind::Organisation, "蓝山县竞三种养专业合作社", "土市镇", "泉塘村"),
];

/// Everybody else.
pub(super) const MORE_PARTIES: &[PartyRow] = &[
    ("jietou", Kind::Collective, "界友仁", TOWNSHIP, "界头村"),
    ("maojun", Kind::Collective, "毛福田", "毛俊镇", "毛俊村"),
    ("zhujia", Kind::Collective, "朱传根", "楠市镇", "朱家村"),
    ("wannian", Kind::Collective, "廖万山", "所城镇", "万年村"),
    ("qinghan", Kind::Collective, "唐清泉", "新圩镇", "上清涵村"),
    ("taiping", Kind::Collective, "彭安民", "太平圩镇", "太平村"),
    ("hongguan", Kind::Collective, "洪发祥", "土市镇", "洪观村"),
    ("xianglan", Kind::Collective, "赵进财", "汇源瑶族乡", "湘蓝村"),
    ("jingzhu", Kind::Collective, "盘文才", "荆竹瑶族乡", "荆竹村"),
    ("farmer-he", Kind::Member, "何春阳", TOWNSHIP, VILLAGE),
    ("farmer-jie", Kind::Member, "界永福", TOWNSHIP, "界头村"),
    ("farmer-mao", Kind::Member, "毛细妹", "毛俊镇", "毛俊村"),
    ("farmer-zhu", Kind::Member, "朱满生", "楠市镇", "朱家村"),
    ("farmer-tang", Kind::Member, "唐桂香", "新圩镇", "上清涵村"),
    ("farmer-hong", Kind::Member, "洪石保", "土市镇", "洪观村"),
    ("farmer-pan", Kind::Member, "盘冬梅", "荆竹瑶族乡", "荆竹村"),
    ("member-he", Kind::Member, "何国强", TOWNSHIP, VILLAGE),
    ("member-jie", Kind::Member, "界大江", TOWNSHIP, "界头村"),
    ("member-mao", Kind::Member, "毛志高", "毛俊镇", "毛俊村"),
    ("member-zhu", Kind::Member, "朱冬生", "楠市镇", "朱家村"),
    ("member-tang", Kind::Member, "唐铁牛", "新圩镇", "上清涵村"),
    ("member-hong", Kind::Member, "洪水生", "土市镇", "洪观村"),
    ("member-peng", Kind::Member, "彭长庚", "太平圩镇", "太平村"),
    ("member-liao", Kind::Member, "廖秋菊", "所城镇", "万年村"),
    ("member-zhao", Kind::Member, "赵金花", "汇源瑶族乡", "湘蓝村"),
    ("member-pan", Kind::Member, "盘有富", "荆竹瑶族乡", "荆竹村"),
    ("bidder-xiao", Kind::Person, "萧云帆", "楠市镇", "竹岭村"),
    ("bidder-cheng", Kind::Person, "成雨田", "太平圩镇", "梅溪村"),
    ("bidder-li", Kind::Person, "黎满仓", "所城镇", "舜河村"),
    ("bidder-zeng", Kind::Person, "曾大壮", "祠堂圩镇", "坦头村"),
    ("firm-yunchong", Kind::Organisation, "蓝山县云冲茶业有限公司", "汇源瑶族乡", "源峰村"),
    ("firm-fengze", Kind::Organisation, "蓝山县丰泽农机专业合作社", "新圩镇", "尧仁村"),
    ("firm-lingnan", Kind::Organisation, "湖南岭蓝农业科技有限公司", TOWNSHIP, "下坊村"),
    ("firm-junan", Kind::Organisation, "蓝山县竣安建设有限公司", TOWNSHIP, "成家村"),
    ("firm-hongtu", Kind::Organisation, "蓝山县宏途建筑工程有限公司", TOWNSHIP, "竹市村"),
    ("firm-ruili", Kind::Organisation, "永州锐利市政工程有限公司", TOWNSHIP, "高峰村"),
    ("coop-huinong", Kind::Organisation, "蓝山县惠农供销合作社", TOWNSHIP, "小泉村"),
    ("tea-farm", Kind::Organisation, "蓝山黄毛岭茶场", "蓝山黄毛岭茶场", ""),
];
