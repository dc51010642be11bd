//! The rules of one room, frozen from the notice at publication (rulebook 3.2, 3.3).

use serde::{Deserialize, Serialize};

use super::direction::Direction;
use crate::base::{Fen, Instant};
pub use crate::rulebook::PriorityTie as TieRule;

/// One band of a tiered step: from this price (inclusive) to the next band's.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tier {
    /// Lower edge, inclusive.
    pub from: Fen,
    /// The step while the current best lies in the band.
    pub step: Fen,
}

/// How large one step is (加价幅度 / 减价幅度).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum StepRule {
    /// Always the same amount.
    Fixed(Fen),
    /// A share of the current best in basis points (1/100 %), rounded up to the lot's decimals.
    Percent {
        /// 1 = 0.01 %.
        bp: u32,
    },
    /// By the band in which the current best falls. The first band starts at 0,
    /// bands ascend, so that no price is without a step.
    Tiered(Vec<Tier>),
}

impl StepRule {
    /// The step at this price, in the lot's decimals.
    pub fn at(&self, price: Fen, decimals: u8) -> Fen {
        match self {
            StepRule::Fixed(step) => *step,
            StepRule::Percent { bp } => {
                let unit = i128::from(unit_fen(decimals));
                let share = i128::from(price.0) * i128::from(*bp);
                let units = (share + 10_000 * unit - 1) / (10_000 * unit);
                Fen(i64::try_from(units.max(1) * unit).unwrap_or(i64::MAX))
            }
            StepRule::Tiered(tiers) => {
                tiers.iter().rev().find(|t| t.from <= price).or(tiers.first()).map_or(Fen(1), |t| t.step)
            }
        }
    }
}

/// The smallest amount with this many decimals, in fen.
pub(super) fn unit_fen(decimals: u8) -> i64 {
    match decimals {
        0 => 100,
        1 => 10,
        _ => 1,
    }
}

/// What happens when the free period ends (rulebook 3.3, 3.4).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LimitedMode {
    /// A limited period follows; every bid restarts it.
    Reset,
    /// No limited period; a bid in the last `window_ms` adds `extend_ms`.
    SoftClose {
        /// Length of the window before the deadline.
        window_ms: i64,
        /// What each bid in the window adds.
        extend_ms: i64,
    },
    /// The free period's end is the end.
    None,
}

/// The rules of one room. Build one and hand it to [`super::Room::new`], which checks it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RoomRules {
    /// Up or down.
    pub direction: Direction,
    /// Start price (起始价), or the ceiling (最高限价) when prices go down.
    pub start: Fen,
    /// The step.
    pub step: StepRule,
    /// Decimals a bid may carry, 0 to 2.
    pub decimals: u8,
    /// A raise must be a whole multiple of the step.
    pub must_multiple: bool,
    /// A raise may be at most this many steps.
    pub max_multiple: Option<u32>,
    /// A raise may be at most this amount. Not together with a percent step.
    pub max_step_abs: Option<Fen>,
    /// A raise above this many steps needs a second confirmation.
    pub confirm_above_multiple: Option<u32>,
    /// The free period opens (inclusive).
    pub free_starts: Instant,
    /// The free period ends (exclusive).
    pub free_ends: Instant,
    /// Length of the limited period in milliseconds.
    pub limited_ms: i64,
    /// What follows the free period.
    pub mode: LimitedMode,
    /// The limited period is entered even when nobody has bid yet.
    pub enter_limited_without_bid: bool,
    /// Only who bid in the free period may raise in the limited one. A priority
    /// match stays possible: a switch in a notice takes no statutory right away.
    pub require_prior_bid: bool,
    /// The leader may improve the own bid.
    pub allow_self_raise: bool,
    /// A reserve price; worse bids do not win. The county's default is none.
    pub reserve: Option<Fen>,
    /// Below this a winner of reverse bidding must justify the cost (rulebook 3.13).
    pub cost_alarm: Option<Fen>,
    /// How often one holder may match; `None` is unlimited.
    pub priority_limit: Option<u32>,
    /// Equal-rank holders at the same price.
    pub priority_tie: TieRule,
    /// Preparation after an outage in the limited period, milliseconds (rulebook 3.9).
    pub resume_preparation_ms: i64,
    /// An interruption up to this long may end without notice, milliseconds.
    pub resume_direct_ms: i64,
    /// Otherwise trading continues no earlier than this long after the announcement, milliseconds.
    pub resume_notice_ms: i64,
    /// A gap in the room's heartbeat above this freezes it, milliseconds.
    #[serde(default = "gap_before_it_was_printed")]
    pub gap_ms: i64,
}

/// The gap of rooms whose rules were frozen before it stood among them.
fn gap_before_it_was_printed() -> i64 {
    5_000
}

/// The shortest periods allowed. The demo may run shorter rooms, marked 演示.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Floors {
    /// Shortest free period, milliseconds.
    pub free_ms: i64,
    /// Shortest limited period, milliseconds.
    pub limited_ms: i64,
}

impl Floors {
    /// Real trading: 10 min and 60 s (rulebook 3.3).
    pub const TRADING: Floors = Floors { free_ms: 10 * 60_000, limited_ms: 60_000 };
    /// Demonstration rooms: 3 min and 60 s.
    pub const DEMO: Floors = Floors { free_ms: 3 * 60_000, limited_ms: 60_000 };
}

/// A contradiction in the rules of a room.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RulesFault {
    /// The start price is not between 0.01 and the largest amount.
    Start,
    /// More than two decimals, or the start or a step has more decimals than allowed.
    Decimals,
    /// No step, a zero one, or tiers that do not ascend from 0.
    Step,
    /// A largest raise below one step, or given beside a percent step.
    LargestRaise,
    /// Free period shorter than the floor or longer than a day.
    FreePeriod,
    /// Limited period outside its range, or a soft close without length.
    LimitedPeriod,
    /// Reserve worse than the start price, or beyond the largest amount.
    Reserve,
    /// A cost alarm where prices go up, or above the ceiling.
    CostAlarm,
    /// A preparation, direct resumption, notice or gap below zero.
    Preparation,
}

impl RulesFault {
    /// What is wrong, for the person who sets up the session.
    pub fn zh(self) -> &'static str {
        match self {
            RulesFault::Start => "起始价（最高限价）必须大于 0 且不超过 999,999,999,999.99 元，请核对。",
            RulesFault::Decimals => "起始价和竞价幅度的小数位超过本标的允许的位数，请核对。",
            RulesFault::Step => "竞价幅度必须大于 0；分段幅度须从 0 元起逐段递增，请核对。",
            RulesFault::LargestRaise => "单次最大幅度不得小于一个竞价幅度；按比例设定幅度时只能限制倍数，请核对。",
            RulesFault::FreePeriod => "自由竞价期应为 10 分钟至 24 小时，请重新设定起止时间。",
            RulesFault::LimitedPeriod => "限时竞价应为 60 秒至 600 秒；延时窗口和延时长度必须大于 0，请核对。",
            RulesFault::Reserve => "保留价不得劣于起始价（最高限价），请核对。",
            RulesFault::CostAlarm => "成本警戒价只用于反向竞价，且不得高于最高限价，请核对。",
            RulesFault::Preparation => "恢复竞价的准备时间、直接恢复时限、公告时间和心跳中断时限不得为负数，请核对。",
        }
    }
}

const LONGEST_FREE_MS: i64 = 1_440 * 60_000;
const LONGEST_LIMITED_MS: i64 = 600_000;

impl RoomRules {
    /// The step while this price is the best (or the start).
    pub fn step_at(&self, price: Fen) -> Fen {
        self.step.at(price, self.decimals)
    }

    /// All contradictions at once; empty means the rules can open a room.
    pub fn faults(&self, floors: Floors) -> Vec<RulesFault> {
        let checks = [
            (amount_ok(self.start), RulesFault::Start),
            (self.decimals_ok(), RulesFault::Decimals),
            (self.step_ok(), RulesFault::Step),
            (self.largest_raise_ok(), RulesFault::LargestRaise),
            (self.free_ok(floors), RulesFault::FreePeriod),
            (self.limited_ok(floors), RulesFault::LimitedPeriod),
            (self.reserve.is_none_or(|r| amount_ok(r) && !self.direction.better(self.start, r)), RulesFault::Reserve),
            (self.cost_alarm.is_none_or(|a| self.alarm_ok(a)), RulesFault::CostAlarm),
            (self.resume_ok(), RulesFault::Preparation),
        ];
        checks.into_iter().filter(|(ok, _)| !ok).map(|(_, fault)| fault).collect()
    }

    fn resume_ok(&self) -> bool {
        self.resume_preparation_ms.min(self.resume_direct_ms).min(self.resume_notice_ms).min(self.gap_ms) >= 0
    }

    fn alarm_ok(&self, alarm: Fen) -> bool {
        self.direction == Direction::Down && alarm > Fen::ZERO && alarm <= self.start
    }

    fn steps(&self) -> Vec<Fen> {
        match &self.step {
            StepRule::Fixed(step) => vec![*step],
            StepRule::Percent { .. } => vec![],
            StepRule::Tiered(tiers) => tiers.iter().map(|t| t.step).collect(),
        }
    }

    fn decimals_ok(&self) -> bool {
        let unit = unit_fen(self.decimals);
        self.decimals <= 2 && self.start.0 % unit == 0 && self.steps().iter().all(|s| s.0 % unit == 0)
    }

    fn step_ok(&self) -> bool {
        let positive = self.steps().into_iter().all(amount_ok);
        positive
            && match &self.step {
                StepRule::Fixed(_) => true,
                StepRule::Percent { bp } => (1..=10_000).contains(bp),
                StepRule::Tiered(tiers) => {
                    tiers.first().is_some_and(|t| t.from == Fen::ZERO) && tiers.is_sorted_by(|a, b| a.from < b.from)
                }
            }
    }

    fn largest_raise_ok(&self) -> bool {
        let amount = self.max_step_abs.is_none_or(|largest| {
            !matches!(self.step, StepRule::Percent { .. }) && self.steps().into_iter().all(|s| s <= largest)
        });
        amount && self.max_multiple != Some(0) && self.confirm_above_multiple != Some(0)
    }

    fn free_ok(&self, floors: Floors) -> bool {
        let length = self.free_ends.ms_since(self.free_starts);
        (floors.free_ms..=LONGEST_FREE_MS).contains(&length)
    }

    fn limited_ok(&self, floors: Floors) -> bool {
        match self.mode {
            LimitedMode::Reset => (floors.limited_ms..=LONGEST_LIMITED_MS).contains(&self.limited_ms),
            LimitedMode::SoftClose { window_ms, extend_ms } => window_ms > 0 && extend_ms > 0,
            LimitedMode::None => true,
        }
    }
}

fn amount_ok(amount: Fen) -> bool {
    amount > Fen::ZERO && amount <= Fen::MAX
}
