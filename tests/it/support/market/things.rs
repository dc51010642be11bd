//! What hands need besides: looked-up answers, one-time codes, papers.

use nongquan::acts::{messages, stepup};
use nongquan::context::{App, new_id};
use nongquan::crypto::Hash;
use nongquan::domain::actor::Actor;
use nongquan::domain::base::Day;
use nongquan::domain::eligibility::{BanLookup, CompanyLookup, CompanyStatus, LookedUp};
use nongquan::files::{FileKind, Received};
use nongquan::store::outbox;

/// Everything looked up on this day and found in order.
pub fn in_order(on: Day) -> LookedUp {
    LookedUp {
        company: Some(CompanyLookup { status: CompanyStatus::Normal, on }),
        bans: Some(BanLookup { on, ban: None }),
        consent: Some(true),
        without_homestead: Some(true),
        related: Some(false),
    }
}

/// A one-time code as the telephone would show it.
pub fn code(app: &App, who: &Actor, purpose: &str, subject: &Hash) -> String {
    stepup::send_code(app, who, purpose, "测试", subject).expect("a code is sent");
    sent_code(app, who)
}

/// The newest one-time code that was sent to somebody.
pub fn sent_code(app: &App, who: &Actor) -> String {
    let sent = app.store.read(|db| outbox::newest(db, 50)).expect("read");
    let own = sent.into_iter().find(|m| m.account == Some(who.account) && m.topic == "one_time_code");
    let body = messages::text_of(app, &own.expect("the message")).expect("our own seal");
    body.chars().skip_while(|c| !c.is_ascii_digit()).take_while(char::is_ascii_digit).collect()
}

/// Puts a small PDF that differs by name into the store.
pub fn paper(app: &App, name: &str) -> Received {
    let text = format!(
        "%PDF-1.4\n1 0 obj\n<< /Type /Catalog /Pages 2 0 R /Title ({name} {}) >>\nendobj\n\
         2 0 obj\n<< /Type /Pages /Kids [] /Count 0 >>\nendobj\ntrailer\n<< /Root 1 0 R >>\n%%EOF\n",
        new_id()
    );
    let content = app.files.put(text.as_bytes()).expect("kept");
    Received { content, size: text.len() as u64, kind: FileKind::Pdf, name: format!("{name}.pdf") }
}
