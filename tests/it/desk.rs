//! The workspace leaves nothing out, however many lots of others stand before it.

use nongquan::acts::caselist::{self, Asked};
use nongquan::acts::{record, work};
use nongquan::context::new_id;
use nongquan::domain::base::ids::LotId;
use nongquan::domain::category::Department;
use nongquan::domain::gazette::Place;
use nongquan::domain::lot::{Lot, Opinion, Stage};
use nongquan::store::{Stop, holds};

use super::store_contract::engine::Engine;
use super::stories::pond::{Point, Pond, Winner};
use super::support::people::{VILLAGE, actor};

/// Puts so many copies of the pond's lot beside it: at this stage, here, entered so many minutes before it.
fn copies(pond: &Pond, count: usize, stage: Stage, place: &Place, earlier: i64) -> Vec<LotId> {
    changed(pond, count, |lot| {
        (lot.stage, lot.place, lot.entered_at) = (stage, place.clone(), lot.entered_at.plus_mins(-earlier));
    })
}

/// Copies with something else about them.
fn changed(pond: &Pond, count: usize, change: impl Fn(&mut Lot)) -> Vec<LotId> {
    let app = &pond.world.app;
    let taken = app.store.read(|db| nongquan::store::lots::all_ids(db)).expect("read").len();
    let copy = |n: usize| {
        let mut lot: Lot = pond.lot();
        lot.id = LotId(new_id());
        lot.lot_no = Some(format!("{}-{n}", pond.lot_no));
        change(&mut lot);
        let columns = record::projection(app, &lot, &app.market.rules).expect("columns");
        let ord = i64::try_from(n).expect("a small number");
        app.store.write(|tx| Ok::<_, Stop>(tx.insert_lot(&lot, ord, "{}", &columns)?)).expect("inserted");
        lot.id
    };
    (taken + 1..=taken + count).map(copy).collect()
}

/// What waits for this account, read in batches of this size.
fn waiting(pond: &Pond, who: &str, batch: i64) -> Vec<LotId> {
    let actor = actor(&pond.world.app, who);
    let desk = work::desk_in_batches(&pond.world.app, &actor, batch).expect("a desk");
    desk.todos.iter().map(|t| t.lot).collect()
}

#[test]
fn no_work_is_hidden_behind_that_of_others() {
    let pond = Pond::reach(Point::Submitted, Winner::Member);
    let divisions = &pond.world.app.market.divisions;
    let here = divisions.place_named("塔峰镇", Some(VILLAGE)).expect("the village");
    let elsewhere = divisions.townships().find(|t| t.name != "塔峰镇").expect("another township");
    let elsewhere = divisions.place_named(&elsewhere.name, None).expect("a place");
    // Hundreds of more urgent lots of other stations, and sixty at the end of the line here.
    copies(&pond, 320, Stage::FirstReview, &elsewhere, 10_000);
    let mut own = copies(&pond, 60, Stage::FirstReview, &here, 0);
    own.push(pond.lot().id);
    own.sort();
    for batch in [7, 100, 500] {
        let mut found = waiting(&pond, "clerk", batch);
        found.sort();
        assert_eq!(found, own, "in batches of {batch}");
    }
    // The whole county's post sees all of its own, the most urgent first, and nobody else's.
    let mut late = copies(&pond, 310, Stage::Acceptance, &elsewhere, 20_000);
    let first = copies(&pond, 1, Stage::Acceptance, &here, 30_000);
    let found = waiting(&pond, "acceptance", 50);
    assert_eq!(found[0], first[0]);
    let mut found = found[1..].to_vec();
    found.sort();
    late.sort();
    assert_eq!(found, late);

    // The page says how many there are and pages through them.
    let clerk = pond.browser("clerk");
    let page = clerk.opened("/desk").says("待办（61 项）").says("第 1 页，共 2 页");
    let reviews = |body: &str| body.matches("/first-review\"").count();
    assert_eq!(reviews(&page.body), 50);
    let next = page.links("/desk?page=").remove(0);
    assert_eq!(reviews(&clerk.opened(&next).says("第 2 页，共 2 页").body), 11);
    assert_eq!(reviews(&clerk.opened("/desk?page=99").body), 11, "beyond the end is the last page");
    let collective = pond.browser("collective");
    let _ = collective.opened("/desk").says("第 1 页，共 14 页");
    assert_eq!(collective.opened("/desk?own=14").links("/cases/").len(), 42, "692 of its own");
}

/// A department's part in a case stands in no column: its register reads on until it has its page.
#[test]
fn a_department_finds_its_case_behind_a_thousand_others() {
    let pond = Pond::reach(Point::Submitted, Winner::Member);
    let submitted = pond.lot().entered_at;
    changed(&pond, 1_100, |lot| lot.stage = Stage::Review);
    let asked = |lot: &mut Lot, entered| {
        (lot.stage, lot.entered_at) = (Stage::Consultation, entered);
        lot.opinions = vec![Opinion { department: Department::Water, answer: None }];
    };
    let own = changed(&pond, 1, |lot| asked(lot, submitted.plus_mins(100_000)));
    let water = actor(&pond.world.app, "water");
    let register = caselist::register(&pond.world.app, &water, &Asked::default()).expect("a register");
    assert_eq!((register.rows.len(), register.more, register.rows[0].lot.id), (1, false, own[0]));
    changed(&pond, 60, |lot| asked(lot, submitted));
    let page = |page| caselist::register(&pond.world.app, &water, &Asked { page, ..Asked::default() }).expect("a page");
    assert_eq!((page(1).rows.len(), page(1).more), (40, true));
    assert_eq!((page(2).rows.len(), page(2).more), (21, false));
}

/// An officer's part stands in no column either: most cases of his village are other people's.
#[test]
fn an_officer_finds_his_cases_among_those_of_his_village() {
    let pond = Pond::reach(Point::Submitted, Winner::Member);
    let officer = actor(&pond.world.app, "officer");
    let submitted = pond.lot().entered_at;
    let own = changed(&pond, 3, |lot| {
        (lot.helper, lot.entered_at) = (Some(officer.account), submitted.plus_mins(-100_000));
    });
    changed(&pond, 60, |lot| lot.helper = None);
    let page = |page| caselist::register(&pond.world.app, &officer, &Asked { page, ..Asked::default() });
    let found = |n: u32| page(n).expect("a page").rows.iter().map(|w| w.lot.id).collect::<Vec<_>>();
    let mut first = found(1);
    first.sort();
    assert!(own.iter().all(|lot| first.contains(lot)), "{first:?}");
    changed(&pond, 60, |lot| lot.helper = Some(officer.account));
    assert_eq!((found(1).len(), page(1).expect("a page").more), (40, true));
    assert_eq!((found(2).len(), page(2).expect("a page").more), (23 + first.len() - own.len(), false));
}

/// Whether money is named with its lot is what the stage says of registrants, in every stage there is.
#[test]
fn no_stage_opens_the_money_before_it_opens_the_registrants() {
    let pond = Pond::reach(Point::Submitted, Winner::Member);
    let lot = changed(&pond, 1, |_| ()).remove(0);
    let mut engine = Engine::connect(pond.world.place());
    for stage in Stage::ALL.iter().copied() {
        let name = stage.name();
        let sql = format!(
            "UPDATE lots SET stage = '{name}', closes_at = entered_at, session_at = entered_at, \
             deal_price_fen = 1 WHERE id = '{lot}'"
        );
        engine.run(&sql).unwrap_or_else(|why| panic!("{name}: {why}"));
        let open = pond.world.app.store.read(|db| holds::lot_opened_up(db, lot)).expect("read");
        assert_eq!(open, !stage.registrants_hidden(), "{name}");
    }
}
