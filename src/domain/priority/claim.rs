//! Until when a priority right can be claimed, and whether its holder was told
//! in time (rulebook 4.2). All dates are days in China; a period that ends on a
//! day without work runs to the next working day (rulebook 0.4).

use crate::base::{Calendar, Day, Instant, Unconfirmed};

/// Days of silence after which a tenant has waived (Civil Code art. 726).
pub const HOUSE_SALE_DAYS: u32 = 15;
/// Days before an auction by which a tenant must be told (Civil Code art. 727).
pub const HOUSE_AUCTION_DAYS: i64 = 5;
/// The least period for a co-owner by shares (Interpretation on property rights I, art. 11).
pub const SHARE_SALE_DAYS: u32 = 15;
/// Days before publication by which known holders get a written notice
/// (Fa Shi [2016] No. 18, art. 16, taken as a model).
pub const WRITTEN_NOTICE_DAYS: i64 = 3;
/// Days of posting after which an unreachable holder counts as told (same article).
pub const POSTED_NOTICE_DAYS: i64 = 5;
/// Months after an outsider started to use the land, in which a member who was
/// never told may still claim (Interpretation on rural land contracts, art. 11).
pub const MEMBER_CLAIM_MONTHS: u32 = 2;

/// When silence becomes a waiver.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Waiver {
    /// From this instant on the right is waived.
    pub at: Instant,
}

impl Waiver {
    /// Whether a claim at this instant is too late.
    pub fn has_come(self, now: Instant) -> bool {
        now >= self.at
    }
}

/// Sale of a let house: 15 days after the notice (P2).
pub fn house_sale_waiver(notified: Day, calendar: &Calendar) -> Result<Waiver, Unconfirmed> {
    Ok(Waiver { at: calendar.natural_period_end(notified, HOUSE_SALE_DAYS, false)? })
}

/// Sale of a share: the period the notice names, never under 15 days (P1).
pub fn share_sale_waiver(notified: Day, named: Option<u32>, calendar: &Calendar) -> Result<Waiver, Unconfirmed> {
    let days = named.unwrap_or(SHARE_SALE_DAYS).max(SHARE_SALE_DAYS);
    Ok(Waiver { at: calendar.natural_period_end(notified, days, false)? })
}

/// Whether the tenant was told of the auction of the house in time. Told in
/// time and absent is a waiver; told late is none.
pub fn house_auction_told_in_time(notified: Day, auction: Day) -> bool {
    auction.days_since(notified) >= HOUSE_AUCTION_DAYS
}

/// How a known holder was told of a publication.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Service {
    /// A written notice was handed over on this day.
    Written(Day),
    /// The holder could not be reached; a notice was posted from this day on.
    Posted(Day),
}

impl Service {
    /// The day from which the holder counts as told.
    pub fn told(self) -> Day {
        match self {
            Service::Written(day) => day,
            Service::Posted(day) => day.plus(POSTED_NOTICE_DAYS),
        }
    }

    /// Whether this was in time for a publication on `published`: a written
    /// notice at least three days before, a posting complete by that day.
    pub fn in_time_for(self, published: Day) -> bool {
        match self {
            Service::Written(day) => published.days_since(day) >= WRITTEN_NOTICE_DAYS,
            Service::Posted(_) => self.told() <= published,
        }
    }
}

/// The written public posting in the village, with its evidence (dated photos).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Posting {
    /// First day.
    pub from: Day,
    /// Last day of the reasonable period it names.
    pub until: Day,
    /// Dated photos of the posting are on file.
    pub evidence: bool,
}

/// Where the members' right (P4) stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MemberRight {
    /// It can be claimed until this instant.
    OpenUntil(Instant),
    /// The posted period went by without a claim.
    Lapsed,
    /// Nothing provable was posted and the outsider has not started yet: a
    /// claim stays possible until two months after he does.
    AtRisk,
    /// As before, and the two months run until this instant.
    AtRiskUntil(Instant),
}

impl MemberRight {
    /// Whether pages show the badge “2 个月优先权风险”.
    pub fn shows_risk(self) -> bool {
        match self {
            MemberRight::AtRisk | MemberRight::AtRiskUntil(_) => true,
            MemberRight::OpenUntil(_) | MemberRight::Lapsed => false,
        }
    }

    /// Whether a claim made now counts.
    pub fn can_claim(self) -> bool {
        match self {
            MemberRight::OpenUntil(_) | MemberRight::AtRisk | MemberRight::AtRiskUntil(_) => true,
            MemberRight::Lapsed => false,
        }
    }
}

/// Where the members' right stands at `now`. A posting without evidence counts
/// as none. `use_started` is the day on which the outsider began to use the land.
pub fn member_right(
    posting: Option<Posting>,
    use_started: Option<Day>,
    now: Instant,
    calendar: &Calendar,
) -> Result<MemberRight, Unconfirmed> {
    if let Some(posting) = posting.filter(|p| p.evidence) {
        let end = calendar.working_day_from(posting.until)?.end();
        return Ok(if now < end { MemberRight::OpenUntil(end) } else { MemberRight::Lapsed });
    }
    let Some(started) = use_started else { return Ok(MemberRight::AtRisk) };
    let end = calendar.working_day_from(started.plus_months(MEMBER_CLAIM_MONTHS))?.end();
    Ok(if now < end { MemberRight::AtRiskUntil(end) } else { MemberRight::Lapsed })
}

/// Whether a claim on land let in other ways (其他方式承包) comes too late:
/// after the two-thirds vote and the township's approval both stand
/// (Interpretation on rural land contracts, art. 18).
pub fn other_mode_claim_barred(voted: Option<Instant>, approved: Option<Instant>, claimed: Instant) -> bool {
    match (voted, approved) {
        (Some(voted), Some(approved)) => claimed >= voted.max(approved),
        (Some(_), None) | (None, Some(_)) | (None, None) => false,
    }
}

/// Whether a claim was made with or after the application, but before
/// registration closed: rights are reviewed with the qualification (rulebook 4.3).
pub fn registered_in_time(claimed: Instant, registration_closes: Instant) -> bool {
    claimed < registration_closes
}

#[cfg(test)]
#[path = "claim_tests.rs"]
mod tests;
