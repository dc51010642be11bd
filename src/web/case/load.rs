//! A case as its pages need it: rows, draft, what the rules say, who may see it.

use crate::acts::frozen;
use crate::acts::intake::{self, Checked};
use crate::acts::uploads;
use crate::domain::base::ids::{AccountId, LotId};
use crate::domain::category::Variety;
use crate::domain::listing::{self, Draft};
use crate::domain::lot::{Act, Lot, Stage, Terms};
use crate::domain::permit::{is_theirs, may_read_file, permit};
use crate::domain::refusal::{FieldFault, Refusal};
use crate::domain::rulebook::Rules;
use crate::store::views::cases::{self, Case};
use crate::web::cx::Cx;
use crate::web::error::WebResult;
use crate::web::ui::{Form, Link, Page, Panel};

/// A case with everything its pages show.
pub struct File {
    /// The rows.
    pub case: Case,
    /// The rules that the case is judged by.
    pub rules: Rules,
    /// The variety, as the notice froze it once there is one.
    pub variety: Variety,
    /// What was typed.
    pub draft: Draft,
    /// What is wrong with it, while it is still written.
    pub faults: Vec<FieldFault>,
    /// The checked content: of the submitted case, or of a draft that is complete.
    pub terms: Option<Terms>,
    /// What the rules say of it.
    pub checked: Option<Checked>,
    /// Whether the transferor entered it himself.
    pub own_hand: bool,
    /// Who did what on the other lots of the project.
    pub elsewhere: Vec<(Act, AccountId)>,
}

impl File {
    /// The lot.
    pub fn lot(&self) -> &Lot {
        &self.case.stored.lot
    }

    /// A title also for a draft that has none.
    pub fn title(&self) -> String {
        let typed = self.draft.get("o.title").map(|t| t.trim()).unwrap_or_default();
        match self.lot().terms.as_ref() {
            Some(terms) => terms.title.clone(),
            None if typed.is_empty() => format!("{}（未命名）", self.variety.short),
            None => typed.to_owned(),
        }
    }

    /// Refuses when this act is not the caller's.
    pub fn is_theirs(&self, cx: &Cx, act: Act) -> WebResult<()> {
        let actor = cx.need_actor()?;
        let departments = self.lot().departments();
        Ok(is_theirs(act, Some(actor), &self.lot().case(&departments))?)
    }

    /// Refuses when this act is not open to the caller now.
    pub fn may(&self, cx: &Cx, act: Act) -> WebResult<()> {
        let actor = cx.need_actor()?;
        let departments = self.lot().departments();
        Ok(permit(act, Some(actor), &self.lot().case(&departments).beside(&self.elsewhere))?)
    }
}

/// The lot's id in a path; anything else is not found.
pub fn lot_id(text: &str) -> Result<LotId, Refusal> {
    text.parse().map_err(|_| Refusal::NotFound)
}

/// Loads the file of a lot for somebody who may read it; anybody else finds nothing.
pub async fn file(cx: &Cx, id: LotId) -> WebResult<File> {
    let actor = cx.need_actor()?.clone();
    cx.run(move |app| {
        let now = app.clock.now();
        let file = app.store.read(|db| {
            let Some(mut case) = cases::case(db, id)? else { return Ok(None) };
            let departments = case.stored.lot.departments();
            if !may_read_file(&actor, &case.stored.lot.case(&departments)) {
                return Ok(None);
            }
            // A party reads the file, but not the other side's papers.
            let mut shown = Vec::with_capacity(case.documents.len());
            for document in std::mem::take(&mut case.documents) {
                if uploads::may_see(db, Some(&actor), &document)? {
                    shown.push(document);
                }
            }
            case.documents = shown;
            let draft = intake::read_draft(&case.stored.draft)?;
            let rules = frozen::of(app, case.round.as_ref())?;
            let variety = frozen::variety_of(app, case.round.as_ref(), case.stored.lot.variety)?;
            let open = matches!(
                case.stored.lot.stage,
                Stage::Draft | Stage::FirstCorrection | Stage::FirstReturned | Stage::AcceptanceCorrection
            );
            let (terms, faults) = match (open, &case.stored.lot.terms) {
                (false, Some(terms)) => (Some(terms.clone()), Vec::new()),
                _ => match listing::assemble(&draft, &variety, &app.market.rules) {
                    Ok(terms) => (Some(terms), Vec::new()),
                    Err(faults) => (None, faults),
                },
            };
            let checked = match &terms {
                Some(terms) => Some(intake::check(app, db, &case.stored.lot, terms, &draft, now.day())?),
                None => None,
            };
            let own_hand = case.own_hand;
            let elsewhere = intake::hands_elsewhere(db, &case.stored.lot)?;
            Ok(Some(File { case, rules, variety, draft, faults, terms, checked, own_hand, elsewhere }))
        })?;
        Ok(file.ok_or(Refusal::NotFound)?)
    })
    .await
}

/// A form that shows a refusal: beside the fields, or above them.
pub fn with_refusal(form: Form, refusal: &Refusal) -> Form {
    match refusal {
        Refusal::Fields { faults } => form.errors(faults.iter().map(|f| (f.field.as_str(), f.message.as_str()))),
        other => form.error("", other.to_string()),
    }
}

/// A page for a refusal of something that has no form of its own.
pub fn refused(cx: &Cx, refusal: &Refusal) -> Page {
    let told = Panel::error("不能办理").leading().say(refusal.to_string());
    cx.page("不能办理").with(told.next(Link::new("返回工作台", "/desk")))
}
