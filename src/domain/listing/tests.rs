#![allow(clippy::unwrap_used, clippy::expect_used)]
use super::notice::{Notice, Source, notice};
use super::*;
use std::sync::LazyLock;

use crate::base::{Day, Fen};
use crate::category::{Method, Variety};
use crate::lot::{Ownership, Terms};
use crate::market::Market;
use proptest::prelude::*;

/// A pond, as a collective fills the form.
pub(crate) fn pond() -> Draft {
    [
        ("o.title", "塔峰镇界头村门口塘五年出租"),
        ("o.location", "3组"),
        ("o.east", "机耕路"),
        ("o.south", "水圳"),
        ("o.west", "山脚"),
        ("o.north", "村道"),
        ("o.ownership", "collective"),
        ("o.quantity", "３２.６"),
        ("o.unit", "mu"),
        ("f.pond_name", "门口塘"),
        ("f.depth", "2.5"),
        ("f.title_type", "ledger"),
        ("f.title_no", "塔界台账第12号"),
        ("f.water_source", "stream"),
        ("f.irrigation_duty", "no"),
        ("f.present_use", "空闲"),
        ("f.planned_use", "fish"),
        ("f.frozen", "no"),
        ("f.mortgaged", "no"),
        ("u.basic_farmland", "no"),
        ("u.disputed", "no"),
        ("p.mode", "lease"),
        ("p.unit", "yuan_per_mu_year"),
        ("p.price", "600"),
        ("p.starts", "2026-12-15"),
        ("p.years", "5"),
        ("p.payment", "ANNUAL_PREPAID"),
        ("d.body", "members"),
        ("d.noticed", "2026-10-01"),
        ("d.held", "2026-10-20"),
        ("d.eligible", "300"),
        ("d.attended", "280"),
        ("d.for", "250"),
        ("d.against", "10"),
        ("d.posted_from", "2026-10-21"),
        ("d.posted_to", "2026-10-30"),
        ("d.floor", "600"),
        ("c.members_only", "no"),
        ("c.priority", "P4"),
        ("c.viewing", "公告期内工作日，联系村信息员。"),
    ]
    .map(|(k, v)| (k.to_owned(), v.to_owned()))
    .into()
}

fn market() -> &'static Market {
    static MARKET: LazyLock<Market> = LazyLock::new(|| Market::embedded().unwrap());
    &MARKET
}

fn variety(market: &Market) -> &Variety {
    market.catalog.get("0501".parse().unwrap()).unwrap()
}

fn terms(market: &Market) -> Terms {
    assemble(&pond(), variety(market), &market.rules).unwrap()
}

#[test]
fn a_complete_draft_becomes_terms() {
    let market = market();
    let terms = terms(market);
    assert_eq!(terms.quantity, 326_000);
    assert_eq!((terms.total, terms.first_year), (Fen::yuan(97_800), Fen::yuan(19_560)));
    assert_eq!((terms.deposit, terms.method), (Fen::yuan(1_956), Method::M1));
    assert_eq!(terms.step, market.rules.proposed_step(variety(market), terms.price).unwrap());
    assert_eq!(terms.attributes["boundaries"], "东至机耕路，南至水圳，西至山脚，北至村道");
    assert_eq!(terms.title_document.kind, "集体资源台账");
    assert_eq!(terms.planned_use, "鱼类养殖");
}

#[test]
fn every_fault_is_told_at_once_and_beside_its_field() {
    let market = market();
    let faults = assemble(&Draft::new(), variety(market), &market.rules).unwrap_err();
    for name in ["o.title", "o.ownership", "f.depth", "u.disputed", "p.price", "p.payment", "c.viewing", "d.body"] {
        assert!(faults.iter().any(|f| f.field == name && f.message.ends_with('。')), "{name}");
    }
    for (name, wrong) in [
        ("p.price", "4O0"),
        ("p.mode", "mortgage"),
        ("p.unit", "yuan_per_share"),
        ("p.years", "99"),
        ("o.title", "看不见的\u{202E}字"),
        ("p.step", "900"),
        ("d.floor", "700"),
        ("f.water_source", "moon"),
    ] {
        let mut draft = pond();
        draft.insert(name.into(), wrong.into());
        let faults = assemble(&draft, variety(market), &market.rules).unwrap_err();
        assert!(faults.iter().any(|f| f.field == name), "{name}: {faults:?}");
    }
}

#[test]
fn the_rules_are_run_on_the_facts_of_the_draft() {
    let market = market();
    let (draft, terms) = (pond(), terms(market));
    let today = Day::ymd(2026, 11, 2).unwrap();
    let all = ["t04".to_owned(), "t05".to_owned()];
    let case = |papers| Submission {
        draft: &draft,
        variety: variety(market),
        terms: &terms,
        papers,
        own_hand: true,
        today,
        open_lots: &[],
    };
    assert_eq!(refusal(&findings(&case(&all), &market.rules)), Ok(()));
    let without = refusal(&findings(&case(&all[..1]), &market.rules)).unwrap_err();
    assert!(without.to_string().contains("乡镇人民政府批准"), "{without}");
    let early = Submission { today: Day::ymd(2026, 10, 25).unwrap(), ..case(&all) };
    assert_eq!(refusal(&findings(&early, &market.rules)).unwrap_err().code(), "E52");
}

#[test]
fn missing_papers_are_named() {
    let market = market();
    let facts = doc_facts(&terms(market), false, true);
    let names = missing(variety(market), facts, &["t02".into()]);
    assert!(
        names.iter().any(|n| n.contains("成员大会决议")) && !names.iter().any(|n| n.contains("申请书")),
        "{names:?}"
    );
    assert!(!names.iter().any(|n| n.contains("授权委托书")), "{names:?}");
}

#[test]
fn the_notice_says_everything_and_only_what_was_checked() {
    let market = market();
    let terms = terms(market);
    let place = market.divisions.place_named("塔峰镇", Some("界头村")).unwrap();
    let source = Source {
        terms: &terms,
        variety: variety(market),
        rules: &market.rules,
        place: &place,
        project_no: "LSNC431127100-05-202611-0001",
        lot_no: "LSNC431127100-05-202611-0001-01",
        transferor: "界头村股份经济合作社",
        centre: "县农村产权交易中心",
        contact: "",
        station_phone: "",
        account: "户名 甲，开户行 乙，账号 12345678",
        fees: None,
        benchmark: "无基准价",
    };
    let made = notice(&source);
    assert_eq!(made, notice(&source));
    assert_eq!(made.line("price"), Some("600 元/亩/年"));
    assert_eq!(made.line("deposit"), Some("1,956.00 元（人民币壹仟玖佰伍拾陆元整）"));
    assert!(made.line("use_control").unwrap().contains("禁止非农化、防止非粮化"));
    let named = Terms { title: "界头村水田出租".to_owned(), ..terms.clone() };
    let title = notice(&Source { terms: &named, ..source }).title;
    assert_eq!((title.as_str(), terms.mode.zh()), ("界头村水田出租公告", "出租"), "the mode once");
    let dearer = Terms { price: Fen::yuan(601), ..terms.clone() };
    assert_ne!(notice(&Source { terms: &dearer, ..source.clone() }).canonical(), made.canonical());
    // The posting that the notice promises is the one that is kept.
    let days = |made: &Notice| made.line("winner").unwrap().to_owned();
    assert!(days(&made).contains("结果公示 3 个工作日"), "{}", days(&made));
    let state = Terms { ownership: Ownership::State, ..terms.clone() };
    let longer = market.rules.result.publicity_state_coop_wd;
    let made = notice(&Source { terms: &state, ..source });
    assert!(longer > 3 && days(&made).contains(&format!("结果公示 {longer} 个工作日")), "{}", days(&made));
}

proptest! {
    /// Whatever is typed anywhere, the answer is terms or sentences, never a panic.
    #[test]
    fn any_text_is_answered(at in 0usize..40, typed in ".{0,60}") {
        let market = market();
        let mut draft = pond();
        let name = draft.keys().nth(at % draft.len()).cloned().unwrap();
        draft.insert(name, typed);
        if let Err(faults) = assemble(&draft, variety(market), &market.rules) {
            prop_assert!(faults.iter().all(|f| !f.message.is_empty()));
        }
    }
}

#[test]
fn a_second_lot_on_the_same_object_is_found() {
    let market = market();
    let named = |title: &str, codes: &str| {
        let mut terms = terms(market);
        terms.title_document.number = title.to_owned();
        terms.attributes.insert("parcel_codes".to_owned(), codes.to_owned());
        terms
    };
    let other = |terms: &Terms| {
        let lot = crate::lot::tests_support::in_stage(crate::lot::Stage::Listed);
        crate::lot::Lot { terms: Some(terms.clone()), lot_no: Some("甲".to_owned()), ..lot }
    };
    let own = named("证1", "4311271022010000001 4311271022010000002");
    let found = |theirs: &Terms| same_object(&own, &other(theirs)).map(|o| (o.lot_no, o.same_parcel));
    assert_eq!(found(&named("证2", "4311271022010000002")), Some(("甲".to_owned(), true)), "one parcel is enough");
    assert_eq!(found(&named("证1", "")), Some(("甲".to_owned(), false)), "the title, where no parcel tells");
    assert_eq!(found(&named("证1", "4311271022010000003")), None, "other parcels under one title");
    assert_eq!(found(&named("证2", "")), None);
    assert_eq!(object_keys(&own), ["4311271022010000001", "4311271022010000002", "证1"]);
}
