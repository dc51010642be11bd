//! What the market's pages read: a bidder's own application, the finance desk. Blindness is kept
//! here: before a session closes no answer ties money or people to a lot.

use std::collections::BTreeMap;

use super::{application, pauses};
use crate::context::App;
use crate::domain::actor::Actor;
use crate::domain::application::{Application, Status};
use crate::domain::base::identity::mask;
use crate::domain::base::ids::{BankLineId, LotId, PaymentFileId, RefundId};
use crate::domain::base::{Fen, Instant};
use crate::domain::category::DocRule;
use crate::domain::funds::{Account, Pauses, PayoutCause};
use crate::domain::lot::Lot;
use crate::domain::permit::Area;
use crate::domain::refusal::Refusal;
use crate::domain::rulebook::Rules;
use crate::store::bank::{self, StoredLine};
use crate::store::documents::{self, Owner};
use crate::store::holds;
use crate::store::parties::{self, PartyKind};
use crate::store::refunds;
use crate::store::settings;
use crate::store::{Fault, Read, Stop, applications, ledger, lots};

pub use crate::store::documents::Document;
pub use crate::store::holds::HoldStatus;
pub use crate::store::parties::Party;
pub use crate::store::refunds::{StoredFile, StoredOrder};
pub use crate::store::settings::Setting;

/// A bidder's own view of a lot.
#[derive(Clone, Debug)]
pub struct Own {
    /// The lot.
    pub lot: Lot,
    /// The rules of its notice.
    pub rules: Rules,
    /// His application, once begun.
    pub application: Option<Application>,
    /// Where his deposit stands, from the ledger's hold.
    pub deposit: Option<HoldStatus>,
    /// His papers.
    pub have: Vec<Document>,
    /// The papers asked for, and whether each is required.
    pub papers: Vec<(DocRule, bool)>,
    /// His orders: number, cause, amount, state.
    pub orders: Vec<(String, &'static str, Fen, String)>,
    /// His name.
    pub name: String,
    /// His own account, masked.
    pub account: String,
}

/// The caller's own application for a public lot. Not for the transferor.
pub fn own(app: &App, actor: &Actor, lot_no: &str) -> Result<Own, Stop> {
    let Some(party_id) = actor.party else {
        return Err(Refusal::NotYours { who: "登录的意向受让方".into() }.into());
    };
    let found = app.store.read(|db| Ok((lots::find_by_no(db, lot_no)?, parties::find(db, party_id)?)))?;
    let (Some(stored), Some(party)) = found else { return Err(Refusal::NotFound.into()) };
    let lot = stored.lot;
    if !lot.public {
        return Err(Refusal::NotFound.into());
    }
    if lot.transferor == party_id {
        return Err(Refusal::NotYours { who: "转出方以外的意向受让方".into() }.into());
    }
    let bank = super::parties::bank_account(app, &party)?;
    let organisation = party.kind != PartyKind::Person;
    Ok(app.store.read(|db| {
        let application = applications::of_party(db, lot.id, party_id)?;
        let (mut deposit, mut have, mut orders) = (None, Vec::new(), Vec::new());
        if let Some(a) = &application {
            deposit = holds::of_application(db, a.id)?;
            have = documents::of(db, Owner::Application(a.id))?;
            for o in refunds::of_application(db, a.id)? {
                // What went back with an application taken back is not the deposit of the one after it.
                let earlier = o.cause == PayoutCause::Withdrawn && a.status != Status::Withdrawn;
                deposit = deposit.filter(|hold| !earlier || hold.refund != Some(o.id));
                let mut state = state_zh(&o);
                for pause in pauses::of_order(db, o.id)?.iter().filter(|p| p.lifted.is_none()) {
                    state.push_str(&format!("。{}：{}", pause.ordered.post, pause.ordered.words));
                }
                orders.push((o.number.clone(), o.cause.zh(), o.amount, state));
            }
        }
        let body = application.as_ref().map(|a| a.body.clone()).unwrap_or_default();
        let papers = application::papers(&super::frozen::variety(app, db, &lot)?, &body, organisation);
        Ok(Own {
            papers,
            rules: super::frozen::rules(app, db, lot.id)?,
            lot: lot.clone(),
            application,
            deposit: deposit.map(|hold| hold.status),
            have,
            orders,
            name: party.name.clone(),
            account: format!("{} {}", bank.bank, mask::bank_card(&bank.account)),
        })
    })?)
}

/// All applications of the caller's party with their lots.
pub fn mine(app: &App, actor: &Actor) -> Result<Vec<(Application, Lot)>, Stop> {
    let Some(party) = actor.party else { return Ok(Vec::new()) };
    Ok(app.store.read(|db| {
        let mut rows = Vec::new();
        for a in applications::all_of_party(db, party)? {
            if let Some(stored) = lots::find(db, a.lot)? {
                rows.push((a, stored.lot));
            }
        }
        Ok(rows)
    })?)
}

/// The papers of one application, for its reviewer.
pub fn papers_of(app: &App, a: &Application) -> Result<Vec<Document>, Stop> {
    Ok(app.store.read(|db| documents::of(db, Owner::Application(a.id)))?)
}

/// One lot with its case view facts, for staff forms.
pub fn case(app: &App, id: LotId) -> Result<Lot, Stop> {
    app.store.read(|db| lots::find(db, id))?.map(|s| s.lot).ok_or_else(|| Refusal::NotFound.into())
}

/// One lot with the rules of its notice.
pub fn case_by_its_rules(app: &App, id: LotId) -> Result<(Lot, Rules), Stop> {
    let lot = case(app, id)?;
    let rules = app.store.read(|db| super::frozen::rules(app, db, id))?;
    Ok((lot, rules))
}

/// The word for where an order stands.
pub fn state_zh(o: &StoredOrder) -> String {
    match o.status.as_str() {
        "due" => "待制单".into(),
        "paused" => format!("已暂停（{}）", Pauses::parse(&o.pause_reason).unwrap_or_default().zh()),
        "made" => "待复核".into(),
        "checked" => "待发送".into(),
        "sent" if o.unpaid_by.is_some() => "银行未执行，待复核".into(),
        "sent" => "已发送银行".into(),
        "done" => "已完成".into(),
        other => other.to_owned(),
    }
}

fn need_reading(actor: &Actor) -> Result<(), Stop> {
    if Area::ReadMoney.permits(actor) {
        Ok(())
    } else {
        Err(Refusal::NotYours { who: "资金结算岗、中心主任、纪检监察/审计".into() }.into())
    }
}

/// A bank line for the desk, account masked.
#[derive(Clone, Debug)]
pub struct DeskLine {
    /// The line.
    pub line: StoredLine,
    /// The other side's account, masked.
    pub account: String,
}

fn desk_line(app: &App, line: StoredLine) -> Result<DeskLine, Stop> {
    let party = super::bank::other_side(app, &line)?;
    Ok(DeskLine { line, account: mask::bank_card(&party.account) })
}

/// Lines that wait for a person, and the newest lines.
pub fn lines(app: &App, actor: &Actor) -> Result<(Vec<DeskLine>, Vec<DeskLine>), Stop> {
    need_reading(actor)?;
    let (open, all) =
        app.store.read(|db| Ok((bank::lines(db, Some("unmatched"), 200)?, bank::lines(db, None, 50)?)))?;
    let masked = |lines: Vec<StoredLine>| lines.into_iter().map(|l| desk_line(app, l)).collect::<Result<_, Stop>>();
    Ok((masked(open)?, masked(all)?))
}

/// One line.
pub fn line(app: &App, actor: &Actor, id: BankLineId) -> Result<DeskLine, Stop> {
    need_reading(actor)?;
    let found = app.store.read(|db| bank::line(db, id))?;
    desk_line(app, found.ok_or(Refusal::NotFound)?)
}

/// An order for the desk. `lot_no` is empty while the lot's session has not closed.
#[derive(Clone, Debug)]
pub struct DeskOrder {
    /// The order.
    pub order: StoredOrder,
    /// The account it goes to, masked.
    pub account: String,
    /// The lot's number, once that may be known.
    pub lot_no: String,
    /// The payment file it is in, with its number.
    pub file: Option<(PaymentFileId, String)>,
    /// What holds it back now.
    pub pauses: Vec<pauses::Shown>,
}

/// Orders and files on one page of their lists.
const PAGE: usize = 40;

/// Which pages of the desk's three lists are asked for, from 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Pages {
    /// Orders that are not done.
    pub open: usize,
    /// Orders that are.
    pub done: usize,
    /// Payment files.
    pub files: usize,
}

impl Default for Pages {
    fn default() -> Pages {
        Pages { open: 1, done: 1, files: 1 }
    }
}

/// One page of a list.
#[derive(Clone, Debug)]
pub struct Leaf<T> {
    /// What stands on it.
    pub rows: Vec<T>,
    /// Which page it is, from 1.
    pub page: usize,
    /// Whether another follows.
    pub more: bool,
}

impl<T> Leaf<T> {
    /// A page of which one row more was read than stands on it.
    fn of(mut rows: Vec<T>, page: usize) -> Leaf<T> {
        let more = rows.len() > PAGE;
        rows.truncate(PAGE);
        Leaf { rows, page, more }
    }

    fn map<U>(self, f: impl FnMut(T) -> Result<U, Stop>) -> Result<Leaf<U>, Stop> {
        let rows = self.rows.into_iter().map(f).collect::<Result<_, _>>()?;
        Ok(Leaf { rows, page: self.page, more: self.more })
    }
}

/// The desk's orders and payment files.
#[derive(Clone, Debug)]
pub struct DeskOrders {
    /// Orders that are not done, by what is to be done next and then by due time.
    pub open: Leaf<DeskOrder>,
    /// Done ones, those the bank paid last first.
    pub done: Leaf<DeskOrder>,
    /// Payment files, the newest first.
    pub files: Leaf<StoredFile>,
    /// How many wait to be put into a payment file.
    pub checked: usize,
}

/// The place of a status among what is to be done.
fn rank(status: &str) -> usize {
    ["due", "paused", "made", "checked", "sent"].iter().position(|s| *s == status).unwrap_or(usize::MAX)
}

/// Where a page begins, and how much is read to know whether another follows.
fn window(page: usize) -> (i64, i64) {
    let from = page.saturating_sub(1).saturating_mul(PAGE);
    (i64::try_from(from).unwrap_or(i64::MAX), i64::try_from(PAGE + 1).unwrap_or(i64::MAX))
}

/// One page each of the open orders, the done ones and the payment files.
///
/// # Errors
/// Refused for who may not read the money.
pub fn orders(app: &App, actor: &Actor, pages: Pages) -> Result<DeskOrders, Stop> {
    need_reading(actor)?;
    let (open, done, files, checked, around) = app.store.read(|db| {
        let mut waiting = refunds::open(db)?;
        let checked = waiting.iter().filter(|(_, status)| status == "checked").count();
        waiting.sort_by_key(|(_, status)| rank(status));
        let from = pages.open.saturating_sub(1).saturating_mul(PAGE);
        let ids: Vec<RefundId> = waiting.into_iter().skip(from).take(PAGE + 1).map(|(id, _)| id).collect();
        let open = Leaf::of(refunds::these(db, &ids)?, pages.open);
        let (from, limit) = window(pages.done);
        let done = Leaf::of(refunds::done(db, from, limit)?, pages.done);
        let (from, limit) = window(pages.files);
        let files = Leaf::of(refunds::files(db, from, limit)?, pages.files);
        let around = Around::of(db, open.rows.iter().chain(&done.rows))?;
        Ok((open, done, files, checked, around))
    })?;
    let mut around = around;
    Ok(DeskOrders {
        open: open.map(|order| around.shown(app, order))?,
        done: done.map(|order| around.shown(app, order))?,
        files,
        checked,
    })
}

/// What stands beside the orders of a page, read for all of them at once.
struct Around {
    lots: BTreeMap<LotId, String>,
    files: BTreeMap<PaymentFileId, String>,
    pauses: BTreeMap<RefundId, Vec<pauses::Shown>>,
}

impl Around {
    fn of<'a>(db: &mut impl Read, orders: impl Iterator<Item = &'a StoredOrder> + Clone) -> Result<Around, Fault> {
        let lots: Vec<LotId> = orders.clone().filter_map(|o| o.lot).collect();
        let files: Vec<PaymentFileId> = orders.clone().filter_map(|o| o.file).collect();
        let ids: Vec<RefundId> = orders.map(|o| o.id).collect();
        Ok(Around {
            lots: holds::opened_up(db, &lots)?,
            files: refunds::file_numbers(db, &files)?,
            pauses: pauses::open_of(db, &ids)?,
        })
    }

    fn shown(&mut self, app: &App, order: StoredOrder) -> Result<DeskOrder, Stop> {
        Ok(DeskOrder {
            account: mask::bank_card(&super::refunds::order(app, &order)?.payee.account),
            lot_no: order.lot.and_then(|lot| self.lots.get(&lot)).cloned().unwrap_or_default(),
            file: order.file.and_then(|id| Some((id, self.files.get(&id)?.clone()))),
            pauses: self.pauses.remove(&order.id).unwrap_or_default(),
            order,
        })
    }
}

/// An entry as the ledger's page shows it: when, why, remark, amounts by kind of account.
pub type ShownEntry = (Instant, &'static str, String, Vec<(&'static str, Fen)>);

/// The ledger's page.
#[derive(Clone, Debug)]
pub struct Book {
    /// Balance of each kind of account, and how many accounts moved.
    pub kinds: Vec<(&'static str, Fen, usize)>,
    /// Must be zero.
    pub trial: Fen,
    /// The newest entries: when, why, remark, amount.
    pub entries: Vec<ShownEntry>,
}

/// Balances by kind of account: single deposits would tell how many bidders there are, so only the sum
/// over all lots is shown.
pub fn book(app: &App, actor: &Actor) -> Result<Book, Stop> {
    need_reading(actor)?;
    let (trial, recent) = app.store.read(|db| Ok((super::finance::trial(db)?, ledger::recent(db, 50)?)))?;
    let words = |lines: Vec<(Account, Fen)>| lines.into_iter().map(|(a, f)| (a.zh(), f)).collect();
    let entries = recent.into_iter().map(|e| (e.at, e.reason.zh(), e.memo, words(e.lines))).collect();
    Ok(Book { kinds: trial.kinds, trial: trial.total, entries })
}

/// Fee tables proposed so far.
pub fn fees(app: &App, actor: &Actor) -> Result<Vec<Setting>, Stop> {
    if !Area::ManageSettings.permits(actor) {
        return Err(Refusal::NotYours { who: "系统管理员、中心主任".into() }.into());
    }
    Ok(app.store.read(|db| settings::of_name(db, "fee.table"))?)
}

/// The name of an applicant as the reviewer sees it, with what was verified.
pub fn applicant_facts(party: &Party) -> Vec<(&'static str, String)> {
    vec![
        ("名称", party.name.clone()),
        ("类型", party.kind.zh().to_owned()),
        ("身份核验", party.verification.zh().to_owned()),
        ("核验为集体成员", if party.member { "是" } else { "否" }.to_owned()),
        ("地址", party.address.clone()),
    ]
}
