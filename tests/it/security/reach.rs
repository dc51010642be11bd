//! Who fetches whose papers: identity scans within the township, the papers of a deal not by a village's officer.

use nongquan::acts::uploads::may_see;
use nongquan::acts::{posts, qualification};
use nongquan::context::new_id;
use nongquan::domain::actor::{Actor, Role};
use nongquan::domain::base::ids::{DocumentId, LotId};
use nongquan::domain::lot::Lot;
use nongquan::store::documents::{self, Document, Owner, Visibility};

use crate::proof::world::exchange;
use crate::support::Place;
use crate::support::market::{Market, lot_of};
use crate::support::people::{actor, hire, security};

fn paper(owner: Owner, code: &str, visibility: Visibility, at: &Lot) -> Document {
    Document {
        id: DocumentId(new_id()),
        owner,
        code: code.to_owned(),
        name: "证件.pdf".to_owned(),
        media_type: "application/pdf".to_owned(),
        size_bytes: 1,
        sm3: "00".repeat(32),
        visibility,
        uploaded_by: None,
        uploaded_at: at.entered_at,
        superseded_by: None,
    }
}

/// What lay with a reviewer, and what a clerk scanned, stays with the post and not with the person.
#[test]
fn s083_who_left_a_post_reads_nothing_of_it_any_more() {
    let place = Place::new();
    let (app, hands) = exchange(&place);
    let market = Market::open(&app, &hands, 1);
    let lot = market.listed(&app);
    market.applied(&app, lot, &market.bidders);
    let [reviewer, clerk] = [Role::Qualification, Role::Acceptance].map(|role| market.post(role).clone());
    let id = qualification::take_next(&app, &reviewer).expect("a turn").expect("an application");
    let applied = app.store.read(|db| documents::of(db, Owner::Application(id))).expect("read").remove(0);
    let scan = Document {
        uploaded_by: Some(clerk.account),
        ..paper(Owner::Party(market.collective.party.expect("a party")), "ID", Visibility::Staff, &lot_of(&app, lot))
    };
    let sees = |who: &Actor, document: &Document| app.store.read(|db| may_see(db, Some(who), document)).expect("read");
    assert!(qualification::seen(&app, &reviewer, id).is_ok() && sees(&reviewer, &applied) && sees(&clerk, &scan));
    let giver = security(&app, &market.admin);
    for (who, role) in [(&reviewer, Role::Qualification), (&clerk, Role::Acceptance)] {
        posts::revoke(&app, &giver, who.account, role.code()).expect("taken");
    }
    let [reviewer, clerk] = ["qualification", "acceptance"].map(|login| actor(&app, login));
    assert!(qualification::seen(&app, &reviewer, id).is_err(), "the application went back to the post");
    assert!(!sees(&reviewer, &applied) && !sees(&clerk, &scan));
    assert!(sees(&market.bidders[0], &applied), "a party's paper stays his");
}

#[test]
fn s083_identity_scans_and_the_papers_of_a_deal_stay_within_reach() {
    let place = Place::new();
    let (app, hands) = exchange(&place);
    let market = Market::open(&app, &hands, 1);
    let admin = actor(&app, "admin");
    let hired = |login: &str, role: Role, scope: &str| {
        hire(&app, &admin, login, role, scope);
        actor(&app, login)
    };
    let elsewhere = hired("clerk-elsewhere", Role::TownshipClerk, "431127102");
    let officer = hired("officer", Role::InfoOfficer, "431127100/界头村");
    let lot: LotId = market.listed(&app);
    let read = lot_of(&app, lot);
    let sees = |who: &Actor, document: &Document| app.store.read(|db| may_see(db, Some(who), document)).expect("read");

    let scan = paper(Owner::Party(read.transferor), "ID", Visibility::Staff, &read);
    assert!(sees(market.post(Role::TownshipClerk), &scan), "his own township");
    assert!(sees(market.post(Role::Acceptance), &scan), "the county's desk");
    assert!(!sees(&elsewhere, &scan), "another township's people");
    assert!(!sees(&officer, &scan) && !sees(market.post(Role::Review), &scan));

    // The officer of the village entered nothing here: neither what was handed in nor what came of it is his.
    for (code, visibility) in [
        ("t02", Visibility::Staff),
        ("t11", Visibility::Staff),
        ("F09", Visibility::Parties),
        ("F11", Visibility::Parties),
    ] {
        let document = paper(Owner::Lot(lot), code, visibility, &read);
        assert!(!sees(&officer, &document), "{code}");
        assert!(
            sees(market.post(Role::TownshipClerk), &document),
            "{code}: first review and contract are the station's"
        );
    }
    // Who scanned a paper at a counter reads it by the post he holds today; what a party handed in stays its own.
    let scanned = |by: &Actor| Document { uploaded_by: Some(by.account), ..scan.clone() };
    assert!(!sees(&elsewhere, &scanned(&elsewhere)), "moved to another township");
    assert!(sees(market.post(Role::TownshipClerk), &scanned(market.post(Role::TownshipClerk))));
    let bidder = &market.bidders[0];
    assert!(sees(bidder, &scanned(bidder)));
    let map = paper(Owner::Lot(lot), "t06", Visibility::Public, &read);
    assert!(sees(&officer, &map), "what everybody sees");
}
