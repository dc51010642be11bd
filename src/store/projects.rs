//! Projects (项目): one application with one or more lots. State lives on the lots.

use diesel::prelude::*;

use super::schema::projects;
use super::{Fault, Read, Tx, stored_id};
use crate::domain::base::Instant;
use crate::domain::base::ids::{AccountId, PartyId, ProjectId};
use crate::domain::category::VarietyCode;
use crate::domain::gazette::Place;

/// A project.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Project {
    /// Its id.
    pub id: ProjectId,
    /// The right holder.
    pub party: PartyId,
    /// Who entered it: the party's own account, or the village's information officer.
    pub entered_by: AccountId,
    /// 项目编号, once submitted.
    pub project_no: Option<String>,
    /// When it was started.
    pub created_at: Instant,
}

type Row = (String, String, String, Option<String>, chrono::NaiveDateTime);

/// One project.
pub fn find(db: &mut impl Read, id: ProjectId) -> Result<Option<Project>, Fault> {
    let row: Option<Row> = projects::table
        .find(id.to_string())
        .select((projects::id, projects::party_id, projects::entered_by, projects::project_no, projects::created_at))
        .first(db.conn())
        .optional()?;
    row.map(|(id, party, by, project_no, at)| {
        Ok(Project {
            id: stored_id("projects.id", &id)?,
            party: stored_id("projects.party_id", &party)?,
            entered_by: stored_id("projects.entered_by", &by)?,
            project_no,
            created_at: Instant::from_utc(at),
        })
    })
    .transpose()
}

impl Tx<'_> {
    /// A new project.
    pub fn insert_project(&mut self, p: &Project, variety: VarietyCode, place: &Place) -> Result<(), Fault> {
        diesel::insert_into(projects::table)
            .values((
                projects::id.eq(p.id.to_string()),
                projects::party_id.eq(p.party.to_string()),
                projects::entered_by.eq(p.entered_by.to_string()),
                projects::project_no.eq(p.project_no.as_deref()),
                projects::variety.eq(variety.to_string()),
                projects::township.eq(place.township().to_string()),
                projects::village.eq(place.village().unwrap_or_default()),
                projects::title.eq(""),
                projects::created_at.eq(p.created_at.utc()),
                projects::version.eq(1),
            ))
            .execute(self.conn)?;
        self.wrote("projects", p.id);
        Ok(())
    }

    /// Gives the project its number and title at the first submission.
    pub fn number_project(&mut self, id: ProjectId, project_no: &str, title: &str) -> Result<(), Fault> {
        diesel::update(projects::table.find(id.to_string()))
            .set((
                projects::project_no.eq(project_no),
                projects::title.eq(title),
                projects::version.eq(projects::version + 1),
            ))
            .execute(self.conn)?;
        self.wrote("projects", id);
        Ok(())
    }
}
