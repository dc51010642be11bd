#![allow(clippy::unwrap_used, clippy::expect_used)]
use super::*;

const TEXT: &str = include_str!("../../../catalog/rules.toml");

fn rules() -> Rules {
    Rules::load("rules.toml", TEXT).unwrap()
}

fn faults(text: &str) -> Vec<String> {
    Rules::load("rules.toml", text).unwrap_err().iter().map(ToString::to_string).collect()
}

/// The line of `rules.toml` on which this table header stands.
fn line(header: &str) -> usize {
    TEXT.lines().position(|l| l == header).unwrap() + 1
}

#[test]
fn every_key_has_a_value_and_a_source() {
    let rules = rules();
    assert_eq!(rules.entries().count(), Settings::KEYS.len());
    for (key, _, meta) in rules.entries() {
        assert!(!meta.label.is_empty() && !meta.citation.is_empty(), "{key}");
    }
}

#[test]
fn appendix_a_defaults() {
    let r = rules();
    assert_eq!((r.cal.close_time.to_string(), r.review.town_wd, r.review.supplement_rounds), ("17:00".into(), 3, 2));
    assert_eq!((r.listing.land_wd, r.listing.asset_gt_2m_wd, r.listing.tender_floor_d), (10, 20, 20));
    assert_eq!((r.bid.free_minutes, r.bid.limited_seconds, r.bid.step_per_mille), (60, 180, 10));
    assert_eq!((r.bid.max_multiple, r.bid.confirm_above_multiple, r.priority.limit), (20, 5, None));
    assert_eq!((r.deposit.rate_pct, r.deposit.soft_cap_pct, r.deposit.hard_cap_pct), (10, 20, 30));
    assert_eq!((r.deposit.cat_8_cap_pct, r.deposit.min_yuan, r.deposit.refund_wd), (2, 200, 3));
    assert_eq!((r.result.publicity_wd, r.result.objection_reply_d, r.contract.sign_wd), (3, 3, 5));
    assert_eq!((r.cert.issue_wd, r.handover.archive_d, r.guide.band_pct), (3, 30, 30));
    assert_eq!(r.fee.table, "none");
}

#[test]
fn appendix_c_waits_for_the_county() {
    let waiting = rules().unconfirmed();
    for key in [
        "licence.county_below_mu",
        "fee.table",
        "routing.redirect_state_equity",
        "decision.representatives_for_land",
        "deposit.rate_pct",
        "priority.member_level",
        "result.name_mode",
        "contract.formation_event",
        "routing.off_market_filing",
        "guide.band_pct",
    ] {
        assert!(waiting.contains(&key), "{key}");
    }
    assert!(!waiting.contains(&"bid.free_minutes"));
}

#[test]
fn faults_name_file_line_and_fault() {
    let at = line("[bid.free_minutes]");
    let text = TEXT.replace("[bid.free_minutes]\nvalue = 60", "[bid.free_minutes]\nvalue = 5");
    assert_eq!(
        faults(&text),
        [format!("catalog/rules.toml 第 {at} 行：bid.free_minutes：5 低于下限 10分钟（规则手册 3.3）")]
    );
    let text = TEXT.replace("[bid.free_minutes]\nvalue = 60", "[bid.free_minutes]\nvalue = \"long\"");
    assert_eq!(faults(&text), [format!("catalog/rules.toml 第 {at} 行：bid.free_minutes：应为非负整数")]);
    let text = TEXT.replace("[bid.free_minutes]", "[bid.free_hours]");
    assert_eq!(
        faults(&text),
        [
            format!("catalog/rules.toml 第 {at} 行：没有“bid.free_hours”这一项设置"),
            "catalog/rules.toml：bid.free_minutes：缺少这一项".to_owned()
        ]
    );
    let at = line("[bid.mode]");
    let text = TEXT.replace("value = \"RESET\"", "value = \"FAST\"");
    assert!(faults(&text)[0].starts_with(&format!("catalog/rules.toml 第 {at} 行：bid.mode：应为下列之一：RESET")));
    let text = TEXT.replace("[bid.mode]\nvalue", "[bid.mode]\nvalu");
    assert!(faults(&text)[0].contains("valu"), "{:?}", faults(&text));
}

#[test]
fn the_law_cannot_be_loosened_by_the_file() {
    let text = TEXT.replace(
        "value = 2\nlabel = \"第 8 类保证金比例上限\"\nunit = \"%\"\nfloor = 0\ncap = 2",
        "value = 5\nlabel = \"x\"",
    );
    assert_ne!(text, TEXT);
    assert!(faults(&text)[0].contains("不得高于法定上限 2"), "{:?}", faults(&text));
}

#[test]
fn overrides_are_held_to_floor_cap_and_kind() {
    let rules = rules();
    let over = |key: &str, value: Json| rules.with(&BTreeMap::from([(key.to_owned(), value)]));
    let stricter = over("deposit.rate_pct", 15.into()).unwrap();
    assert_eq!(stricter.deposit.rate_pct, 15);
    assert!(!stricter.unconfirmed().contains(&"deposit.rate_pct"));
    assert_eq!(rules.deposit.rate_pct, 10, "the original stands");
    for (key, value) in [
        ("deposit.rate_pct", Json::from(31)),
        ("bid.limited_seconds", 59.into()),
        ("listing.auction_floor_d", 6.into()),
        ("deposit.rate_pct", "ten".into()),
        ("deposit.rate_pct", (-1).into()),
        ("no.such", 1.into()),
    ] {
        let said = over(key, value.clone());
        assert!(said.is_err_and(|f| f.iter().any(|f| f.key == key)), "{key} {value}");
    }
    assert_eq!(over("priority.limit", 1.into()).unwrap().priority.limit, Some(1));
}

#[test]
fn demo_rules_are_short_and_marked() {
    let rules = rules();
    let demo = rules.clone().for_demo();
    assert_eq!((demo.bid.free_minutes, demo.bid.limited_seconds), (3, 60));
    assert!(demo.is_demo() && !rules.is_demo());
    assert!(demo.meta("bid.free_minutes").is_some_and(|m| m.label.contains("演示")));
    assert_eq!(demo.fee.table, "heshan_2022");
    assert_ne!(demo.canonical_json(), rules.canonical_json());
}

#[test]
fn snapshots_are_canonical_and_come_back() {
    let rules = rules();
    let line = rules.canonical_json();
    assert_eq!(line, Rules::load("rules.toml", TEXT).unwrap().canonical_json());
    assert!(line.starts_with("[{\"demo\":false},{\"amend.material_restarts\":true,"), "{line}");
    let changed = rules.with(&BTreeMap::from([("bid.free_minutes".to_owned(), 30.into())])).unwrap();
    assert_ne!(changed.canonical_json(), line);
    assert_eq!(rules.from_snapshot(&changed.canonical_json()).unwrap().bid.free_minutes, 30);
    let demo = rules.clone().for_demo().canonical_json();
    assert!(rules.from_snapshot(&demo).unwrap().is_demo());
    // A notice of before these keys existed stays readable, and they alone may be missing.
    let older = rules.canonical_json().replace("\"contract.rescission_d\":30,", "");
    assert_ne!(older, rules.canonical_json());
    assert_eq!(rules.from_snapshot(&older).unwrap().contract.rescission_d, 30);
    let broken = older.replace("\"bid.free_minutes\":60,", "");
    assert!(rules.from_snapshot(&broken).is_err_and(|f| f.iter().all(|f| f.key == "bid.free_minutes")));
    assert!(rules.from_snapshot("[{},{}]").is_err());
    assert!(rules.from_snapshot("nonsense").is_err());
}
