//! Lists of published lots.

use chrono::NaiveDateTime;
use diesel::dsl::{self, count_star, sql};
use diesel::prelude::*;
use diesel::sql_types::BigInt;

use crate::domain::base::{Area, Fen, Instant};
use crate::domain::category::PriceUnit;
use crate::domain::lot::Stage;
use crate::store::schema::lots;
use crate::store::{Fault, Read, stored};

/// A lot as a card or a row shows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LotItem {
    /// Public number.
    pub lot_no: String,
    /// Title.
    pub title: String,
    /// Stage.
    pub stage: Stage,
    /// Category 1 to 14.
    pub category: u8,
    /// Variety's code.
    pub variety: String,
    /// Mode's stable name.
    pub mode: String,
    /// Township code.
    pub township: String,
    /// Village; empty for a township-level unit.
    pub village: String,
    /// Asking price.
    pub price: Fen,
    /// Its unit.
    pub unit: PriceUnit,
    /// Total at the asking price.
    pub total: Fen,
    /// Area.
    pub area: Option<Area>,
    /// Deal price.
    pub deal_price: Option<Fen>,
    /// Deal total.
    pub deal_total: Option<Fen>,
    /// Publication.
    pub published_at: Option<Instant>,
    /// Close of registration.
    pub closes_at: Option<Instant>,
    /// Start of the session.
    pub session_at: Option<Instant>,
    /// When the stage ends by itself, such as the end of the publicity of a result.
    pub due_at: Option<Instant>,
    /// Since when in this stage.
    pub entered_at: Instant,
}

type Row = (
    (Option<String>, String, String, i64, String, String, String, String),
    (Option<i64>, String, Option<i64>, Option<i64>, Option<i64>, Option<i64>),
    (Option<NaiveDateTime>, Option<NaiveDateTime>, Option<NaiveDateTime>, Option<NaiveDateTime>, NaiveDateTime),
);

macro_rules! columns {
    () => {
        (
            (
                lots::lot_no,
                lots::title,
                lots::stage,
                lots::category,
                lots::variety,
                lots::mode,
                lots::township,
                lots::village,
            ),
            (
                lots::price_fen,
                lots::price_unit,
                lots::total_fen,
                lots::area,
                lots::deal_price_fen,
                lots::deal_total_fen,
            ),
            (lots::published_at, lots::closes_at, lots::session_at, lots::next_due_at, lots::entered_at),
        )
    };
}

/// What every published lot has. A price of nothing would be shown to everybody, so its lack is a fault.
fn needed<T>(what: &str, value: Option<T>) -> Result<T, Fault> {
    value.ok_or_else(|| Fault::Inconsistent(format!("{what} of a published lot")))
}

fn item(row: Row) -> Result<LotItem, Fault> {
    let ((lot_no, title, stage, category, variety, mode, township, village), money, times) = row;
    let (price, unit, total, area, deal_price, deal_total) = money;
    let (published, closes, session, due, entered) = times;
    Ok(LotItem {
        lot_no: needed("lots.lot_no", lot_no)?,
        title,
        stage: stored("lots.stage", Stage::from_name(&stage), &stage)?,
        category: u8::try_from(category).map_err(|e| Fault::Inconsistent(format!("lots.category: {e}")))?,
        variety,
        mode,
        township,
        village,
        price: Fen(needed("lots.price_fen", price)?),
        unit: stored("lots.price_unit", unit.parse().ok(), &unit)?,
        total: Fen(needed("lots.total_fen", total)?),
        area: area.map(Area),
        deal_price: deal_price.map(Fen),
        deal_total: deal_total.map(Fen),
        published_at: published.map(Instant::from_utc),
        closes_at: closes.map(Instant::from_utc),
        session_at: session.map(Instant::from_utc),
        due_at: due.map(Instant::from_utc),
        entered_at: Instant::from_utc(entered),
    })
}

/// In which order published lots are listed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Order {
    /// Latest publication first.
    #[default]
    Published,
    /// Earliest close of registration first.
    Closing,
    /// Latest change of stage first.
    Changed,
}

/// What to list.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filter {
    /// Category.
    pub category: Option<i64>,
    /// Township code.
    pub township: Option<String>,
    /// Mode's stable name.
    pub mode: Option<String>,
    /// Only these stages; empty for all.
    pub stages: Vec<Stage>,
    /// Only lots with a deal price.
    pub sold: bool,
    /// Words, all of which must occur.
    pub words: Vec<String>,
    /// The order.
    pub order: Order,
    /// Continue after this lot number.
    pub after: Option<String>,
}

/// Published lots that a filter lets through, wherever the page begins.
macro_rules! matching {
    ($filter:expr) => {{
        let filter: &Filter = $filter;
        let mut query = lots::table.filter(lots::published.eq(true)).into_boxed();
        if let Some(category) = filter.category {
            query = query.filter(lots::category.eq(category));
        }
        if let Some(township) = &filter.township {
            query = query.filter(lots::township.eq(township.clone()));
        }
        if let Some(mode) = &filter.mode {
            query = query.filter(lots::mode.eq(mode.clone()));
        }
        if !filter.stages.is_empty() {
            let names: Vec<&str> = filter.stages.iter().map(|s| s.name()).collect();
            query = query.filter(lots::stage.eq_any(names));
        }
        if filter.sold {
            query = query.filter(lots::deal_price_fen.is_not_null());
        }
        for word in &filter.words {
            query = query.filter(lots::search_text.like(super::containing(word)));
        }
        query
    }};
}

/// How many published lots the filter lets through, on all its pages.
pub fn count(db: &mut impl Read, filter: &Filter) -> Result<i64, Fault> {
    Ok(matching!(filter).count().get_result(db.conn())?)
}

/// Published lots in the filter's order; one more than a page tells that there is more.
pub fn list(db: &mut impl Read, filter: &Filter, limit: i64) -> Result<Vec<LotItem>, Fault> {
    let mut query = matching!(filter);
    type Mark = (Option<NaiveDateTime>, Option<NaiveDateTime>, NaiveDateTime, String);
    if let Some(after) = &filter.after {
        let mark: Option<Mark> = lots::table
            .filter(lots::lot_no.eq(after))
            .filter(lots::published.eq(true))
            .select((lots::published_at, lots::closes_at, lots::entered_at, lots::id))
            .first(db.conn())
            .optional()?;
        query = match (filter.order, mark) {
            (Order::Published, Some((Some(at), _, _, id))) => {
                query.filter(lots::published_at.lt(at).or(lots::published_at.eq(at).and(lots::id.lt(id))))
            }
            (Order::Closing, Some((_, Some(at), _, id))) => {
                query.filter(lots::closes_at.gt(at).or(lots::closes_at.eq(at).and(lots::id.gt(id))))
            }
            (Order::Changed, Some((_, _, at, id))) => {
                query.filter(lots::entered_at.lt(at).or(lots::entered_at.eq(at).and(lots::id.lt(id))))
            }
            (Order::Published | Order::Closing, Some(_)) | (_, None) => query,
        };
    }
    query = match filter.order {
        Order::Published => query.order((lots::published_at.desc(), lots::id.desc())),
        Order::Closing => query.filter(lots::closes_at.is_not_null()).order((lots::closes_at.asc(), lots::id.asc())),
        Order::Changed => query.order((lots::entered_at.desc(), lots::id.desc())),
    };
    let rows: Vec<Row> = query.limit(limit).select(columns!()).load(db.conn())?;
    rows.into_iter().map(item).collect()
}

/// Whether the page asked for follows a lot that nobody published, so that the list begins anew.
pub fn is_lost(db: &mut impl Read, filter: &Filter) -> Result<bool, Fault> {
    let Some(after) = &filter.after else { return Ok(false) };
    let known: i64 =
        lots::table.filter(lots::lot_no.eq(after)).filter(lots::published.eq(true)).count().get_result(db.conn())?;
    Ok(known == 0)
}

/// Published lots in these stages, soonest session first.
pub fn sessions(db: &mut impl Read, stages: &[Stage], limit: i64) -> Result<Vec<LotItem>, Fault> {
    let names: Vec<&str> = stages.iter().map(|s| s.name()).collect();
    let rows: Vec<Row> = lots::table
        .filter(lots::published.eq(true))
        .filter(lots::stage.eq_any(names))
        .filter(lots::session_at.is_not_null())
        .order((lots::session_at, lots::id))
        .limit(limit)
        .select(columns!())
        .load(db.conn())?;
    rows.into_iter().map(item).collect()
}

/// Figures of the home page.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Figures {
    /// Published lots by category.
    pub categories: Vec<(u8, u32)>,
    /// Lots that take applications.
    pub open: u32,
    /// Lots ever published.
    pub published: u32,
    /// Lots with a deal.
    pub deals: u32,
    /// Their total.
    pub deal_total: Fen,
}

/// Counts for the home page.
pub fn figures(db: &mut impl Read) -> Result<Figures, Fault> {
    // Counted by the database: a county publishes thousands of lots, and everybody opens the home page.
    let rows: Vec<(i64, String, i64, i64, i64)> = lots::table
        .filter(lots::published.eq(true))
        .group_by((lots::category, lots::stage))
        .select((
            lots::category,
            lots::stage,
            count_star(),
            dsl::count(lots::deal_total_fen),
            sql::<BigInt>("CAST(COALESCE(SUM(deal_total_fen), 0) AS BIGINT)"),
        ))
        .load(db.conn())?;
    let mut figures = Figures { categories: (1..=14).map(|n| (n, 0)).collect(), ..Figures::default() };
    for (category, stage, many, deals, total) in rows {
        let many = u32::try_from(many).unwrap_or(u32::MAX);
        let slot = figures.categories.iter_mut().find(|(n, _)| i64::from(*n) == category);
        if let Some((_, count)) = slot {
            *count += many;
        }
        figures.published += many;
        let stage = stored("lots.stage", Stage::from_name(&stage), &stage)?;
        if stage.takes_applications() {
            figures.open += many;
        }
        figures.deals += u32::try_from(deals).unwrap_or(u32::MAX);
        figures.deal_total = Fen(figures.deal_total.0.saturating_add(total));
    }
    Ok(figures)
}
