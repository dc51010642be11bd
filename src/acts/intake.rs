//! Starting an application, keeping its draft, handing it in and taking it back.

use std::collections::{BTreeMap, BTreeSet};

use super::{clock, frozen, on_lot, record, uploads};
use crate::context::{App, new_id};
use crate::domain::actor::{Actor, Role, Scope};
use crate::domain::base::ids::{AccountId, DocumentId, LotId, PartyId, ProjectId};
use crate::domain::base::numbering::{LotNo, ProjectNo};
use crate::domain::base::{Day, Instant};
use crate::domain::category::VarietyCode;
use crate::domain::eligibility::Finding;
use crate::domain::gazette::Place;
use crate::domain::listing::{self, Draft, Submission, Topic};
use crate::domain::lot::{Act, Lot, Terms, intake};
use crate::domain::permit::{Area, permit};
use crate::domain::refusal::Refusal;
use crate::files::Received;
use crate::store::documents::{self, Owner, Visibility};
use crate::store::projects::{self, Project};
use crate::store::{Fault, Read, Stop, Tx, lots, party_cards};

/// What a new application starts from.
#[derive(Clone, Debug)]
pub struct Start {
    /// The variety.
    pub variety: VarietyCode,
    /// Village or unit of the object.
    pub place: Place,
    /// Entered by the village's information officer for this party, with its letter of authority.
    pub behalf: Option<(PartyId, Received)>,
}

/// Starts a project with one lot in draft.
pub fn start(app: &App, actor: &Actor, start: &Start) -> Result<LotId, Stop> {
    let variety = app.market.catalog.get(start.variety).filter(|v| v.enabled);
    let variety = variety.ok_or_else(|| Refusal::field("variety", "请选择一个交易品种。"))?;
    if variety.listing_modes().next().is_none() {
        return Err(Refusal::field("variety", "这个品种只作登记备案，不挂牌交易。").into());
    }
    let now = app.clock.now();
    app.store.write(|tx| {
        let party = applicant(tx, actor, start)?;
        let project =
            Project { id: ProjectId(new_id()), party, entered_by: actor.account, project_no: None, created_at: now };
        let place = &start.place;
        tx.insert_project(&project, start.variety, place)?;
        let helper = start.behalf.as_ref().map(|_| actor.account);
        let lot = Lot::draft(LotId(new_id()), project.id, party, place.clone(), start.variety, now).entered_by(helper);
        tx.insert_lot(&lot, 1, "{}", &record::projection(app, &lot, &app.market.rules)?)?;
        if let Some((_, letter)) = &start.behalf {
            let owner = Owner::Lot(lot.id);
            uploads::attach(tx, owner, "t08", letter, Visibility::Staff, Some(actor.account), now)?;
        }
        Ok(lot.id)
    })
}

fn applicant(db: &mut impl Read, actor: &Actor, start: &Start) -> Result<PartyId, Stop> {
    let Some((party, _)) = &start.behalf else {
        if !Area::StartProject.permits(actor) {
            return Err(Refusal::NotYours { who: "权利人".into() }.into());
        }
        return actor.party.ok_or_else(|| Refusal::NotYours { who: "权利人".into() }.into());
    };
    let mine = actor
        .posts
        .iter()
        .any(|p| p.role == Role::InfoOfficer && matches!(&p.scope, Scope::Village(v) if *v == start.place));
    if !Area::StartProjectFor.permits(actor) || !mine {
        return Err(Refusal::NotYours { who: "标的所在村的信息员".into() }.into());
    }
    let card = party_cards::party(db, *party)?;
    let of_village = card.is_some_and(|c| {
        c.verified
            && c.township == start.place.township().to_string()
            && Some(c.village.as_str()) == start.place.village()
    });
    if of_village {
        Ok(*party)
    } else {
        Err(Refusal::field("party", "请从本村已核验身份的权利人中选择。").into())
    }
}

/// One more lot in the same project: it starts with a copy of this one's texts and papers.
pub fn add_lot(app: &App, actor: &Actor, from: LotId) -> Result<LotId, Stop> {
    let now = app.clock.now();
    app.store.write(|tx| {
        let stored = tx.claim_lot(from)?.ok_or(Refusal::NotFound)?;
        permit(Act::EditDraft, Some(actor), &stored.lot.case(&stored.lot.departments()))?;
        let all = lots::of_project(tx, stored.lot.project)?;
        let ord = all.iter().map(|s| s.ord).max().unwrap_or(0) + 1;
        if ord > 99 {
            return Err(Refusal::rule("TOO_MANY_LOTS", "一个项目最多 99 个标的，请另行申请。", "").into());
        }
        let old = &stored.lot;
        let lot = Lot::draft(LotId(new_id()), old.project, old.transferor, old.place.clone(), old.variety, now)
            .entered_by(old.helper);
        tx.insert_lot(&lot, ord, &stored.draft, &record::projection(app, &lot, &app.market.rules)?)?;
        for mut paper in documents::of(tx, Owner::Lot(from))? {
            paper.id = DocumentId(new_id());
            paper.owner = Owner::Lot(lot.id);
            tx.insert_document(&paper)?;
        }
        Ok(lot.id)
    })
}

/// The typed texts of a stored draft.
pub fn read_draft(stored: &str) -> Result<Draft, Fault> {
    serde_json::from_str(stored).map_err(|e| Fault::Inconsistent(format!("lots.draft: {e}")))
}

/// Keeps what was typed on one topic's page. `typed` holds all fields of the topic but those in `left`, whose
/// stored answers stay as they were: what was typed into them is no answer at all.
pub fn save(
    app: &App,
    actor: &Actor,
    id: LotId,
    topic: Topic,
    typed: &BTreeMap<String, String>,
    left: &BTreeSet<String>,
) -> Result<(), Stop> {
    on_draft(app, actor, id, |tx, lot, draft| {
        let mut draft = draft;
        draft.retain(|name, _| !name.starts_with(topic.letter()) || left.contains(name));
        let own = typed.iter().filter(|(name, _)| name.starts_with(topic.letter()));
        draft.extend(own.map(|(name, value)| (name.clone(), value.clone())));
        let text = serde_json::to_string(&draft).map_err(|e| Fault::Inconsistent(e.to_string()))?;
        let title = draft.get("o.title").cloned().unwrap_or_default();
        let title: String = title.trim().chars().take(80).collect();
        Ok(tx.update_draft(lot.id, &text, &title)?)
    })
}

/// Adds papers to an application; each comes with the checklist's key.
pub fn add_papers(app: &App, actor: &Actor, id: LotId, files: &[(String, Received)]) -> Result<(), Stop> {
    let now = app.clock.now();
    on_draft(app, actor, id, |tx, lot, _| {
        let variety = frozen::today(app, lot.variety)?;
        for (key, file) in files {
            if variety.document(key).is_none() {
                return Err(Refusal::field(format!("paper.{key}"), "材料清单里没有这一项。").into());
            }
            // Maps, photographs and descriptions of the object go to the public page.
            let visibility = if key.starts_with("t06") { Visibility::Public } else { Visibility::Staff };
            uploads::attach(tx, Owner::Lot(lot.id), key, file, visibility, Some(actor.account), now)?;
        }
        Ok(())
    })
}

/// Takes a paper out of an application that is still being written. The row and the file stay.
pub fn drop_paper(app: &App, actor: &Actor, id: LotId, paper: DocumentId) -> Result<(), Stop> {
    on_draft(app, actor, id, |tx, lot, _| {
        let mine = documents::of(tx, Owner::Lot(lot.id))?;
        if !mine.iter().any(|d| d.id == paper && d.code.starts_with('t')) {
            return Err(Refusal::NotFound.into());
        }
        Ok(tx.supersede_document(paper, paper)?)
    })
}

/// Who did what on the other lots of this lot's project, for the pages that ask the permission table.
pub fn hands_elsewhere(db: &mut impl Read, lot: &Lot) -> Result<Vec<(Act, AccountId)>, Fault> {
    lots::hands_elsewhere(db, lot)
}

fn on_draft<T>(
    app: &App,
    actor: &Actor,
    id: LotId,
    change: impl FnOnce(&mut Tx<'_>, &Lot, Draft) -> Result<T, Stop>,
) -> Result<T, Stop> {
    let now = app.clock.now();
    app.store.write(|tx| {
        let stored = tx.claim_lot(id)?.ok_or(Refusal::NotFound)?;
        let lot = clock::settle(app, tx, stored.lot, now)?;
        permit(Act::EditDraft, Some(actor), &lot.case(&lot.departments()))?;
        let draft = read_draft(&stored.draft)?;
        tx.nested(|tx| change(tx, &lot, draft))
    })
}

/// What a check of an application found.
#[derive(Clone, Debug)]
pub struct Checked {
    /// Every rule's finding.
    pub findings: Vec<Finding>,
    /// Titles of papers that are missing.
    pub missing: Vec<String>,
}

/// Checks terms against the eligibility rules and the checklist.
pub fn check(
    app: &App,
    db: &mut impl Read,
    lot: &Lot,
    terms: &Terms,
    draft: &Draft,
    today: Day,
) -> Result<Checked, Fault> {
    let variety = &frozen::variety(app, db, lot)?;
    let project = projects::find(db, lot.project)?
        .ok_or_else(|| Fault::Inconsistent(format!("lot {} without project", lot.id)))?;
    let card = party_cards::party(db, lot.transferor)?;
    let own_hand = crate::store::accounts::find(db, project.entered_by)?.and_then(|a| a.party) == Some(lot.transferor);
    let papers: Vec<String> = documents::of(db, Owner::Lot(lot.id))?.into_iter().map(|d| d.code).collect();
    let keys = listing::object_keys(terms);
    let others = lots::open_naming(db, lot.id, &keys)?;
    let open_lots: Vec<_> = others.iter().filter_map(|other| listing::same_object(terms, other)).collect();
    let case = Submission { draft, variety, terms, papers: &papers, own_hand, today, open_lots: &open_lots };
    let facts = listing::doc_facts(terms, !own_hand, card.is_some_and(|c| !c.is_person()));
    Ok(Checked {
        findings: listing::findings(&case, &frozen::rules(app, db, lot.id)?),
        missing: listing::missing(variety, facts, &papers),
    })
}

/// Hands the application in to the township station.
pub fn submit(app: &App, actor: &Actor, id: LotId) -> Result<(), Stop> {
    on_lot(app, Some(actor), id, Act::Submit, |tx, lot, now| {
        let stored = lots::find(tx, id)?.ok_or(Refusal::NotFound)?;
        let draft = read_draft(&stored.draft)?;
        let variety = frozen::today(app, lot.variety)?;
        let terms =
            listing::assemble(&draft, variety, &app.market.rules).map_err(|faults| Refusal::Fields { faults })?;
        let checked = check(app, tx, lot, &terms, &draft, now.day())?;
        let (project_no, lot_no) = numbers(tx, lot, stored.ord, &terms.title, now)?;
        let sound = listing::refusal(&checked.findings);
        Ok((intake::submit(lot, terms, sound, &checked.missing, &project_no, &lot_no)?, ()))
    })
}

fn numbers(tx: &mut Tx<'_>, lot: &Lot, ord: i64, title: &str, now: Instant) -> Result<(String, String), Stop> {
    if let (Some(project), Some(own)) = (&lot.project_no, &lot.lot_no) {
        return Ok((project.clone(), own.clone()));
    }
    let broken = |e: String| Fault::Inconsistent(format!("number: {e}"));
    let project = projects::find(tx, lot.project)?.ok_or_else(|| broken("no project".into()))?;
    let number: ProjectNo = match project.project_no {
        Some(text) => text.parse::<ProjectNo>().map_err(|e| broken(format!("{text}: {e}")))?,
        None => {
            let (unit, category) = (lot.place.township(), lot.variety.category().number());
            let day = now.day();
            let series = format!("project/{unit}/{category:02}/{:04}{:02}", day.year(), day.month());
            let serial = tx.next_serial(&series)?;
            let number = ProjectNo::new(unit, category, day, serial).map_err(|e| broken(e.to_string()))?;
            tx.number_project(lot.project, &number.to_string(), title)?;
            number
        }
    };
    let ord = u8::try_from(ord).map_err(|e| broken(e.to_string()))?;
    let own: LotNo = number.lot(ord).map_err(|e| broken(e.to_string()))?;
    Ok((number.to_string(), own.to_string()))
}

/// Takes an application back before publication.
pub fn withdraw(app: &App, actor: &Actor, id: LotId, reason: &str) -> Result<(), Stop> {
    on_lot(app, Some(actor), id, Act::Withdraw, |_, lot, _| Ok((intake::withdraw(lot, reason)?, ())))
}
