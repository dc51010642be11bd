//! Pages with forms that no desk leads to: somebody may apply, another has applied and may take it back, a transferor
//! may withdraw, and a newcomer hands in his papers.

use nongquan::acts::demonstration::DemoAccount;
use nongquan::domain::application::Status;
use nongquan::domain::lot::Stage;
use nongquan::store::applications;

use crate::support::county::{County, NEWCOMER};

/// Who came to the counter is one of the county's accounts from now on.
pub fn newcomer(county: &mut County) {
    let (account, password) = NEWCOMER;
    county.accounts.push(DemoAccount {
        account: account.to_owned(),
        password: password.to_owned(),
        name: "欧阳新来".to_owned(),
        role: "待核验的主体".to_owned(),
    });
}

/// What parties may begin or take back by themselves; each by another account, because everybody opens few pages of
/// a kind.
pub fn of_applicants(county: &County) -> Vec<(&str, String)> {
    let mut places = vec![(NEWCOMER.0, "/account/identity".to_owned())];
    let parties: Vec<_> = county.accounts.iter().map(|a| (a.account.as_str(), county.actor(&a.account))).collect();
    let of = |who| parties.iter().find(|(_, actor)| actor.party == Some(who)).map(|(login, _)| *login);
    let (mut applies, mut takes_back) = (Vec::new(), Vec::new());
    for lot in county.in_stage(Stage::Listed) {
        let no = lot.lot_no.as_deref().expect("a number");
        for (login, actor) in parties.iter().filter(|(_, actor)| actor.verified) {
            let Some(party) = actor.party.filter(|party| *party != lot.transferor) else { continue };
            let read = county.world.app.store.read(|db| applications::of_party(db, lot.id, party)).expect("read");
            let mine = match read.map(|a| a.status) {
                None | Some(Status::Draft) => &mut applies,
                Some(Status::Submitted) => &mut takes_back,
                Some(Status::Correction | Status::Qualified | Status::Refused | Status::Withdrawn) => continue,
            };
            mine.push((*login, format!("/lots/{no}/application")));
        }
    }
    let takes_back = takes_back.into_iter().next().expect("somebody has applied");
    let applies = applies.into_iter().find(|(who, _)| *who != takes_back.0).expect("another may apply");
    places.extend([takes_back, applies]);
    for stage in [Stage::FirstReview, Stage::Acceptance, Stage::Review] {
        for lot in county.in_stage(stage).iter().take(1) {
            places.extend(of(lot.transferor).map(|who| (who, format!("/cases/{}/withdrawal", lot.id))));
        }
    }
    places
}
