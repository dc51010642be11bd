//! IDs stand only in the parties' own papers: no public answer holds any ID number, telephone or bank
//! account of anybody.

use std::collections::{BTreeSet, VecDeque};

use nongquan::acts::checkpoint;
use scraper::Html;

use crate::stories::pond::{Point, Pond, Winner};
use crate::support::client::css;
use crate::support::{Client, outside};

/// What a document says, for looking through: text of a PDF, everything else as it is.
fn words(media_type: &str, bytes: &[u8]) -> String {
    if !media_type.starts_with("application/pdf") {
        return String::from_utf8_lossy(bytes).into_owned();
    }
    // `make test` names the missing component; the rest of the answers is looked through all the same.
    outside::pdf_text(bytes).unwrap_or_default()
}

/// Every address that a visitor reaches from these, following links of pages and of JSON answers.
fn crawl(visitor: &Client, starts: &[String], see: &mut dyn FnMut(&str, String)) -> usize {
    let mut seen: BTreeSet<String> = starts.iter().cloned().collect();
    let mut waiting: VecDeque<String> = starts.iter().cloned().collect();
    while let Some(path) = waiting.pop_front() {
        // A stream has no end; what it sends is the fragment, which is fetched.
        if path.ends_with("/events") {
            continue;
        }
        let answer = visitor.get(&path);
        assert!(answer.status < 500, "{path}: {}", answer.status);
        if answer.media_type.starts_with("text/html") {
            let html = Html::parse_document(&answer.body);
            let linking = css("a[href], img[src]");
            let links = html.select(&linking);
            let found = links.filter_map(|e| e.attr("href").or_else(|| e.attr("src")));
            for to in found.map(|to| to.split('#').next().unwrap_or_default().to_owned()) {
                if to.starts_with('/')
                    && !to.starts_with("/assets")
                    && !to.starts_with("/style")
                    && seen.insert(to.clone())
                {
                    waiting.push_back(to);
                }
            }
        }
        see(&path, words(&answer.media_type, &answer.bytes));
    }
    seen.len()
}

#[test]
fn no_public_answer_holds_an_id_a_telephone_or_a_bank_account() {
    let pond = Pond::reach(Point::Archived, Winner::Outsider);
    checkpoint::sign_head(&pond.world.app).unwrap();
    let mut secrets: Vec<(&str, String)> = Vec::new();
    for who in ["collective", "member", "outsider", "company"] {
        let person = pond.person(who);
        secrets.push((who, person.phone.clone()));
        secrets.push((who, person.account.clone()));
        // A credit code is public; an ID number never is.
        if !matches!(who, "collective" | "company") {
            secrets.push((who, person.number.clone()));
            secrets.push((who, person.name.clone()));
        }
    }
    let no = &pond.lot_no;
    let mut starts: Vec<String> =
        ["/", "/lots", "/results", "/journal", "/verify", "/process", "/rules", "/complaints", "/keys.json"]
            .map(str::to_owned)
            .to_vec();
    starts.extend(["", "/room", "/room/fragment", "/bids", "/notice.pdf"].map(|below| format!("/lots/{no}{below}")));
    starts.extend(["", "/bids"].map(|below| format!("/api/v1/lots/{no}{below}")));
    let certificate = pond.lot().certificate.number.unwrap();
    let certificate: nongquan::domain::base::numbering::CertificateNo = certificate.parse().unwrap();
    starts.push(format!("/verify/{}", certificate.url()));
    starts.push(format!("/api/v1/certificates/{}", certificate.url()));
    starts.extend(["/api/v1/lots?limit=100", "/api/v1/journal/leaves?limit=1000"].map(str::to_owned));

    let mut told = Vec::new();
    let reached = crawl(&Client::new(&pond.world), &starts, &mut |path, text| {
        let flat: String = text.chars().filter(|c| !c.is_whitespace()).collect();
        for (who, secret) in &secrets {
            if flat.contains(secret.as_str()) {
                told.push(format!("{path} tells {secret} of {who}"));
            }
        }
    });
    assert!(told.is_empty(), "{}", told.join("\n"));
    assert!(reached > 40, "the crawl went somewhere: {reached}");
}
