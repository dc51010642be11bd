//! Payment plans and the schedule they give (rulebook 5.8). A schedule always sums to the contract
//! total to the fen.

use serde::{Deserialize, Serialize};

use crate::base::words::words;
use crate::base::{Day, Fen};
use crate::category::Per;

words! {
    /// The plans a notice can print.
    PlanKind {
        OneOff = "ONE_OFF", "一次性付清";
        AnnualPrepaid = "ANNUAL_PREPAID", "按年预付，先付款后用地";
        FirstTwoThenAnnual = "FIRST_TWO_THEN_ANNUAL", "首付两年（首年和末年），其余按年预付";
        Instalment = "INSTALMENT", "分期付款";
    }
}

/// A plan with its figures.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "SCREAMING_SNAKE_CASE", deny_unknown_fields)]
pub enum Plan {
    /// Everything at once.
    OneOff,
    /// Each year's rent before that year of use begins.
    AnnualPrepaid,
    /// The first and the last year at once, every other year by this day of the calendar year in
    /// which it begins (seen: 5 January).
    FirstTwoThenAnnual {
        /// Month, 1 to 12.
        month: u32,
        /// Day of the month.
        day: u32,
    },
    /// Shares of the total on days after the first payment's day; shares in hundredths of a per cent,
    /// 10,000 together; the first part is due with 0 months.
    Instalment {
        /// Months after the first payment's day, and the share.
        parts: Vec<(u32, u32)>,
    },
}

impl Plan {
    /// Which of the printed plans it is.
    pub fn kind(&self) -> PlanKind {
        match self {
            Plan::OneOff => PlanKind::OneOff,
            Plan::AnnualPrepaid => PlanKind::AnnualPrepaid,
            Plan::FirstTwoThenAnnual { .. } => PlanKind::FirstTwoThenAnnual,
            Plan::Instalment { .. } => PlanKind::Instalment,
        }
    }
}

/// How rent grows (租金递增).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "SCREAMING_SNAKE_CASE", deny_unknown_fields)]
pub enum Escalation {
    /// The same every year.
    None,
    /// By a rate on the rent before, every so many years; hundredths of a per cent.
    Percent {
        /// Years between two steps.
        every_years: u32,
        /// 500 is 5 %.
        rate_bp: u32,
    },
    /// By an amount, every so many years.
    Amount {
        /// Years between two steps.
        every_years: u32,
        /// Added to the yearly rent.
        step: Fen,
    },
}

impl Escalation {
    /// How the rent grows, as one sentence; `None` when it stays.
    pub fn zh(self) -> Option<String> {
        match self {
            Escalation::None => None,
            Escalation::Percent { every_years, rate_bp } => {
                Some(format!("每满{every_years}年在上一期标准上上浮{}.{:02}%。", rate_bp / 100, rate_bp % 100))
            }
            Escalation::Amount { every_years, step } => {
                Some(format!("每满{every_years}年，年租金增加{}元。", step.figures()))
            }
        }
    }
}

/// One payment.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Due {
    /// Last day to pay.
    pub day: Day,
    /// How much; positive.
    pub amount: Fen,
}

/// Why there is no schedule.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PlanError {
    /// No rent, or rent that is not positive.
    #[error("价款应大于 0，无法生成付款计划。")]
    NoPrice,
    /// Term or escalation that makes no sense.
    #[error("期限应为 1 至 840 个月，递增间隔应至少 1 年。")]
    Term,
    /// The yearly day does not exist in every year.
    #[error("每年付款日不存在，请填写 1 月 1 日至 12 月 28 日之间的日期。")]
    YearlyDay,
    /// The shares are not 100 % or the parts are not in order.
    #[error("分期付款的首期应在第 0 个月，各期月份应依次递增，比例应大于 0 且合计为 100%。")]
    Parts,
    /// The yearly rents are not the total, by more than rounding: the total was not made from this rent.
    #[error("逐年价款合计与成交总额不一致，无法生成付款计划，请联系系统管理员。")]
    NotTheTotal,
    /// A sum beyond what a contract can hold.
    #[error("合同总价超过上限，请核对单价、数量和期限。")]
    TooBig,
}

/// The rent of each year of a term in months; a last, broken year pays by months, rounded half up.
/// The sum is the total contract value (rulebook 0.5).
pub fn yearly_rents(first_year: Fen, months: u32, escalation: Escalation) -> Result<Vec<Fen>, PlanError> {
    if first_year <= Fen::ZERO {
        return Err(PlanError::NoPrice);
    }
    let every = match escalation {
        Escalation::None => 1,
        Escalation::Percent { every_years, .. } | Escalation::Amount { every_years, .. } => every_years,
    };
    if !(1..=840).contains(&months) || every == 0 {
        return Err(PlanError::Term);
    }
    let (mut rents, mut rent) = (Vec::new(), first_year);
    for year in 0..months.div_ceil(12) {
        if year > 0 && year % every == 0 {
            rent = grown(rent, escalation)?;
        }
        let length = (months - year * 12).min(12);
        let part = rent.checked_mul_ratio(i128::from(length), 12).ok_or(PlanError::TooBig)?;
        rents.push(part);
    }
    let total = rents.iter().try_fold(0i64, |sum, rent| sum.checked_add(rent.0)).ok_or(PlanError::TooBig)?;
    if total > Fen::MAX.0 { Err(PlanError::TooBig) } else { Ok(rents) }
}

/// What a contract pays in each year of its term; they sum to `total` to the fen. A price for the whole term,
/// and a term of at most a year, is one sum. The total was rounded once and each year's rent by itself
/// (rulebook 0.5), so a few fen may be over or short: they stand in the last year, as with instalments, and
/// every year before it pays the first year's rent that notice and contract print.
///
/// # Errors
/// Those of [`yearly_rents`]; [`PlanError::NotTheTotal`] when more is over or short than rounding explains.
pub fn contract_rents(
    per: Per,
    total: Fen,
    first_year: Fen,
    months: Option<u32>,
    escalation: Escalation,
) -> Result<Vec<Fen>, PlanError> {
    let years = match per {
        Per::Term => None,
        Per::Year | Per::Month => months.filter(|months| *months > 12),
    };
    let Some(months) = years else {
        return if total > Fen::ZERO { Ok(vec![total]) } else { Err(PlanError::NoPrice) };
    };
    let mut rents = yearly_rents(first_year, months, escalation)?;
    let rest = total - rents.iter().copied().sum();
    // Each full year is rounded by half a fen at most, the broken one and the total by one together.
    if rest.0.unsigned_abs() > rents.len() as u64 {
        return Err(PlanError::NotTheTotal);
    }
    match rents.last_mut() {
        Some(last) if *last + rest > Fen::ZERO => *last = *last + rest,
        Some(_) | None => return Err(PlanError::NoPrice),
    }
    Ok(rents)
}

fn grown(rent: Fen, escalation: Escalation) -> Result<Fen, PlanError> {
    match escalation {
        Escalation::None => Ok(rent),
        Escalation::Percent { rate_bp, .. } => {
            rent.checked_mul_ratio(10_000 + i128::from(rate_bp), 10_000).ok_or(PlanError::TooBig)
        }
        Escalation::Amount { step, .. } => {
            let next = Fen(rent.0.checked_add(step.0).ok_or(PlanError::TooBig)?);
            if next <= Fen::ZERO { Err(PlanError::NoPrice) } else { Ok(next) }
        }
    }
}

/// The schedule. `yearly` is the rent of each year, or one amount for a sale; `start` the first day of
/// use; `first_due` the last day for the first payment (by default 5 working days after signing).
/// Days never decrease; nothing is due before `first_due`.
pub fn schedule(plan: &Plan, yearly: &[Fen], start: Day, first_due: Day) -> Result<Vec<Due>, PlanError> {
    if yearly.is_empty() || yearly.iter().any(|rent| *rent <= Fen::ZERO) {
        return Err(PlanError::NoPrice);
    }
    let total = yearly.iter().try_fold(0i64, |sum, rent| sum.checked_add(rent.0)).ok_or(PlanError::TooBig)?;
    let year_start = |year: usize| start.plus_months(12 * year as u32);
    let mut dues = match plan {
        Plan::OneOff => vec![Due { day: first_due, amount: Fen(total) }],
        Plan::AnnualPrepaid => {
            let due = |(year, rent): (usize, &Fen)| Due { day: year_start(year).plus(-1), amount: *rent };
            yearly.iter().enumerate().map(due).collect()
        }
        Plan::FirstTwoThenAnnual { month, day } => first_two(yearly, year_start, first_due, *month, *day)?,
        Plan::Instalment { parts } => instalments(Fen(total), parts, first_due)?,
    };
    let mut earliest = first_due;
    for (i, due) in dues.iter_mut().enumerate() {
        due.day = if i == 0 { first_due } else { due.day.max(earliest) };
        earliest = due.day;
    }
    Ok(dues)
}

fn first_two(
    yearly: &[Fen],
    year_start: impl Fn(usize) -> Day,
    first_due: Day,
    month: u32,
    day: u32,
) -> Result<Vec<Due>, PlanError> {
    if !(1..=28).contains(&day) || !(1..=12).contains(&month) {
        return Err(PlanError::YearlyDay);
    }
    let last = yearly.len() - 1;
    let up_front = if last == 0 { yearly[0] } else { yearly[0] + yearly[last] };
    let mut dues = vec![Due { day: first_due, amount: up_front }];
    for (year, rent) in yearly.iter().enumerate().take(last).skip(1) {
        let by = Day::ymd(year_start(year).year(), month, day).ok_or(PlanError::YearlyDay)?;
        dues.push(Due { day: by, amount: *rent });
    }
    Ok(dues)
}

fn instalments(total: Fen, parts: &[(u32, u32)], first_due: Day) -> Result<Vec<Due>, PlanError> {
    let in_order = parts.windows(2).all(|pair| pair[0].0 < pair[1].0);
    let whole = parts.iter().map(|(_, share)| u64::from(*share)).sum::<u64>() == 10_000;
    if parts.first().is_none_or(|first| first.0 != 0) || !in_order || !whole || parts.iter().any(|p| p.1 == 0) {
        return Err(PlanError::Parts);
    }
    let (mut left, mut dues) = (total, Vec::new());
    for (i, (months, share)) in parts.iter().enumerate() {
        let by_share = Fen((i128::from(total.0) * i128::from(*share) / 10_000) as i64);
        let amount = if i + 1 == parts.len() { left } else { by_share };
        if amount <= Fen::ZERO {
            return Err(PlanError::NoPrice);
        }
        left = left - amount;
        dues.push(Due { day: first_due.plus_months(*months), amount });
    }
    Ok(dues)
}

/// A payment and how much of it is paid.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Settled {
    /// The payment.
    pub due: Due,
    /// Paid so far, at most its amount.
    pub paid: Fen,
}

impl Settled {
    /// Still to pay.
    pub fn open(self) -> Fen {
        self.due.amount - self.paid
    }
}

/// Spreads what was paid so far (converted deposit included) over the schedule, oldest first. The
/// second value is what was paid beyond the whole schedule.
pub fn settle(dues: &[Due], paid: Fen) -> (Vec<Settled>, Fen) {
    let mut left = paid.max(Fen::ZERO);
    let settled = dues
        .iter()
        .map(|due| {
            let part = left.min(due.amount);
            left = left - part;
            Settled { due: *due, paid: part }
        })
        .collect();
    (settled, left)
}
