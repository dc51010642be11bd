//! Logins, posts, sessions and throttles.

use chrono::NaiveDateTime;
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Text, Timestamp};

use super::schema::{accounts, parties, posts, security_log, sessions, throttles};
use super::{Fault, Read, Tx, from_json, stored, stored_id, to_json};
use crate::domain::actor::{Actor, Post, Role};
use crate::domain::base::Instant;
use crate::domain::base::ids::{AccountId, PartyId};

/// A login as the store knows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Account {
    /// Its id.
    pub id: AccountId,
    /// What is typed to log in, lower case.
    pub login: String,
    /// The PHC string.
    pub password_hash: String,
    /// Shown name.
    pub name: String,
    /// The party it speaks for.
    pub party: Option<PartyId>,
    /// Where messages go, sealed.
    pub address_sealed: String,
    /// Whether it may log in.
    pub active: bool,
    /// When it was made.
    pub created_at: Instant,
}

/// What stands in place of a password until the holder sets one: no typed password matches it.
pub const NO_PASSWORD: &str = "!";

impl Account {
    /// Whether its holder has set a password.
    pub fn is_activated(&self) -> bool {
        self.password_hash != NO_PASSWORD
    }
}

type AccountRow = (String, String, String, String, Option<String>, String, bool, NaiveDateTime, i64);

fn account((id, login, hash, name, party, address, active, created, _): AccountRow) -> Result<Account, Fault> {
    Ok(Account {
        id: stored_id("accounts.id", &id)?,
        login,
        password_hash: hash,
        name,
        party: party.map(|p| stored_id("accounts.party_id", &p)).transpose()?,
        address_sealed: address,
        active,
        created_at: Instant::from_utc(created),
    })
}

/// The login of this name.
pub fn by_login(db: &mut impl Read, login: &str) -> Result<Option<Account>, Fault> {
    let row = accounts::table.filter(accounts::login.eq(login)).first::<AccountRow>(db.conn()).optional()?;
    row.map(account).transpose()
}

/// The login of this id.
pub fn find(db: &mut impl Read, id: AccountId) -> Result<Option<Account>, Fault> {
    let row = accounts::table.find(id.to_string()).first::<AccountRow>(db.conn()).optional()?;
    row.map(account).transpose()
}

/// The account that speaks for a party; the first one made.
pub fn of_party(db: &mut impl Read, party: PartyId) -> Result<Option<Account>, Fault> {
    let row = accounts::table
        .filter(accounts::party_id.eq(party.to_string()))
        .order(accounts::created_at)
        .first::<AccountRow>(db.conn())
        .optional()?;
    row.map(account).transpose()
}

/// Whether any account holds a role, may it log in or not.
pub fn is_held(db: &mut impl Read, role: Role) -> Result<bool, Fault> {
    let held = posts::table.filter(posts::role.eq(role.code())).filter(posts::revoked_at.is_null());
    Ok(held.count().get_result::<i64>(db.conn())? > 0)
}

fn post(role: &str, scope: &str) -> Result<Post, Fault> {
    Ok(Post { role: stored("posts.role", Role::from_code(role), role)?, scope: from_json("posts.scope", scope)? })
}

/// Number of accounts.
pub fn count(db: &mut impl Read) -> Result<i64, Fault> {
    Ok(accounts::table.count().get_result(db.conn())?)
}

/// The posts of an account that were not revoked.
pub fn posts_of(db: &mut impl Read, id: AccountId) -> Result<Vec<Post>, Fault> {
    let rows: Vec<(String, String)> = posts::table
        .filter(posts::account_id.eq(id.to_string()))
        .filter(posts::revoked_at.is_null())
        .order((posts::granted_at, posts::id))
        .select((posts::role, posts::scope))
        .load(db.conn())?;
    rows.iter().map(|(role, scope)| post(role, scope)).collect()
}

/// The caller behind an account: name, party, verification, posts.
pub fn actor(db: &mut impl Read, account: &Account) -> Result<Actor, Fault> {
    let verified = match account.party {
        None => false,
        Some(party) => parties::table
            .find(party.to_string())
            .select(parties::verification)
            .first::<String>(db.conn())
            .optional()?
            .is_some_and(|v| v == "verified"),
    };
    Ok(Actor {
        account: account.id,
        name: account.name.clone(),
        party: account.party,
        verified,
        posts: posts_of(db, account.id)?,
    })
}

/// A session as stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Session {
    /// Whose.
    pub account: AccountId,
    /// Anti-forgery token.
    pub csrf: String,
    /// Start.
    pub created_at: Instant,
    /// Last use.
    pub seen_at: Instant,
    /// End at the latest.
    pub expires_at: Instant,
}

/// The session of this token hash.
pub fn session(db: &mut impl Read, token_hash: &str) -> Result<Option<Session>, Fault> {
    let row: Option<(String, String, String, NaiveDateTime, NaiveDateTime, NaiveDateTime)> =
        sessions::table.find(token_hash).first(db.conn()).optional()?;
    row.map(|(_, account, csrf, created, seen, expires)| {
        Ok(Session {
            account: stored_id("sessions.account_id", &account)?,
            csrf,
            created_at: Instant::from_utc(created),
            seen_at: Instant::from_utc(seen),
            expires_at: Instant::from_utc(expires),
        })
    })
    .transpose()
}

/// Failures of a throttle: count, since when, blocked until.
pub fn throttle(db: &mut impl Read, name: &str) -> Result<Option<(i64, Instant, Option<Instant>)>, Fault> {
    let row: Option<(i64, NaiveDateTime, Option<NaiveDateTime>)> = throttles::table
        .find(name)
        .select((throttles::failures, throttles::since_at, throttles::blocked_until))
        .first(db.conn())
        .optional()?;
    Ok(row.map(|(n, since, until)| (n, Instant::from_utc(since), until.map(Instant::from_utc))))
}

impl Tx<'_> {
    /// A new login.
    pub fn insert_account(&mut self, a: &Account) -> Result<(), Fault> {
        diesel::insert_into(accounts::table)
            .values((
                accounts::id.eq(a.id.to_string()),
                accounts::login.eq(&a.login),
                accounts::password_hash.eq(&a.password_hash),
                accounts::name.eq(&a.name),
                accounts::party_id.eq(a.party.map(|p| p.to_string())),
                accounts::address_sealed.eq(&a.address_sealed),
                accounts::active.eq(a.active),
                accounts::created_at.eq(a.created_at.utc()),
                accounts::version.eq(1),
            ))
            .execute(self.conn)?;
        self.wrote("accounts", a.id);
        Ok(())
    }

    /// Claims an account.
    pub fn claim_account(&mut self, id: AccountId) -> Result<Option<Account>, Fault> {
        self.before_the_head()?;
        let row = diesel::update(accounts::table.find(id.to_string()))
            .set(accounts::version.eq(accounts::version + 1))
            .returning(accounts::all_columns)
            .get_result::<AccountRow>(self.conn)
            .optional()?;
        row.map(account).transpose()
    }

    /// Where messages go from now on, sealed.
    pub fn set_address(&mut self, id: AccountId, address_sealed: &str) -> Result<(), Fault> {
        diesel::update(accounts::table.find(id.to_string()))
            .set(accounts::address_sealed.eq(address_sealed))
            .execute(self.conn)?;
        self.wrote("accounts", id);
        Ok(())
    }

    /// A new password.
    pub fn set_password(&mut self, id: AccountId, hash: &str) -> Result<(), Fault> {
        diesel::update(accounts::table.find(id.to_string()))
            .set(accounts::password_hash.eq(hash))
            .execute(self.conn)?;
        self.wrote("accounts", id);
        Ok(())
    }

    /// Lets an account log in, or not.
    pub fn set_active(&mut self, id: AccountId, active: bool) -> Result<(), Fault> {
        diesel::update(accounts::table.find(id.to_string())).set(accounts::active.eq(active)).execute(self.conn)?;
        self.wrote("accounts", id);
        Ok(())
    }

    /// Grants a post.
    pub fn grant_post(
        &mut self,
        id: uuid::Uuid,
        to: AccountId,
        post: &Post,
        by: Option<AccountId>,
        at: Instant,
    ) -> Result<(), Fault> {
        diesel::insert_into(posts::table)
            .values((
                posts::id.eq(id.to_string()),
                posts::account_id.eq(to.to_string()),
                posts::role.eq(post.role.code()),
                posts::scope.eq(to_json("posts.scope", &post.scope)?),
                posts::granted_by.eq(by.map(|b| b.to_string())),
                posts::granted_at.eq(at.utc()),
            ))
            .execute(self.conn)?;
        self.wrote("posts", id);
        Ok(())
    }

    /// Revokes a role of an account; gives how many posts that ended.
    pub fn revoke_posts(&mut self, of: AccountId, role: Role, at: Instant) -> Result<usize, Fault> {
        let ended: Vec<String> = diesel::update(
            posts::table
                .filter(posts::account_id.eq(of.to_string()))
                .filter(posts::role.eq(role.code()))
                .filter(posts::revoked_at.is_null()),
        )
        .set(posts::revoked_at.eq(at.utc()))
        .returning(posts::id)
        .get_results(self.conn)?;
        for post in &ended {
            self.wrote("posts", post);
        }
        Ok(ended.len())
    }

    /// Opens a session.
    pub fn insert_session(&mut self, token_hash: &str, s: &Session) -> Result<(), Fault> {
        diesel::insert_into(sessions::table)
            .values((
                sessions::token_hash.eq(token_hash),
                sessions::account_id.eq(s.account.to_string()),
                sessions::csrf.eq(&s.csrf),
                sessions::created_at.eq(s.created_at.utc()),
                sessions::seen_at.eq(s.seen_at.utc()),
                sessions::expires_at.eq(s.expires_at.utc()),
            ))
            .execute(self.conn)?;
        Ok(())
    }

    /// Marks a session as used.
    pub fn touch_session(&mut self, token_hash: &str, at: Instant) -> Result<(), Fault> {
        diesel::update(sessions::table.find(token_hash)).set(sessions::seen_at.eq(at.utc())).execute(self.conn)?;
        Ok(())
    }

    /// Ends a session.
    pub fn delete_session(&mut self, token_hash: &str) -> Result<(), Fault> {
        diesel::delete(sessions::table.find(token_hash)).execute(self.conn)?;
        Ok(())
    }

    /// Ends all sessions of an account.
    pub fn delete_sessions_of(&mut self, id: AccountId) -> Result<(), Fault> {
        diesel::delete(sessions::table.filter(sessions::account_id.eq(id.to_string()))).execute(self.conn)?;
        Ok(())
    }

    /// Ends all sessions of an account but the one with this token hash.
    pub fn delete_sessions_of_except(&mut self, id: AccountId, kept: &str) -> Result<(), Fault> {
        let of = sessions::table.filter(sessions::account_id.eq(id.to_string()));
        diesel::delete(of.filter(sessions::token_hash.ne(kept))).execute(self.conn)?;
        Ok(())
    }

    /// Ends sessions that ran out.
    pub fn purge_sessions(&mut self, now: Instant) -> Result<usize, Fault> {
        Ok(diesel::delete(sessions::table.filter(sessions::expires_at.lt(now.utc()))).execute(self.conn)?)
    }

    /// Counts a failure, in one statement, so that many at once all count. Failures before
    /// `window` are forgotten; with `most` of them the throttle is blocked `until` then.
    pub fn count_failure(
        &mut self,
        name: &str,
        now: Instant,
        window: Instant,
        most: i64,
        until: Instant,
    ) -> Result<(), Fault> {
        // The holders stand in the order of their numbers where each is met first: SQLite numbers them so.
        diesel::sql_query(
            "INSERT INTO throttles (name, failures, since_at, blocked_until) \
             VALUES ($1, 1, $2, CASE WHEN $3 <= 1 THEN $4 ELSE NULL END) \
             ON CONFLICT (name) DO UPDATE SET \
             failures = CASE WHEN throttles.since_at > $5 THEN throttles.failures + 1 ELSE 1 END, \
             since_at = CASE WHEN throttles.since_at > $5 THEN throttles.since_at ELSE $2 END, \
             blocked_until = CASE WHEN $3 <= (CASE WHEN throttles.since_at > $5 THEN throttles.failures + 1 ELSE 1 END) \
             THEN $4 ELSE NULL END",
        )
        .bind::<Text, _>(name)
        .bind::<Timestamp, _>(now.utc())
        .bind::<BigInt, _>(most)
        .bind::<Timestamp, _>(until.utc())
        .bind::<Timestamp, _>(window.utc())
        .execute(self.conn)?;
        Ok(())
    }

    /// Claims a throttle, so that tries at the same moment are judged one after the other; gives until when it is
    /// blocked.
    pub fn claim_throttle(&mut self, name: &str, now: Instant) -> Result<Option<Instant>, Fault> {
        diesel::sql_query(
            "INSERT INTO throttles (name, failures, since_at) VALUES ($1, 0, $2) \
             ON CONFLICT (name) DO UPDATE SET failures = throttles.failures",
        )
        .bind::<Text, _>(name)
        .bind::<Timestamp, _>(now.utc())
        .execute(self.conn)?;
        Ok(throttle(self, name)?.and_then(|(_, _, until)| until))
    }

    /// Takes a counted try back that was no failure; with fewer than `most` left the throttle opens again.
    pub fn uncount_failure(&mut self, name: &str, most: i64) -> Result<(), Fault> {
        diesel::update(throttles::table.find(name).filter(throttles::failures.gt(0)))
            .set(throttles::failures.eq(throttles::failures - 1))
            .execute(self.conn)?;
        diesel::update(throttles::table.find(name).filter(throttles::failures.lt(most)))
            .set(throttles::blocked_until.eq(None::<NaiveDateTime>))
            .execute(self.conn)?;
        Ok(())
    }

    /// Forgets a throttle.
    pub fn clear_throttle(&mut self, name: &str) -> Result<(), Fault> {
        diesel::delete(throttles::table.find(name)).execute(self.conn)?;
        Ok(())
    }

    /// Notes something for the security log.
    pub fn note_security(
        &mut self,
        id: uuid::Uuid,
        at: Instant,
        account: Option<AccountId>,
        kind: &str,
        detail: &str,
    ) -> Result<(), Fault> {
        diesel::insert_into(security_log::table)
            .values((
                security_log::id.eq(id.to_string()),
                security_log::at.eq(at.utc()),
                security_log::account_id.eq(account.map(|a| a.to_string())),
                security_log::kind.eq(kind),
                security_log::detail.eq(detail),
            ))
            .execute(self.conn)?;
        Ok(())
    }
}
