//! Why a bid was not accepted: stable codes and what to tell the bidder
//! (rulebook 3.5). Others never see a refusal.

use super::direction::Direction;
use crate::base::money::MoneyError;
use crate::base::{Fen, Instant};

/// Why a room takes no bids.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shut {
    /// Not open yet.
    NotOpen {
        /// It opens then.
        opens: Instant,
    },
    /// Frozen by an outage.
    Paused,
    /// Trading continues at a published instant.
    Preparing {
        /// Then.
        until: Instant,
    },
    /// Over.
    Ended,
}

/// What is wrong with a typed amount.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BadNumber {
    /// It could not be read.
    Unread(MoneyError),
    /// Zero or less.
    NotPositive,
    /// More decimals than this lot takes.
    TooPrecise {
        /// What the lot takes.
        decimals: u8,
    },
    /// Above the largest amount.
    TooBig,
}

/// Why a holder may not match.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PriorityBar {
    /// No approved priority right in this lot.
    NoRight,
    /// A holder of equal rank already stands at this price; the earlier keeps it.
    EarlierHolder,
    /// A holder of better rank stands at this price.
    BetterRank,
}

/// Every code with its reason in the bid record's words.
const HEADINGS: [(&str, &str); 17] = [
    ("BID_CLOSED", "竞价暂停或不在报价时间"),
    ("NOT_QUALIFIED", "竞买资格未确认"),
    ("DEPOSIT_SHORT", "保证金未足额到账"),
    ("NOT_AGREED", "未同意竞价须知"),
    ("PRIOR_BID_REQUIRED", "自由竞价期内没有有效报价"),
    ("BAD_NUMBER", "金额不能使用"),
    ("ALREADY_LEADING", "已持有最优报价"),
    ("FIRST_BELOW_START", "首次报价未达到起始价或超过最高限价"),
    ("START_TAKEN", "起始价或最高限价已有人报出"),
    ("STEP_TOO_SMALL", "加价或减价不足一个幅度"),
    ("NOT_MULTIPLE", "不是幅度的整数倍"),
    ("STEP_TOO_BIG", "超过单次加价或减价上限"),
    ("PRIORITY_DENIED", "不能行使优先权"),
    ("PRIORITY_FIRST", "尚无人报价时行使优先权"),
    ("PRIORITY_USED_UP", "优先权次数已用完"),
    ("STALE", "提交前已有新的报价"),
    ("NEEDS_SECOND_CONFIRMATION", "大幅报价未作第二次确认"),
];

/// Why a bid was refused. In the order in which the rules are checked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BidRefusal {
    /// 1: not started, paused or ended.
    BidClosed(Shut),
    /// 2: qualification not approved.
    NotQualified,
    /// 3: confirmed deposit below what the notice asks.
    DepositShort,
    /// 4: bidding agreement not accepted.
    NotAgreed,
    /// 4: the notice asks for a bid in the free period and there was none (rulebook 3.4).
    PriorBidRequired,
    /// 5: not a usable amount.
    BadNumber(BadNumber),
    /// 6: the bidder holds (or shares) the best bid.
    AlreadyLeading,
    /// 7: first bid worse than start or ceiling.
    FirstBelowStart {
        /// Which way prices go.
        direction: Direction,
        /// The start or ceiling.
        start: Fen,
    },
    /// 8: a later bid equal to the start.
    StartTaken {
        /// Which way prices go.
        direction: Direction,
        /// The start or ceiling.
        start: Fen,
        /// The nearest price that can be bid; `None` when there is none left.
        minimum: Option<Fen>,
    },
    /// 9: less than one step better than the best.
    StepTooSmall {
        /// Which way prices go.
        direction: Direction,
        /// The best price.
        best: Fen,
        /// The step there.
        step: Fen,
        /// The nearest price that can be bid; `None` when there is none left.
        minimum: Option<Fen>,
    },
    /// 10: not a whole multiple of the step.
    NotMultiple {
        /// Which way prices go.
        direction: Direction,
        /// Counted from this price.
        base: Fen,
        /// The step.
        step: Fen,
        /// The nearest prices on the ladder, the smaller raise first.
        nearest: [Option<Fen>; 2],
    },
    /// 11: more than one bid may raise.
    StepTooBig {
        /// Which way prices go.
        direction: Direction,
        /// The furthest price this bid may reach.
        maximum: Fen,
    },
    /// 12: no right to match, or somebody's right goes first.
    PriorityDenied(PriorityBar),
    /// 12: a match cannot be the first bid.
    PriorityFirst,
    /// 12: the right was used as often as the notice allows.
    PriorityUsedUp {
        /// How often.
        limit: u32,
    },
    /// 13: another bid came between display and submission.
    Stale {
        /// The sequence number now.
        seq: u32,
        /// The best price now.
        best: Option<Fen>,
    },
    /// 14: an unusually large raise, to be confirmed a second time (rulebook 3.2).
    NeedsSecondConfirmation {
        /// How many steps it is.
        multiple: u64,
        /// The price to confirm.
        price: Fen,
    },
}

impl BidRefusal {
    /// The stable code.
    pub fn code(&self) -> &'static str {
        match self {
            BidRefusal::BidClosed(_) => "BID_CLOSED",
            BidRefusal::NotQualified => "NOT_QUALIFIED",
            BidRefusal::DepositShort => "DEPOSIT_SHORT",
            BidRefusal::NotAgreed => "NOT_AGREED",
            BidRefusal::PriorBidRequired => "PRIOR_BID_REQUIRED",
            BidRefusal::BadNumber(_) => "BAD_NUMBER",
            BidRefusal::AlreadyLeading => "ALREADY_LEADING",
            BidRefusal::FirstBelowStart { .. } => "FIRST_BELOW_START",
            BidRefusal::StartTaken { .. } => "START_TAKEN",
            BidRefusal::StepTooSmall { .. } => "STEP_TOO_SMALL",
            BidRefusal::NotMultiple { .. } => "NOT_MULTIPLE",
            BidRefusal::StepTooBig { .. } => "STEP_TOO_BIG",
            BidRefusal::PriorityDenied(_) => "PRIORITY_DENIED",
            BidRefusal::PriorityFirst => "PRIORITY_FIRST",
            BidRefusal::PriorityUsedUp { .. } => "PRIORITY_USED_UP",
            BidRefusal::Stale { .. } => "STALE",
            BidRefusal::NeedsSecondConfirmation { .. } => "NEEDS_SECOND_CONFIRMATION",
        }
    }

    /// The reason as the bid record tells it beside a number of bids (form F06), from its code.
    pub fn heading(code: &str) -> Option<&'static str> {
        HEADINGS.iter().find(|(known, _)| *known == code).map(|(_, words)| *words)
    }

    /// Where the rule stands.
    pub fn citation(&self) -> &'static str {
        match self {
            BidRefusal::BidClosed(_) => "竞价规则 3.5 第 1 项",
            BidRefusal::NotQualified => "竞价规则 3.5 第 2 项",
            BidRefusal::DepositShort => "竞价规则 3.5 第 3 项",
            BidRefusal::NotAgreed => "竞价规则 3.5 第 4 项",
            BidRefusal::PriorBidRequired => "竞价规则 3.4",
            BidRefusal::BadNumber(_) => "竞价规则 3.5 第 5 项",
            BidRefusal::AlreadyLeading => "竞价规则 3.5 第 6 项",
            BidRefusal::FirstBelowStart { .. } => "竞价规则 3.5 第 7 项",
            BidRefusal::StartTaken { .. } => "竞价规则 3.5 第 8 项",
            BidRefusal::StepTooSmall { .. } => "竞价规则 3.5 第 9 项",
            BidRefusal::NotMultiple { .. } => "竞价规则 3.5 第 10 项",
            BidRefusal::StepTooBig { .. } => "竞价规则 3.5 第 11 项",
            BidRefusal::PriorityDenied(_) | BidRefusal::PriorityFirst | BidRefusal::PriorityUsedUp { .. } => {
                "竞价规则 3.5 第 12 项、4.3"
            }
            BidRefusal::Stale { .. } => "竞价规则 3.5 第 13 项",
            BidRefusal::NeedsSecondConfirmation { .. } => "竞价规则 3.2",
        }
    }

    /// The full sentence for the bidder, with figures and the rule.
    pub fn zh(&self) -> String {
        format!("{}（{}）", self.message(), self.citation())
    }

    /// The sentence without the rule, for a refusal that carries the rule beside it.
    pub fn message(&self) -> String {
        match *self {
            BidRefusal::BidClosed(shut) => shut.zh(),
            BidRefusal::NotQualified => "您在本标的的竞买资格尚未确认，不能报价。请在“我的报名”中查看审核进度。".into(),
            BidRefusal::DepositShort => {
                "您的保证金尚未足额到账确认，不能报价。请核对缴款户名和金额，或联系交易中心。".into()
            }
            BidRefusal::NotAgreed => "您尚未同意本标的的竞价须知，不能报价。请先阅读并同意竞价须知。".into(),
            BidRefusal::PriorBidRequired => {
                "本场公告规定，在自由竞价期内有过有效报价的竞买人才能参加限时竞价，本次报价未被接受。".into()
            }
            BidRefusal::BadNumber(bad) => bad.zh(),
            BidRefusal::AlreadyLeading => {
                "您目前已持有最优报价，无需再次报价。他人报出更优价格后，您可以继续报价。".into()
            }
            BidRefusal::FirstBelowStart { direction: Direction::Up, start } => {
                format!("首次报价不得低于起始价 {} 元。请重新填写报价。", start.short())
            }
            BidRefusal::FirstBelowStart { direction: Direction::Down, start } => {
                format!("首次报价不得高于最高限价 {} 元。请重新填写报价。", start.short())
            }
            BidRefusal::StartTaken { direction, start, minimum } => start_taken(direction, start, minimum),
            BidRefusal::StepTooSmall { direction, best, step, minimum } => {
                step_too_small(direction, best, step, minimum)
            }
            BidRefusal::NotMultiple { direction, base, step, nearest } => not_multiple(direction, base, step, nearest),
            BidRefusal::StepTooBig { direction: Direction::Up, maximum } => {
                format!("本次报价超过单次加价上限，最高可报 {} 元。请重新填写报价。", maximum.short())
            }
            BidRefusal::StepTooBig { direction: Direction::Down, maximum } => {
                format!("本次报价超过单次减价上限，最低可报 {} 元。请重新填写报价。", maximum.short())
            }
            BidRefusal::PriorityDenied(bar) => bar.zh().into(),
            BidRefusal::PriorityFirst => "目前尚无人报价，不能以同价行使优先权。您可以按普通报价参加竞价。".into(),
            BidRefusal::PriorityUsedUp { limit } => {
                format!("公告规定优先权最多行使 {limit} 次，您已用完。您仍可以按普通报价参加竞价。")
            }
            BidRefusal::Stale { best: Some(best), .. } => format!(
                "您查看页面后已有新的报价，当前最优报价为 {} 元，本次报价未被接受。请按最新价格重新报价。",
                best.short()
            ),
            BidRefusal::Stale { best: None, .. } => {
                "您查看的价格已经变化，本次报价未被接受。请按最新页面重新报价。".into()
            }
            BidRefusal::NeedsSecondConfirmation { multiple, price } => format!(
                "本次报价 {} 元（大写：{}）相当于 {multiple} 个竞价幅度，明显大于通常幅度。如金额无误，请再次确认。",
                price.short(),
                price.capitals()
            ),
        }
    }
}

fn start_taken(direction: Direction, start: Fen, minimum: Option<Fen>) -> String {
    let name = direction.start_word();
    format!("{name} {} 元已有人报出，只有首次报价可以等于{name}。{}", start.short(), next(direction, minimum))
}

fn step_too_small(direction: Direction, best: Fen, step: Fen, minimum: Option<Fen>) -> String {
    format!(
        "当前最优报价为 {} 元，每次{}不得小于一个幅度 {} 元。{}",
        best.short(),
        direction.step_word(),
        step.short(),
        next(direction, minimum)
    )
}

fn next(direction: Direction, minimum: Option<Fen>) -> String {
    match (direction, minimum) {
        (Direction::Up, Some(price)) => format!("请报 {} 元或更高的价格。", price.short()),
        (Direction::Down, Some(price)) => format!("请报 {} 元或更低的价格。", price.short()),
        (_, None) => "本标的已没有可以继续报出的价格。".into(),
    }
}

fn not_multiple(direction: Direction, base: Fen, step: Fen, nearest: [Option<Fen>; 2]) -> String {
    let prices: Vec<String> = nearest.into_iter().flatten().map(|p| format!("{} 元", p.short())).collect();
    let advice = match prices.len() {
        0 => "请重新填写报价。".to_owned(),
        _ => format!("可以报 {}。", prices.join("或 ")),
    };
    format!("{}额应为幅度 {} 元的整数倍（从 {} 元起算）。{advice}", direction.step_word(), step.short(), base.short())
}

impl Shut {
    fn zh(self) -> String {
        match self {
            Shut::NotOpen { opens } => format!("竞价尚未开始，将于 {} 开始。请届时报价。", opens.zh_secs()),
            Shut::Paused => "竞价因故暂停，暂不接受报价，已接受的报价继续有效。恢复时间另行公告。".into(),
            Shut::Preparing { until } => format!("竞价即将恢复，将于 {} 继续。请届时报价。", until.zh_secs()),
            Shut::Ended => "本场竞价已经结束，本次报价迟到，未被接受。请查看竞价结果。".into(),
        }
    }
}

impl BadNumber {
    fn zh(self) -> String {
        match self {
            BadNumber::Unread(fault) => {
                let said = fault.zh().replace(',', "，").replace('(', "（").replace(')', "）");
                format!("报价没有填写正确：{said}。请重新填写。")
            }
            BadNumber::NotPositive => "报价必须大于 0 元。请重新填写。".into(),
            BadNumber::TooPrecise { decimals: 0 } => "本标的的报价只能是整数元。请重新填写。".into(),
            BadNumber::TooPrecise { decimals } => {
                format!("本标的的报价最多保留 {decimals} 位小数。请重新填写。")
            }
            BadNumber::TooBig => format!("报价超过上限 {} 元。请核对金额。", Fen::MAX.figures()),
        }
    }
}

impl PriorityBar {
    fn zh(self) -> &'static str {
        match self {
            PriorityBar::NoRight => "您在本标的没有经确认的优先权，不能同价行使优先权。您可以按普通报价参加竞价。",
            PriorityBar::EarlierHolder => {
                "同一顺位的优先权人已先按此价格行使优先权，先行使者保持领先。您可以报出更优的价格。"
            }
            PriorityBar::BetterRank => "顺位在先的优先权人已持有此价格。您可以报出更优的价格。",
        }
    }
}
