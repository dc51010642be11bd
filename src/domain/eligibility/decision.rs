//! Democratic decision: E50 to E53 (rulebook 6.6).

use super::basis::Basis;
use super::facts::{CaseRules, Limits, ObjectFacts, Owner};
use super::finding::{Finding, RuleId};
use crate::base::Day;
use crate::base::words::words;
use crate::category::{DecisionBody, DecisionWhen, LandKind, Mode};

words! {
    /// The meeting that decided.
    Meeting {
        Members = "members", "集体经济组织成员大会";
        Representatives = "representatives", "集体经济组织成员代表大会";
        Council = "council", "理事会";
        Villagers = "villagers", "村民会议";
        VillageRepresentatives = "village_representatives", "村民代表会议";
        Group = "group", "村民小组会议";
    }
}

/// What the village decided and how.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DecisionRecord {
    /// Which meeting.
    pub meeting: Meeting,
    /// On which day.
    pub held: Day,
    /// When its notice went out.
    pub noticed: Option<Day>,
    /// Persons entitled to take part: fully capable members, representatives, council members.
    pub eligible: u32,
    /// Present, proxies and online included.
    pub attended: u32,
    /// Of them by proxy.
    pub proxies: u32,
    /// For.
    pub in_favour: u32,
    /// Against.
    pub against: u32,
    /// Abstained.
    pub abstained: u32,
    /// The minutes are uploaded.
    pub minutes: bool,
}

/// Evidence that the decision was posted in the village.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Posting {
    /// First day.
    pub from: Day,
    /// Last day.
    pub to: Day,
    /// A dated photo of the first and of the last day.
    pub both_photos: bool,
}

/// Everything about the decision.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DecisionFacts {
    /// The decision, when there is one.
    pub record: Option<DecisionRecord>,
    /// Its posting.
    pub posting: Option<Posting>,
    /// Persons outside the collective may receive.
    pub open_to_outsiders: bool,
    /// The township approved (letting to outsiders).
    pub township_approved: bool,
    /// Households whose land the collective lets on their behalf, and of them with a signed letter.
    pub households: u32,
    /// Households with a signed, complete letter of authority.
    pub authorised: u32,
}

/// The Collective Organisations Act is in force from this day.
fn act_in_force(day: Day) -> bool {
    Day::ymd(2025, 5, 1).is_some_and(|start| day >= start)
}

/// Whether a decision of the collective is needed at all.
pub fn is_needed(object: &ObjectFacts, facts: &DecisionFacts, rules: &CaseRules) -> bool {
    match rules.decision.when {
        DecisionWhen::Never => false,
        DecisionWhen::Always => true,
        DecisionWhen::CollectiveOwned => object.owner == Owner::Collective,
        DecisionWhen::Outsider => object.owner == Owner::Collective && facts.open_to_outsiders,
    }
}

/// A land-contracting plan: 成员大会 only since the Act (its art. 28). Collective land in categories 3
/// and 5, and category 1 when the collective lets entrusted land again.
fn is_land_plan(object: &ObjectFacts, rules: &CaseRules) -> bool {
    let by_category = match rules.category.number() {
        3 | 5 => true,
        1 => object.owner == Owner::Collective,
        _ => false,
    };
    by_category && object.owner == Owner::Collective
}

fn provision(object: &ObjectFacts, rules: &CaseRules) -> Basis {
    match rules.land {
        Some(LandKind::Forest) => Basis::Forest18,
        Some(LandKind::Construction) => Basis::LandAdmin63,
        _ if is_land_plan(object, rules) => Basis::LandContract52,
        _ => Basis::Collective27,
    }
}

/// E50: the right body decided, and the township approved what goes to outsiders.
pub fn e50(object: &ObjectFacts, facts: &DecisionFacts, rules: &CaseRules, limits: &Limits) -> Option<Finding> {
    if !is_needed(object, facts, rules) {
        return None;
    }
    let (rule, basis) = (RuleId::E50, provision(object, rules));
    let Some(record) = &facts.record else {
        return Some(Finding::fail(rule, basis, "须经集体民主决策，请上传会议记录、表决表和公示照片。"));
    };
    if !record.minutes {
        return Some(Finding::fail(rule, basis, "没有上传会议记录，请补充。"));
    }
    let meeting = record.meeting.zh();
    let council_enough = rules.decision.body == DecisionBody::Council;
    let finding = match record.meeting {
        Meeting::Members | Meeting::Villagers => Finding::pass(rule, basis, format!("由{meeting}决定，符合要求。")),
        Meeting::Council if !council_enough => {
            Finding::fail(rule, Basis::Collective31, "理事会只能决定日常事务，请提交成员大会决定。")
        }
        Meeting::Council => Finding::pass(rule, Basis::Collective31, "由理事会按章程决定，符合要求。"),
        Meeting::Group => {
            let text = format!("由{meeting}决定，请核实标的属于该村民小组所有。");
            Finding::manual(rule, Basis::Villagers28, text)
        }
        Meeting::Representatives | Meeting::VillageRepresentatives => by_representatives(object, record, rules, limits),
    };
    let township_missing = rules.decision.township_approval && facts.open_to_outsiders && !facts.township_approved;
    if township_missing && !finding.blocks() {
        let text = "向本集体以外的单位或者个人流转，须报乡镇人民政府批准，请上传批准文件。";
        return Some(Finding::fail(rule, Basis::LandContract52, text));
    }
    Some(finding)
}

fn by_representatives(object: &ObjectFacts, record: &DecisionRecord, rules: &CaseRules, limits: &Limits) -> Finding {
    let (rule, meeting) = (RuleId::E50, record.meeting.zh());
    let members_only = is_land_plan(object, rules) || rules.decision.body == DecisionBody::MembersMeeting;
    if !members_only || !act_in_force(record.held) {
        return Finding::pass(rule, provision(object, rules), format!("由{meeting}决定，符合要求。"));
    }
    if limits.representatives_for_land {
        let text = format!(
            "由{meeting}决定。《农村集体经济组织法》施行后土地发包方案须由成员大会决定，县里暂按代表会议受理，请核实法律意见。"
        );
        return Finding::manual(rule, Basis::Collective28, text);
    }
    let text = format!("自2025年5月1日起，土地发包方案须由成员大会决定，{meeting}的决定不够，请召开成员大会。");
    Finding::fail(rule, Basis::Collective28, text)
}

/// E51: quorum and majority from the figures themselves.
pub fn e51(object: &ObjectFacts, facts: &DecisionFacts, rules: &CaseRules) -> Option<Finding> {
    let record = facts.record.as_ref().filter(|_| is_needed(object, facts, rules))?;
    let rule = RuleId::E51;
    let votes = u64::from(record.in_favour) + u64::from(record.against) + u64::from(record.abstained);
    let consistent = record.eligible > 0
        && record.attended <= record.eligible
        && votes <= u64::from(record.attended)
        && record.proxies <= record.attended;
    if !consistent {
        let text = "应到、实到、委托和表决人数互相矛盾，请对照会议记录更正。";
        return Some(Finding::fail(rule, Basis::Collective27, text));
    }
    let tally = tally(record, is_land_plan(object, rules) || rules.land == Some(LandKind::Forest));
    let figures = format!(
        "应到 {} 人，实到 {} 人，同意 {} 票，反对 {} 票，弃权 {} 票",
        record.eligible, record.attended, record.in_favour, record.against, record.abstained
    );
    let short_notice = record.meeting == Meeting::Members
        && act_in_force(record.held)
        && record.noticed.is_none_or(|day| record.held.days_since(day) < 10);
    Some(if u64::from(record.attended) < tally.quorum {
        let text = format!("{figures}。到会人数不足，至少应到 {} 人，会议决定无效。", tally.quorum);
        Finding::fail(rule, tally.basis, text)
    } else if u64::from(record.in_favour) < tally.needed {
        let text = format!("{figures}。同意票不足，至少需要 {} 票，决议没有通过。", tally.needed);
        Finding::fail(rule, tally.basis, text)
    } else if short_notice {
        let text = format!("{figures}。成员大会应当提前十日通知成员，请补充通知凭证。");
        Finding::fail(rule, Basis::Collective27, text)
    } else {
        Finding::pass(rule, tally.basis, format!("{figures}。到会人数和同意票符合要求（至少 {} 票）。", tally.needed))
    })
}

/// Quorum and votes needed, in persons.
struct Tally {
    quorum: u64,
    needed: u64,
    basis: Basis,
}

/// The table of rulebook 6.6. `land`: the statutes on land and forest ask two thirds of **all**, which
/// prevails over the village law's majority of those present.
fn tally(record: &DecisionRecord, land: bool) -> Tally {
    let (all, present) = (u64::from(record.eligible), u64::from(record.attended));
    let two_thirds = |n: u64| (n * 2).div_ceil(3);
    let half = |n: u64| n / 2 + 1;
    match record.meeting {
        Meeting::Members => {
            let basis = match (act_in_force(record.held), land) {
                (true, _) => Basis::Collective27,
                (false, true) => Basis::LandContract52,
                (false, false) => Basis::Villagers22,
            };
            Tally { quorum: two_thirds(all), needed: two_thirds(all), basis }
        }
        Meeting::Representatives => {
            Tally { quorum: two_thirds(all), needed: two_thirds(all), basis: Basis::Collective28 }
        }
        Meeting::Council => Tally { quorum: two_thirds(all), needed: half(all), basis: Basis::Collective31 },
        Meeting::Villagers if land => {
            Tally { quorum: half(all), needed: two_thirds(all), basis: Basis::LandContract52 }
        }
        Meeting::Villagers => Tally { quorum: half(all), needed: half(present), basis: Basis::Villagers22 },
        Meeting::VillageRepresentatives if land => {
            Tally { quorum: two_thirds(all), needed: two_thirds(all), basis: Basis::LandContract52 }
        }
        Meeting::VillageRepresentatives => {
            Tally { quorum: two_thirds(all), needed: half(present), basis: Basis::Villagers22 }
        }
        Meeting::Group => Tally { quorum: two_thirds(all), needed: half(present), basis: Basis::Villagers28 },
    }
}

/// E52: the decision was posted long enough after the meeting, with photos of both ends. The first day
/// is not counted (rulebook 0.4).
pub fn e52(
    object: &ObjectFacts,
    facts: &DecisionFacts,
    rules: &CaseRules,
    limits: &Limits,
    today: Day,
) -> Option<Finding> {
    if !is_needed(object, facts, rules) {
        return None;
    }
    let (rule, basis, days) = (RuleId::E52, Basis::Platform, limits.posting_days);
    let Some(posting) = facts.posting else {
        let text = format!("没有决议公示材料，请在村务公开栏公示 {days} 日并上传首日和末日照片。");
        return Some(Finding::fail(rule, basis, text));
    };
    let lasted = posting.to.days_since(posting.from);
    Some(if facts.record.as_ref().is_some_and(|record| posting.from < record.held) {
        Finding::fail(rule, basis, "公示开始日早于会议召开日，请核对日期。")
    } else if posting.to > today {
        Finding::fail(rule, basis, format!("公示尚未期满，请在 {} 期满后提交。", posting.to.zh()))
    } else if lasted < i64::from(days) {
        let text = format!("公示了 {} 日（首日不计），至少应公示 {days} 日，请补足公示时间。", lasted.max(0));
        Finding::fail(rule, basis, text)
    } else if !posting.both_photos {
        Finding::fail(rule, basis, "缺少公示首日或者末日的照片，请补充。")
    } else {
        Finding::pass(rule, basis, format!("决议已公示 {lasted} 日，首日和末日照片齐全。"))
    })
}

/// E53: each household whose land the collective lets has given its own letter.
pub fn e53(facts: &DecisionFacts, rules: &CaseRules) -> Option<Finding> {
    if facts.households == 0 || rules.category.number() != 1 || rules.mode == Mode::Mortgage {
        return None;
    }
    let (rule, basis) = (RuleId::E53, Basis::Civil163);
    let counts = format!("涉及农户 {} 户，已签委托书 {} 户", facts.households, facts.authorised);
    Some(if facts.authorised >= facts.households {
        Finding::pass(rule, basis, format!("{counts}，委托齐全。"))
    } else {
        Finding::fail(rule, basis, format!("{counts}，每户都应当有载明事项、权限和期限的委托书，请补齐。"))
    })
}
