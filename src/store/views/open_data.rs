//! What the JSON interface lists: published lots, by what can be asked of them.

use std::collections::BTreeMap;

use diesel::prelude::*;

use crate::domain::base::ids::PartyId;
use crate::domain::base::{Area, Fen};
use crate::domain::lot::{Lot, Stage};
use crate::store::schema::lots;
use crate::store::{Fault, Read, from_json, party_cards};

/// What to list. Everything that is given must fit.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Query {
    /// Category 1 to 14.
    pub category: Option<i64>,
    /// Township code.
    pub township: Option<String>,
    /// Village.
    pub village: Option<String>,
    /// Mode's stable name.
    pub mode: Option<String>,
    /// Only these stages; empty for all.
    pub stages: Vec<Stage>,
    /// Words, all of which must occur.
    pub words: Vec<String>,
    /// Price unit's stable name.
    pub price_unit: Option<String>,
    /// Lowest and highest asking price, in the lot's own unit.
    pub price: (Option<Fen>, Option<Fen>),
    /// Smallest and largest area.
    pub area: (Option<Area>, Option<Area>),
    /// Continue after this lot number.
    pub after: Option<String>,
}

/// Published lots, the latest begun first. `None` when `after` names no published lot.
///
/// The order is that of the lots' ids, which never change and grow with time: a lot that stands
/// through a whole walk over the pages is met exactly once, whatever is published or moves on
/// meanwhile.
pub fn lots(db: &mut impl Read, asked: &Query, limit: i64) -> Result<Option<Vec<Lot>>, Fault> {
    let mut query = lots::table.filter(lots::published.eq(true)).into_boxed();
    if let Some(after) = &asked.after {
        let id: Option<String> = lots::table
            .filter(lots::lot_no.eq(after))
            .filter(lots::published.eq(true))
            .select(lots::id)
            .first(db.conn())
            .optional()?;
        let Some(id) = id else { return Ok(None) };
        query = query.filter(lots::id.lt(id));
    }
    if let Some(category) = asked.category {
        query = query.filter(lots::category.eq(category));
    }
    if let Some(township) = &asked.township {
        query = query.filter(lots::township.eq(township.clone()));
    }
    if let Some(village) = &asked.village {
        query = query.filter(lots::village.eq(village.clone()));
    }
    if let Some(mode) = &asked.mode {
        query = query.filter(lots::mode.eq(mode.clone()));
    }
    if !asked.stages.is_empty() {
        let names: Vec<&str> = asked.stages.iter().map(|s| s.name()).collect();
        query = query.filter(lots::stage.eq_any(names));
    }
    if let Some(unit) = &asked.price_unit {
        query = query.filter(lots::price_unit.eq(unit.clone()));
    }
    for word in &asked.words {
        let safe: String = word.to_lowercase().chars().filter(|c| !matches!(c, '%' | '_' | '\\')).collect();
        query = query.filter(lots::search_text.like(format!("%{safe}%")));
    }
    if let Some(lowest) = asked.price.0 {
        query = query.filter(lots::price_fen.ge(lowest.0));
    }
    if let Some(highest) = asked.price.1 {
        query = query.filter(lots::price_fen.le(highest.0));
    }
    if let Some(smallest) = asked.area.0 {
        query = query.filter(lots::area.ge(smallest.0));
    }
    if let Some(largest) = asked.area.1 {
        query = query.filter(lots::area.le(largest.0));
    }
    let bodies: Vec<String> = query.order(lots::id.desc()).limit(limit).select(lots::body).load(db.conn())?;
    bodies.iter().map(|body| from_json("lots.body", body)).collect::<Result<_, _>>().map(Some)
}

/// The names under which the public knows the parties of these lots.
pub fn names(db: &mut impl Read, lots: &[Lot]) -> Result<BTreeMap<PartyId, String>, Fault> {
    let mut names = BTreeMap::new();
    for id in lots.iter().flat_map(|l| [Some(l.transferor), l.outcome.as_ref().map(|o| o.party)]).flatten() {
        if !names.contains_key(&id)
            && let Some(card) = party_cards::party(db, id)?
        {
            names.insert(id, card.shown());
        }
    }
    Ok(names)
}
