//! The notice: its text, the transferor's confirmation, publication under four eyes.

use super::{Hand, each, finance, frozen, on_lot, record, stepup};
use crate::context::{App, new_id};
use crate::crypto::suite::{Hash, sm3};
use crate::domain::actor::Actor;
use crate::domain::base::ids::{LotId, RoundId};
use crate::domain::base::numbering::{LotNo, NoticeKind};
use crate::domain::base::{Day, Instant};
use crate::domain::category::LandKind;
use crate::domain::gazette::{BenchmarkQuery, Beside};
use crate::domain::listing::notice::{self, Notice, Published, Source};
use crate::domain::lot::{Act, Listing, Lot, LotEvent, Ownership, Stage, Terms, listing};
use crate::domain::refusal::Refusal;
use crate::domain::rulebook::{ListingLength, ListingQuery};
use crate::store::rounds::{self, Round};
use crate::store::{Fault, Read, Stop, Tx, lots, party_cards};

/// What step-up codes for a notice's confirmation are bound to.
pub const CONFIRM: &str = "notice-confirmation";

/// The benchmark price beside an asking price, or why there is none: as the notice froze it, by its rules where
/// the notice is older than that, by today's before there is one.
pub fn benchmark(app: &App, round: Option<&Round>, lot: &Lot, terms: &Terms) -> Result<Beside, Fault> {
    if let Some(frozen) = round.and_then(|r| r.notice.benchmark.clone()) {
        return Ok(frozen);
    }
    let rules = frozen::of(app, round)?;
    let unconfirmed = rules.meta("guide.band_pct").is_some_and(|m| m.unconfirmed);
    Ok(Beside::new(app.market.benchmark_by(&rules, &lot.place, query(app, lot, terms)), unconfirmed))
}

fn query(app: &App, lot: &Lot, terms: &Terms) -> BenchmarkQuery {
    let variety = app.market.catalog.get(lot.variety);
    let by_key = |key: &str| terms.attributes.get(key).map(String::as_str);
    let land: Option<LandKind> = variety.and_then(|v| v.land_kind(by_key));
    let whole_term = terms.mode.is_sale() && terms.term.is_none_or(|t| Some(t.ends()) == terms.title_document.expires);
    let collective = matches!(terms.ownership, Ownership::Collective | Ownership::Household);
    BenchmarkQuery { land, mode: terms.mode, unit: terms.price_unit, whole_term, collective }
}

/// The notice's text as it stands today and the hash that is confirmed and published.
pub fn notice_of(app: &App, db: &mut impl Read, lot: &Lot) -> Result<(Notice, Hash), Stop> {
    let terms = lot.terms()?;
    let variety = frozen::today(app, lot.variety)?;
    let fees = finance::table(app, db, app.clock.now().day())?;
    let card = party_cards::party(db, lot.transferor)?;
    let county = &app.config.county;
    let contact: Vec<&str> = [&county.phone, &county.address].into_iter().flatten().map(String::as_str).collect();
    let beside = benchmark(app, None, lot, terms)?.zh();
    let notice = notice::notice(&Source {
        terms,
        variety,
        rules: &app.market.rules,
        place: &lot.place,
        project_no: lot.project_no.as_deref().unwrap_or_default(),
        lot_no: lot.lot_no.as_deref().unwrap_or_default(),
        transferor: &card.map(|c| c.shown()).unwrap_or_default(),
        centre: &county.centre,
        contact: &contact.join("，"),
        station_phone: county.stations.get(lot.place.township_name()).map_or("", String::as_str),
        account: &super::application::settlement(app),
        fees: fees.as_ref(),
        benchmark: &beside,
    });
    let hash = sm3(&[notice.canonical().as_bytes()]);
    Ok((notice, hash))
}

/// The transferor confirms the text he was shown, by password and one-time code.
pub fn confirm(app: &App, actor: &Actor, id: LotId, shown: &Hash, password: &str, code: &str) -> Result<(), Stop> {
    stepup::confirm(app, actor, CONFIRM, shown, password, code)?;
    on_lot(app, Some(actor), id, Act::ConfirmNotice, |tx, lot, _| {
        let (_, hash) = notice_of(app, tx, lot)?;
        if hash != *shown {
            return Err(Refusal::rule("NOTICE_CHANGED", "公告文本刚刚有变化，请重新核对后确认。", "").into());
        }
        Ok((listing::confirm_notice(lot, &hash.hex())?, ()))
    })
}

/// The shortest listing of a lot published now, and its close.
pub fn length(app: &App, lot: &Lot, now: Instant) -> Result<(ListingLength, Instant), Refusal> {
    let terms = lot.terms()?;
    let variety = app.market.catalog.get(lot.variety).ok_or_else(|| lot.wrong_stage())?;
    let query = ListingQuery { variety, method: terms.method, total: terms.total, publish: now.day() };
    let length = app.market.rules.listing_days(query);
    let closes = length.close(&app.market.calendar, now);
    let closes = closes.map_err(|e| Refusal::CalendarUnconfirmed { year: e.year })?;
    comes_to_a_result(app, lot, closes)?;
    Ok((length, closes))
}

/// Refuses a listing whose result could not be posted in years that are confirmed: qualification, the notice
/// of the session and the publicity all count working days.
fn comes_to_a_result(app: &App, lot: &Lot, closes: Instant) -> Result<(), Refusal> {
    let (rules, calendar) = (&app.market.rules, &app.market.calendar);
    let publicity = rules.publicity_days(lot.variety.category(), lot.terms()?.ownership);
    let days = rules.review.qualify_wd + rules.bid.notice_wd + publicity;
    let known = calendar.due(closes, days, true);
    known.map(|_| ()).map_err(|e| Refusal::CalendarUnconfirmed { year: e.year })
}

/// When a listing that is published now closes: at the close of business of `last`, or of the
/// earliest day the rules allow.
fn closing(app: &App, lot: &Lot, now: Instant, last: Option<Day>) -> Result<(String, Instant), Refusal> {
    let (length, earliest) = length(app, lot, now)?;
    let said = format!("{}（{}）", length.zh(), length.reason);
    let Some(last) = last else { return Ok((said, earliest)) };
    let calendar = &app.market.calendar;
    let working = calendar.is_working(last).map_err(|e| Refusal::CalendarUnconfirmed { year: e.year })?;
    let closes = calendar.close().on(last);
    if closes < earliest {
        let text = format!("截止日最早为 {}（公告期不少于 {}，{}）。", earliest.zh(), length.zh(), length.reason);
        return Err(Refusal::field("closes", text));
    }
    if !working {
        return Err(Refusal::field("closes", "截止日必须是工作日，请改选。"));
    }
    if last > now.day().plus_months(app.market.rules.listing.max_months) {
        return Err(Refusal::field("closes", "公告期太长，请改选较早的日期。"));
    }
    comes_to_a_result(app, lot, closes)?;
    Ok((said, closes))
}

/// Publishes: dates from the calendar, rules, variety and fee table frozen, the round written. A text that is
/// no longer the confirmed one is not published: the transferor is asked again, and that stands.
pub fn publish(app: &App, actor: &Actor, id: LotId, last: Option<Day>) -> Result<String, Stop> {
    let done = announce(app, actor, id, last);
    if matches!(&done, Err(Stop::Refused(refusal)) if refusal.code() == listing::NOTICE_CHANGED) {
        ask_again_of(app, id)?;
    }
    done
}

fn announce(app: &App, actor: &Actor, id: LotId, last: Option<Day>) -> Result<String, Stop> {
    on_lot(app, Some(actor), id, Act::Publish, |tx, lot, now| {
        if app.config.county.settlement.is_none() {
            let words = "还没有设置交易资金结算账户，公告不能写明保证金交到哪里。请管理员按运行手册设置后再发布。";
            return Err(Refusal::rule("NO_SETTLEMENT_ACCOUNT", words, "规则手册 5.1").into());
        }
        let (notice, hash) = notice_of(app, tx, lot)?;
        let (said, closes) = closing(app, lot, now, last)?;
        let earlier = rounds::latest(tx, lot.id)?;
        let number = earlier.map_or(1, |r| r.number + 1);
        let lot_no = lot.lot_no.clone().ok_or_else(|| lot.wrong_stage())?;
        let notice_no = notice_number(&lot_no, number)?;
        let terms = lot.terms()?;
        let fees = finance::table(app, tx, now.day())?;
        let snapshot = frozen::snapshot(&app.market.rules, frozen::today(app, lot.variety)?, fees.as_ref())?;
        let snapshot_hash = sm3(&[snapshot.as_bytes()]).hex();
        let frozen = Listing {
            round: RoundId(new_id()),
            number,
            notice_no: notice_no.clone(),
            opens: now,
            closes,
            snapshot_hash: snapshot_hash.clone(),
            notice_hash: hash.hex(),
        };
        let events = listing::publish(lot, frozen.clone())?;
        let published = Published {
            notice,
            notice_no,
            round: number,
            opens: now,
            closes,
            length: said,
            deposit: terms.deposit,
            benchmark: Some(benchmark(app, None, lot, terms)?),
        };
        tx.insert_round(&Round {
            id: frozen.round,
            lot: lot.id,
            number,
            notice: published,
            notice_hash: hash.hex(),
            snapshot,
            snapshot_hash,
            published_at: now,
            closes_at: closes,
            deposit: terms.deposit,
        })?;
        Ok((events, lot_no))
    })
}

/// Asks the transferor again when the text of this lot's notice is no longer the one he confirmed; whether it
/// was so.
fn ask_again_of(app: &App, id: LotId) -> Result<bool, Stop> {
    let changed = |tx: &mut Tx<'_>, lot: &Lot| -> Result<Vec<LotEvent>, Stop> {
        let (_, hash) = notice_of(app, tx, lot)?;
        Ok(listing::notice_changed(lot, &hash.hex())?)
    };
    let asked = app.store.write(|tx| {
        let stored = tx.claim_lot(id)?.map(|s| s.lot);
        let Some(lot) = stored.filter(|l| l.stage == Stage::ToPublish && l.notice_confirmed.is_some()) else {
            return Ok(false);
        };
        let events = changed(tx, &lot)?;
        let stale = !events.is_empty();
        record::lot_events(app, tx, lot, events, &Hand::clock(), app.clock.now())?;
        Ok(stale)
    })?;
    if asked {
        app.hub.changed(id);
    }
    Ok(asked)
}

/// Looks at every notice that is confirmed and not published: a fee table, a rule or a name may have changed
/// its text since. Gives how many transferors were asked again; a notice that cannot be written holds up no other.
pub fn ask_again(app: &App) -> Result<usize, Stop> {
    let waiting = app.store.read(|db| lots::in_stage(db, Stage::ToPublish))?;
    each(waiting.iter().filter(|l| l.notice_confirmed.is_some()), |lot| {
        let (_, hash) = app.store.read(|db| Ok(notice_of(app, db, lot)))??;
        Ok(lot.notice_confirmed.as_deref() != Some(hash.hex().as_str()) && ask_again_of(app, lot.id)?)
    })
}

fn notice_number(lot_no: &str, round: u32) -> Result<String, Fault> {
    let broken = |e: String| Fault::Inconsistent(format!("notice number of {lot_no}: {e}"));
    let lot: LotNo = lot_no.parse().map_err(|_| broken("not a lot number".into()))?;
    let serial = u8::try_from(round).map_err(|e| broken(e.to_string()))?;
    let number = lot.notice(NoticeKind::Listing, serial).map_err(|e| broken(e.to_string()))?;
    Ok(number.to_string())
}
