//! The security log and the logins of one account, for the administrators' pages.

use chrono::NaiveDateTime;
use diesel::prelude::*;

use crate::domain::base::Instant;
use crate::domain::base::ids::AccountId;
use crate::store::schema::{accounts, security_log, sessions};
use crate::store::{Fault, Read};

/// A line of the security log.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Noted {
    /// Its id; ids grow with time.
    pub id: String,
    /// When.
    pub at: Instant,
    /// Whose login, where one is known.
    pub login: Option<String>,
    /// What happened.
    pub kind: String,
    /// Particulars.
    pub detail: String,
}

type Row = (String, NaiveDateTime, Option<String>, String, String);

/// The newest lines before one, newest first.
pub fn log(db: &mut impl Read, before: Option<&str>, limit: i64) -> Result<Vec<Noted>, Fault> {
    let mut query = security_log::table
        .left_join(accounts::table.on(security_log::account_id.eq(accounts::id.nullable())))
        .select((
            security_log::id,
            security_log::at,
            accounts::login.nullable(),
            security_log::kind,
            security_log::detail,
        ))
        .into_boxed();
    if let Some(before) = before {
        query = query.filter(security_log::id.lt(before.to_owned()));
    }
    let rows: Vec<Row> = query.order(security_log::id.desc()).limit(limit).load(db.conn())?;
    let noted = |(id, at, login, kind, detail): Row| Noted { id, at: Instant::from_utc(at), login, kind, detail };
    Ok(rows.into_iter().map(noted).collect())
}

/// How many logins of an account are open.
pub fn open_sessions(db: &mut impl Read, of: AccountId, now: Instant) -> Result<i64, Fault> {
    Ok(sessions::table
        .filter(sessions::account_id.eq(of.to_string()))
        .filter(sessions::expires_at.gt(now.utc()))
        .count()
        .get_result(db.conn())?)
}
