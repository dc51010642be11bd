//! Accounts as the administrators' list shows them.

use std::collections::BTreeMap;

use diesel::prelude::*;

use crate::domain::actor::Role;
use crate::domain::base::ids::AccountId;
use crate::store::schema::{accounts, posts};
use crate::store::{Fault, Read, stored, stored_id};

/// A line of the list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// Its id.
    pub id: AccountId,
    /// Login.
    pub login: String,
    /// Full name.
    pub name: String,
    /// May log in.
    pub active: bool,
    /// The roles it holds, in the order they were given.
    pub roles: Vec<Role>,
}

/// Everybody who works here, by login, in one reading: nobody is beyond the end of the list.
pub fn staff(db: &mut impl Read) -> Result<Vec<Line>, Fault> {
    type Row = (String, String, String, bool, Option<String>);
    let held = posts::account_id.eq(accounts::id).and(posts::revoked_at.is_null());
    let rows: Vec<Row> = accounts::table
        .left_join(posts::table.on(held))
        .filter(accounts::party_id.is_null())
        .order((accounts::login, posts::granted_at, posts::id))
        .select((accounts::id, accounts::login, accounts::name, accounts::active, posts::role.nullable()))
        .load(db.conn())?;
    let mut all: BTreeMap<String, Line> = BTreeMap::new();
    for (id, login, name, active, role) in rows {
        let line = match all.entry(login.clone()) {
            std::collections::btree_map::Entry::Occupied(known) => known.into_mut(),
            std::collections::btree_map::Entry::Vacant(free) => {
                free.insert(Line { id: stored_id("accounts.id", &id)?, login, name, active, roles: Vec::new() })
            }
        };
        if let Some(role) = role {
            line.roles.push(stored("posts.role", Role::from_code(&role), &role)?);
        }
    }
    Ok(all.into_values().collect())
}

/// Which holders of rights are looked for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Sought {
    /// All.
    #[default]
    All,
    /// Those whose login holds this.
    Login(String),
    /// Those whose name begins with this character.
    Name(char),
}

/// A text without the signs that mean something in a pattern. A low line is part of logins, and finds itself.
fn plain(text: &str) -> String {
    text.chars().filter(|c| !matches!(c, '%' | '\\')).collect()
}

macro_rules! sought {
    ($sought:expr) => {{
        let query = accounts::table.filter(accounts::party_id.is_not_null()).into_boxed();
        match $sought {
            Sought::All => query,
            Sought::Login(part) => query.filter(accounts::login.like(format!("%{}%", plain(part)))),
            Sought::Name(first) => query.filter(accounts::name.like(format!("{}%", plain(&first.to_string())))),
        }
    }};
}

/// How many holders of rights are sought.
pub fn count_holders(db: &mut impl Read, of: &Sought) -> Result<i64, Fault> {
    Ok(sought!(of).count().get_result(db.conn())?)
}

/// Holders of rights by login, `limit` of them after `offset`.
pub fn holders(db: &mut impl Read, of: &Sought, offset: i64, limit: i64) -> Result<Vec<Line>, Fault> {
    let rows: Vec<(String, String, String, bool)> = sought!(of)
        .order(accounts::login)
        .offset(offset)
        .limit(limit)
        .select((accounts::id, accounts::login, accounts::name, accounts::active))
        .load(db.conn())?;
    rows.into_iter()
        .map(|(id, login, name, active)| {
            Ok(Line { id: stored_id("accounts.id", &id)?, login, name, active, roles: vec![Role::Holder] })
        })
        .collect()
}
