#![allow(clippy::unwrap_used, clippy::expect_used)]
use std::collections::BTreeSet;

use super::*;
use crate::base::{Day, Fen};
use crate::category::{
    Category, DecisionWhen, Direction, DocCode, DocFacts, FieldKind, LandKind, ListingRule, Method, Mode, PriceUnit,
    Side, SolePolicy, Variety,
};
use crate::eligibility::PlannedUse;
use crate::funds::fee::fee;
use crate::rulebook::ListingQuery;

fn market() -> Market {
    Market::embedded().unwrap_or_else(|f| panic!("{}", lines(&f)))
}

fn lines(faults: &[CatalogFault]) -> String {
    faults.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n")
}

fn variety<'a>(m: &'a Market, code: &str) -> &'a Variety {
    m.catalog.get(code.parse().unwrap()).unwrap()
}

fn changed(name: &str, from: &str, to: &str) -> String {
    let mut files = embedded_files();
    let text = files.get_mut(name).unwrap();
    assert!(text.contains(from), "{name} has no {from:?}");
    *text = text.replacen(from, to, 1);
    lines(&Market::load(&files).unwrap_err())
}

#[test]
fn the_list_of_files_is_the_folder() {
    fn walk(dir: &std::path::Path, below: &str, out: &mut BTreeSet<String>) {
        for entry in std::fs::read_dir(dir).unwrap() {
            let entry = entry.unwrap();
            let name = format!("{below}{}", entry.file_name().to_str().unwrap());
            match entry.path().is_dir() {
                true => walk(&entry.path(), &format!("{name}/"), out),
                false => _ = out.insert(name),
            }
        }
    }
    let mut found = BTreeSet::new();
    walk(&std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../catalog"), "", &mut found);
    found.retain(|f| !f.ends_with(".md"));
    assert_eq!(found, embedded_files().into_keys().collect());
}

#[test]
fn every_category_has_an_enabled_variety() {
    let m = market();
    for category in Category::all() {
        assert!(m.catalog.enabled().any(|v| v.category() == category), "{category}");
    }
    assert!(m.catalog.all().count() >= 14);
}

#[test]
fn every_variety_is_complete() {
    let m = market();
    for v in m.catalog.all() {
        let required = v.fields.iter().filter(|f| f.required).count();
        assert!(required >= 5 && v.fields.iter().any(|f| f.public), "{}: fields", v.code);
        let must = |side| v.papers(side).filter(|d| d.must(DocFacts::default())).count();
        assert!(must(Side::Transferor) >= 6 && must(Side::Transferee) >= 3, "{}: papers", v.code);
        for code in [DocCode::T03, DocCode::T06, DocCode::T08, DocCode::T11, DocCode::R07] {
            assert!(v.documents.iter().any(|d| d.code == code), "{}: {code}", v.code);
        }
        assert!(!v.warnings.is_empty() && !v.consult.is_empty() && !v.register.is_empty(), "{}", v.code);
        assert!(v.warnings.iter().all(|w| w.ends_with('。')), "{}", v.code);
        let plain = |t: &str| !t.contains([',', ';', '!', '?']);
        assert!(v.warnings.iter().all(|w| plain(w)) && plain(&v.summary), "{}: half-width marks", v.code);
    }
}

/// The plan's own list (part 二（三）) and, where it names no mode, rulebook 7.1.
#[test]
fn modes_are_those_of_the_plan() {
    let m = market();
    for (code, modes) in [
        ("0101", "出租 入股 转让 抵押"),
        ("0201", "出租 转让 入股 抵押 作价出资 合作"),
        ("0301", "转让 出租 入股 抵押"),
        ("0401", "承包 租赁 出让 入股 合资 合作"),
        ("0501", "出租 转让 入股 作价出资 合作"),
        ("0701", "转让 租赁 拍卖"),
        ("0901", "转让 租赁 承包 股份合作"),
        ("1301", "转让 许可使用 出租 入股"),
    ] {
        let ours: BTreeSet<&str> = variety(&m, code).modes.iter().map(|m| m.zh()).collect();
        assert_eq!(ours, modes.split(' ').collect(), "{code}");
    }
    for code in ["0601", "1001", "1101", "1201"] {
        assert!(variety(&m, code).is_unconfirmed("modes"), "{code}: the plan names no modes");
    }
}

#[test]
fn a_mortgage_is_in_the_catalogue_but_opens_no_listing() {
    let m = market();
    let arable = variety(&m, "0101");
    assert!(arable.modes.contains(&Mode::Mortgage));
    assert!(!arable.allows(Mode::Mortgage) && arable.listing_modes().all(|m| m != Mode::Mortgage));
}

#[test]
fn policies_of_the_rulebook() {
    let m = market();
    for v in m.catalog.all() {
        let n = v.category().number();
        let down = v.direction == Direction::Down;
        assert_eq!(down, n == 8 && v.code.to_string() != "0803", "{}", v.code);
        assert_eq!(v.fee_exempt, n == 8, "{}", v.code);
        match n {
            1 | 3 | 5 | 7 | 13 => assert_eq!(v.sole_policy, SolePolicy::DealAtMax, "{}", v.code),
            4 => assert_eq!(v.sole_policy, SolePolicy::Negotiate, "{}", v.code),
            8 if down => {
                assert_eq!((v.sole_policy, v.default_method), (SolePolicy::Fail, Method::M7), "{}", v.code);
                assert!(v.min_bidders >= m.rules.sole.min_bidders_cat_8 && v.priority.is_empty());
            }
            _ => {}
        }
        assert_eq!(v.outsider_licence, matches!(n, 1 | 3 | 5), "{}: E40", v.code);
        assert!(v.is_unconfirmed("sole_policy"), "{}: appendix C 6", v.code);
    }
    assert!(variety(&m, "0101").receivers.members_only(Mode::Transfer));
    assert!(!variety(&m, "0101").receivers.members_only(Mode::Lease));
    assert!(variety(&m, "0601").receivers.members_only(Mode::InternalTransfer));
}

#[test]
fn the_pond_of_the_main_journey() {
    let m = market();
    let pond = variety(&m, "0501");
    assert_eq!((pond.price_units[0], pond.default_method), (PriceUnit::YuanPerMuYear, Method::M1));
    assert_eq!(pond.land_kind(|_| None), Some(LandKind::Water));
    assert!(pond.decision.township_approval && pond.decision.when == DecisionWhen::Always);
    let inside = DocFacts { member_decision: true, ..DocFacts::default() };
    let outside = DocFacts { outsider: true, ..inside };
    let papers = |facts| pond.checklist(Side::Transferee, facts).map(|d| d.code.name()).collect::<Vec<_>>();
    assert_eq!(papers(inside), ["R01", "R02", "R03", "R04", "R05", "R08"]);
    assert_eq!(papers(outside), ["R01", "R02", "R03", "R04", "R05", "R08", "R10"]);
    assert_eq!(pond.term.cap_months(Mode::Lease), Some(240));
    assert_eq!(pond.planned_use(|_| Some("lotus_fish")), Some(PlannedUse::FishPond));
}

#[test]
fn land_kinds_come_from_the_answer_where_the_variety_asks() {
    let m = market();
    let arable = variety(&m, "0101");
    assert_eq!(arable.land_kind(|k| (k == "land_kind").then_some("dry_land")), Some(LandKind::DryLand));
    assert_eq!(arable.land_kind(|_| None), None);
    let place = m.divisions.place_named("塔峰镇", Some("总市村")).unwrap();
    let query = BenchmarkQuery {
        land: arable.land_kind(|_| Some("paddy")),
        mode: Mode::Lease,
        unit: PriceUnit::YuanPerMuYear,
        whole_term: false,
        collective: true,
    };
    assert_eq!(m.benchmark(&place, query).map(|b| b.price), Ok(Fen::yuan(431)));
}

#[test]
fn a_new_variety_is_a_new_file_and_no_code() {
    let mut files = embedded_files();
    let text = files["varieties/05-01-pond.toml"].replace("\"0501\"", "\"0599\"").replace("坑塘", "山塘");
    files.insert("varieties/05-99-new.toml".into(), text);
    let m = Market::load(&files).unwrap();
    assert!(variety(&m, "0599").name.contains("山塘"));
}

#[test]
fn broken_varieties_name_file_line_and_fault() {
    let pond = "varieties/05-01-pond.toml";
    for (from, to, said) in [
        ("code = \"0501\"", "code = \"5\"", "catalog/varieties/05-01-pond.toml 第 2 行："),
        ("\"lease\", \"transfer\"", "\"lend\", \"transfer\"", "第 8 行：不认识的取值“lend”"),
        ("name = ", "nam = ", "第 3 行：不认识的键“nam”"),
        ("quantity_units = [\"mu\"]", "quantity_units = [\"set\"]", "第 9 行：计价单位“元/亩/年”需要的计量单位"),
        ("default_method = \"M1\"", "default_method = \"M4\"", "第 13 行：默认交易方式 M4 不在 methods 中"),
        ("direction = \"up\"", "direction = \"down\"", "只有第 8 类（采购）价低者得"),
        ("lease_cap_years = 20", "lease_cap_years = 25", "lease_cap_years 不能超过 20 年"),
        ("kind = \"water\"", "field = \"depth\"", "land 指向的字段“depth”"),
        ("key = \"depth\"", "key = \"pond_name\"", "字段名“pond_name”重复"),
        ("key = \"depth\"", "key = \"水深\"", "字段名“水深”只能用小写字母"),
        ("means = \"tourism\"", "means = \"fun\"", "planned_use 的选项“leisure”要用 means 写明"),
        ("key = \"planned_use\"", "key = \"later_use\"", "必须有必填的选择字段 planned_use"),
        ("code = \"T03\"", "code = \"R03\"", "写错了一侧"),
        ("code = \"T10\"", "code = \"T09\"", "缺少一律必交的材料 T10"),
        ("code = \"T04\"", "code = \"T07\"\nkey = \"x\"", "必须要求 T04"),
        ("rule = \"open\"", "rule = \"members_for_mode\"", "只有 rule = \"members_for_mode\" 时才写 modes"),
    ] {
        let all = changed(pond, from, to);
        assert!(all.contains(said) && all.contains(pond), "{from} → {to}: {all}");
    }
    assert!(changed(pond, "\"0501\"", "\"0101\"").contains("品种编码 0101 已在别的文件中使用"));
}

#[test]
fn a_missing_or_misspelt_file_is_said() {
    let mut files = embedded_files();
    let rules = files.remove("rules.toml").unwrap();
    files.insert("rule.toml".into(), rules);
    let said = lines(&Market::load(&files).unwrap_err());
    assert!(said.contains("catalog/rules.toml：缺少这个文件") && said.contains("catalog/rule.toml：不认识的文件"));
    assert!(
        changed("rules.toml", "value = \"none\"\nlabel = \"收费标准\"", "value = \"mine\"\nlabel = \"收费标准\"")
            .contains("没有“mine”")
    );
}

#[test]
fn a_year_or_fee_table_stands_in_one_file_that_bears_its_name() {
    for (name, copy, should) in [
        ("calendar/2026.toml", "calendar/2026-second.toml", "calendar/2026.toml"),
        ("fees/heshan_2022.toml", "fees/heshan.toml", "fees/heshan_2022.toml"),
    ] {
        let mut files = embedded_files();
        files.insert(copy.into(), files[name].clone());
        let said = lines(&Market::load(&files).unwrap_err());
        assert!(said.contains(&format!("catalog/{copy}：文件名与内容不符，应为 {should}")), "{said}");
    }
}

#[test]
fn a_value_for_a_later_day_is_known_as_such() {
    let mut files = embedded_files();
    let later =
        files["rules.toml"].replacen("[cal.close_time]", "[cal.close_time]\neffective_from = \"2027-03-01\"", 1);
    files.insert("rules.toml".into(), later);
    let rules = Market::load(&files).unwrap().rules;
    let (before, on) = (Day::parse("2027-02-28").unwrap(), Day::parse("2027-03-01").unwrap());
    assert_eq!(rules.not_yet(before), [("cal.close_time", on)]);
    assert_eq!(rules.not_yet(on), []);
}

#[test]
fn the_sample_fee_holds_only_in_the_demo() {
    let m = market();
    assert!(m.fee_table().is_none());
    let demo = m.clone().with_rules(m.rules.clone().for_demo());
    assert_eq!(demo.fee_table().map(|t| fee(Fen::yuan(420_000), t).amount), Some(Fen::yuan(4_400)));
    // Naming the sample without the demo's mark gives no fee either.
    let named = m.rules.with(&BTreeMap::from([("fee.table".to_owned(), "heshan_2022".into())])).unwrap();
    assert!(m.clone().with_rules(named).fee_table().is_none());
}

#[test]
fn listing_periods_of_rulebook_2_5() {
    let m = market();
    let days = |code: &str, method, yuan, day: &str| {
        let query = ListingQuery {
            variety: variety(&m, code),
            method,
            total: Fen::yuan(yuan),
            publish: Day::parse(day).unwrap(),
        };
        let length = m.rules.listing_days(query);
        (length.working_days, length.natural_days)
    };
    for (code, method, yuan, expected) in [
        ("0501", Method::M1, 420_000, (10, 0)),
        ("0201", Method::M1, 420_000, (10, 0)),
        ("0401", Method::M1, 99_999, (5, 0)),
        ("0401", Method::M1, 100_000, (7, 0)),
        ("0401", Method::M1, 500_000, (7, 0)),
        ("0401", Method::M1, 2_000_000, (10, 0)),
        ("0401", Method::M1, 2_000_001, (20, 0)),
        ("0401", Method::M4, 50_000, (5, 7)),
        ("0801", Method::M7, 300_000, (5, 0)),
        ("0801", Method::M5, 300_000, (5, 20)),
        ("1102", Method::M1, 300_000, (10, 0)),
        ("1102", Method::M1, 9_999_999, (10, 0)),
        ("1102", Method::M1, 10_000_000, (20, 0)),
    ] {
        assert_eq!(days(code, method, yuan, "2026-04-01"), expected, "{code} {yuan}");
    }
    // The farming window shortens land listings once the county has switched it on.
    let season = m.rules.with(&BTreeMap::from([("listing.season_enabled".to_owned(), true.into())])).unwrap();
    let m = m.with_rules(season);
    for (day, expected) in [("2026-02-28", 10), ("2026-03-01", 5), ("2026-05-01", 5), ("2026-05-02", 10)] {
        let query = ListingQuery {
            variety: variety(&m, "0501"),
            method: Method::M1,
            total: Fen::yuan(1),
            publish: Day::parse(day).unwrap(),
        };
        assert_eq!(m.rules.listing_days(query).working_days, expected, "{day}");
    }
}

#[test]
fn a_listing_closes_on_a_working_day_at_close_of_business() {
    let m = market();
    let day = |text: &str| Day::parse(text).unwrap();
    let query =
        |publish| ListingQuery { variety: variety(&m, "0501"), method: Method::M1, total: Fen::yuan(420_000), publish };
    let close = |publish: &str| {
        let length = m.rules.listing_days(query(day(publish)));
        length.close(&m.calendar, day(publish).at(9, 0))
    };
    assert_eq!(close("2026-11-23"), Ok(day("2026-12-07").at(17, 0)));
    // Over the National Day: 29, 30 September, then 8, 9, 10 (make-up) and 12 to 16 October.
    assert_eq!(close("2026-09-28"), Ok(day("2026-10-16").at(17, 0)));
    assert_eq!(close("2026-12-21").map_err(|u| u.year), Err(2027));
}

#[test]
fn proposed_steps_are_nice_and_near_one_percent() {
    let m = market();
    let step = |yuan| m.rules.proposed_step(variety(&m, "0501"), Fen::yuan(yuan));
    for (start, expected) in [(800, 10), (431, 5), (50, 1), (20_000, 200), (300_000, 5_000)] {
        assert_eq!(step(start), Some(Fen::yuan(expected)), "{start}");
    }
    assert_eq!(step(0), None);
}

#[test]
fn every_rule_word_of_the_catalogue_is_used_by_some_variety() {
    let m = market();
    for rule in ListingRule::ALL.iter().filter(|r| **r != ListingRule::ConstructionLand) {
        assert!(m.catalog.all().any(|v| v.listing_rule == *rule), "{rule}");
    }
    for kind in FieldKind::ALL {
        assert!(m.catalog.all().any(|v| v.fields.iter().any(|f| f.kind == *kind)), "{kind}");
    }
}

#[test]
fn definitions_freeze_into_one_line_and_come_back() {
    let m = market();
    for v in m.catalog.all() {
        assert_eq!(Variety::from_snapshot(&v.canonical_json()).as_ref(), Ok(v), "{}", v.code);
    }
    assert!(Variety::from_snapshot("{}").is_err());
    let pond = variety(&m, "0501");
    assert_eq!(pond.canonical_json(), variety(&market(), "0501").canonical_json());
    assert!(pond.canonical_json().starts_with("{\"code\":\"0501\""));
}
