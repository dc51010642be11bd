//! How long a notice stands (rulebook 2.5).

use super::load::Rules;
use super::setting::MonthDay;
use crate::base::{Calendar, Day, Fen, Instant, Unconfirmed};
use crate::category::{Category, ListingRule, Method, Variety};
use crate::lot::Ownership;

/// What the listing period depends on.
#[derive(Clone, Copy, Debug)]
pub struct ListingQuery<'a> {
    /// The variety.
    pub variety: &'a Variety,
    /// The trading method.
    pub method: Method,
    /// The whole contract's value at the asking price.
    pub total: Fen,
    /// The day of publication.
    pub publish: Day,
}

/// The shortest listing period.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ListingLength {
    /// Working days, the day of publication not counted.
    pub working_days: u32,
    /// Natural days that must have passed besides; 0 for none.
    pub natural_days: u32,
    /// Which rule gave it, for the notice and the reviewer.
    pub reason: String,
}

/// State and cooperative property, whose results are posted longer (rulebook 2.5).
const STATE_AND_COOPERATIVE: u8 = 12;

impl Rules {
    /// The working days for which a result is posted.
    pub fn publicity_days(&self, category: Category, ownership: Ownership) -> u32 {
        let longer = ownership == Ownership::State || category.number() == STATE_AND_COOPERATIVE;
        if longer { self.result.publicity_state_coop_wd } else { self.result.publicity_wd }
    }

    /// The shortest listing period for this lot. The notice may name a longer one.
    pub fn listing_days(&self, query: ListingQuery<'_>) -> ListingLength {
        let rules = &self.listing;
        let (working_days, mut reason) = match query.variety.listing_rule {
            ListingRule::Land if self.in_season(query.publish) => {
                (rules.season_min_wd, "土地和资源类，农忙季节缩短".to_owned())
            }
            ListingRule::Land => (rules.land_wd, "土地和资源类".to_owned()),
            ListingRule::Forest => (rules.forest_wd, "林权".to_owned()),
            ListingRule::Asset => self.asset_days(query.total),
            ListingRule::SmallWorks => (rules.small_works_wd, "小额工程和采购".to_owned()),
            ListingRule::StateAsset if query.total >= Fen::yuan(10_000_000) => {
                (rules.state_asset_gt_10m_wd, "国有资产，1000 万元以上".to_owned())
            }
            ListingRule::StateAsset => (rules.state_asset_wd, "国有资产".to_owned()),
            ListingRule::ConstructionLand => (0, "集体经营性建设用地".to_owned()),
        };
        let mut natural_days =
            if query.variety.listing_rule == ListingRule::ConstructionLand { rules.construction_land_d } else { 0 };
        if let Some((days, word)) = self.method_floor(query.method)
            && days > natural_days
        {
            natural_days = days;
            reason.push_str(word);
        }
        ListingLength { working_days, natural_days, reason }
    }

    fn asset_days(&self, total: Fen) -> (u32, String) {
        let (days, band) = match total {
            t if t < Fen::yuan(100_000) => (self.listing.asset_lt_100k_wd, "不足 10 万元"),
            t if t <= Fen::yuan(500_000) => (self.listing.asset_100k_500k_wd, "10 万元至 50 万元"),
            t if t <= Fen::yuan(2_000_000) => (self.listing.asset_500k_2m_wd, "50 万元以上至 200 万元"),
            _ => (self.listing.asset_gt_2m_wd, "200 万元以上"),
        };
        (days, format!("资产类，成交总额{band}"))
    }

    fn method_floor(&self, method: Method) -> Option<(u32, &'static str)> {
        match method {
            Method::M4 => Some((self.listing.auction_floor_d, "；拍卖公告期")),
            Method::M5 => Some((self.listing.tender_floor_d, "；招标文件发出至截止")),
            Method::M1 | Method::M2 | Method::M3 | Method::M6 | Method::M7 | Method::M8 | Method::M9 | Method::M10 => {
                None
            }
        }
    }

    fn in_season(&self, publish: Day) -> bool {
        let day = MonthDay::of(publish);
        let (from, to) = (self.listing.season_from, self.listing.season_to);
        // A window may run over New Year.
        let within = if from <= to { from <= day && day <= to } else { day >= from || day <= to };
        self.listing.season_enabled && within
    }
}

impl ListingLength {
    /// The earliest close of a listing published at `publish`: the close of business of its
    /// last day, always a working day.
    ///
    /// # Errors
    /// [`Unconfirmed`] when the period runs into a year whose holidays are not loaded.
    pub fn close(&self, calendar: &Calendar, publish: Instant) -> Result<Instant, Unconfirmed> {
        let by_work = calendar.due(publish, self.working_days, true)?;
        if self.natural_days == 0 {
            return Ok(by_work);
        }
        Ok(by_work.max(calendar.natural_period_end(publish.day(), self.natural_days, true)?))
    }

    /// `10 个工作日` or `不少于 20 日`.
    pub fn zh(&self) -> String {
        match (self.working_days, self.natural_days) {
            (wd, 0) => format!("{wd} 个工作日"),
            (0, d) => format!("不少于 {d} 日"),
            (wd, d) => format!("{wd} 个工作日，且不少于 {d} 日"),
        }
    }
}
