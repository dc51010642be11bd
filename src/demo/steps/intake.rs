//! From the draft to the published notice.

use std::collections::{BTreeMap, BTreeSet};

use super::super::people::{PASSWORD, People, place};
use super::super::project::Project;
use super::super::{answers, paper};
use super::Walk;
use crate::acts::review::Acceptance;
use crate::acts::{intake, publication, review};
use crate::context::App;
use crate::domain::actor::Actor;
use crate::domain::base::ids::LotId;
use crate::domain::category::{DocCode, Side};
use crate::domain::gazette::Place;
use crate::domain::listing::{self, Topic};
use crate::domain::lot::intake::{FirstDecision, ReviewDecision};
use crate::domain::refusal::Refusal;
use crate::files::Received;
use crate::store::{Fault, Stop, parties};

/// Where a party's rights lie: in its own village.
pub(in crate::demo) fn place_of(app: &App, holder: &Actor) -> Result<Place, Stop> {
    let party = holder.party.ok_or(Refusal::NotFound)?;
    let party = app.store.read(|db| parties::find(db, party))?.ok_or(Refusal::NotFound)?;
    let township = party.township.parse().ok().and_then(|code| app.market.divisions.township(code));
    let township = township.ok_or_else(|| Fault::Inconsistent("parties.township".into()))?;
    place(app, &township.name, &party.village)
}

/// Starts the draft, by the holder or for him by the village's information officer.
pub(super) fn start(
    app: &App,
    people: &People,
    project: &Project,
    holder: &Actor,
    place: &Place,
) -> Result<LotId, Stop> {
    let variety = super::variety(app, project)?.code;
    let behalf = match holder.party.filter(|_| project.on_behalf) {
        Some(party) => Some((party, letter(app, project, holder)?)),
        None => None,
    };
    let hand = if behalf.is_some() { people.get("info-officer")? } else { holder };
    intake::start(app, hand, &intake::Start { variety, place: place.clone(), behalf })
}

fn letter(app: &App, project: &Project, holder: &Actor) -> Result<Received, Stop> {
    let lines = [format!("委托人：{}", holder.name), "委托村级信息员代为填报转出申请、提交材料。".to_owned()];
    paper::page(app, &format!("{}授权委托书", project.name), &lines)
}

impl Walk<'_> {
    fn hand(&self) -> Result<&Actor, Stop> {
        if self.project.on_behalf { self.people.get("info-officer") } else { Ok(&self.holder) }
    }

    /// Fills in every topic of the form.
    pub(in crate::demo) fn fill_in(&self) -> Result<(), Stop> {
        let day = self.app.clock.now().day();
        let draft = answers::draft(&self.app, self.project, self.variety()?, &self.place, &self.holder, day)?;
        for topic in Topic::ALL {
            let own = draft.iter().filter(|(name, _)| name.starts_with(topic.letter()));
            let typed: BTreeMap<String, String> = own.map(|(k, v)| (k.clone(), v.clone())).collect();
            intake::save(&self.app, self.hand()?, self.lot, *topic, &typed, &BTreeSet::new())?;
        }
        Ok(())
    }

    /// Adds every paper the checklist asks for.
    pub(in crate::demo) fn add_papers(&self) -> Result<(), Stop> {
        let (app, variety) = (&self.app, self.variety()?);
        let day = app.clock.now().day();
        let draft = answers::draft(app, self.project, variety, &self.place, &self.holder, day)?;
        let terms =
            listing::assemble(&draft, variety, &app.market.rules).map_err(|faults| Refusal::Fields { faults })?;
        let organisation = !self.project.by.starts_with("farmer");
        let facts = listing::doc_facts(&terms, self.project.on_behalf, organisation);
        let mut files = Vec::new();
        for rule in variety.checklist(Side::Transferor, facts).filter(|d| d.required && d.code != DocCode::T01) {
            // What shows the object is public, and names nobody.
            let public = rule.code == DocCode::T06;
            let lines: Vec<String> = [
                Some(format!("项目：{}", terms.title)),
                (!public).then(|| format!("申请人：{}", self.holder.name)),
                Some(format!("材料：{}", rule.title)),
                Some(format!("日期：{}", day.zh())),
                Some("（演示材料，内容为虚构）".to_owned()),
            ]
            .into_iter()
            .flatten()
            .collect();
            let file = if public && files.iter().all(|(_, f): &(String, Received)| is_page(f)) {
                let number = u32::try_from(terms.title.len() + terms.location.len()).unwrap_or(0);
                paper::picture(app, "现状照片", number + self.seed())?
            } else {
                paper::page(app, &rule.title, &lines)?
            };
            files.push((rule.key.clone(), file));
        }
        intake::add_papers(app, self.hand()?, self.lot, &files)
    }

    /// A number that differs from project to project.
    pub(in crate::demo) fn seed(&self) -> u32 {
        self.project.key.bytes().fold(7, |n: u32, b| n.wrapping_mul(31).wrapping_add(u32::from(b))) % 100_000
    }

    /// Hands the application in.
    pub(in crate::demo) fn submit(&self) -> Result<(), Stop> {
        intake::submit(&self.app, self.hand()?, self.lot)
    }

    /// The station's first review.
    pub(in crate::demo) fn first_review(&self, decision: FirstDecision) -> Result<(), Stop> {
        review::first_review(&self.app, self.people.station(&self.place)?, self.lot, decision)
    }

    /// The station passes it.
    pub(in crate::demo) fn first_pass(&self) -> Result<(), Stop> {
        let opinion = "已到现场核实，标的位置、面积、现状与申请一致，材料齐全，同意上报。".to_owned();
        let asked = review::township_asked(self.variety()?, &self.read()?).join("、");
        let township = if asked.is_empty() {
            String::new()
        } else {
            format!("已就“{asked}”核实，没有不同意见，同意流转。")
        };
        self.first_review(FirstDecision::Pass { opinion, township })
    }

    /// The centre's acceptance.
    pub(in crate::demo) fn accept(&self, decision: Acceptance) -> Result<(), Stop> {
        review::accept(&self.app, self.people.get("acceptance")?, self.lot, decision)
    }

    /// The transferor takes it back.
    pub(in crate::demo) fn withdraw(&self) -> Result<(), Stop> {
        intake::withdraw(&self.app, &self.holder, self.lot, "集体决定自行经营，暂不流转。")
    }

    /// Asks the departments that must be asked; says whether any was.
    pub(in crate::demo) fn consult(&self) -> Result<bool, Stop> {
        let departments = review::must_consult(self.variety()?, &self.read()?);
        if departments.is_empty() {
            return Ok(false);
        }
        review::consult(&self.app, self.people.get("review")?, self.lot, departments)?;
        Ok(true)
    }

    /// Every department that was asked agrees.
    pub(in crate::demo) fn opine(&self) -> Result<(), Stop> {
        for opinion in self.read()?.opinions.iter().filter(|o| o.answer.is_none()) {
            let desk = self.people.department(opinion.department)?;
            let text = format!("经{}研究，没有不同意见，同意按申请内容流转。", opinion.department.zh());
            review::opine(&self.app, desk, self.lot, opinion.department, true, &text)?;
        }
        Ok(())
    }

    /// The centre's decision on substance.
    pub(in crate::demo) fn review(&self, decision: ReviewDecision) -> Result<(), Stop> {
        review::review(&self.app, self.people.get("review")?, self.lot, decision)
    }

    /// The centre approves.
    pub(in crate::demo) fn review_pass(&self) -> Result<(), Stop> {
        let opinion = "权属清晰，决策程序和材料符合要求，同意挂牌。".to_owned();
        self.review(ReviewDecision::Approve { opinion })
    }

    /// The transferor confirms the notice's text, by step-up.
    pub(in crate::demo) fn confirm_notice(&self) -> Result<(), Stop> {
        let lot = self.read()?;
        let mut hash = None;
        self.app.store.read(|db| {
            hash = Some(publication::notice_of(&self.app, db, &lot));
            Ok(())
        })?;
        let (_, hash) = hash.ok_or_else(|| Fault::Inconsistent("nothing read".into()))??;
        let code = self.code(&self.holder, publication::CONFIRM, "确认公告文本", &hash)?;
        publication::confirm(&self.app, &self.holder, self.lot, &hash, PASSWORD, &code)
    }

    /// The publication post publishes for the shortest time.
    pub(in crate::demo) fn publish(&self) -> Result<(), Stop> {
        publication::publish(&self.app, self.people.get("publication")?, self.lot, None)?;
        Ok(())
    }
}

fn is_page(file: &Received) -> bool {
    file.kind == crate::files::FileKind::Pdf
}
