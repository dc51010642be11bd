#![allow(clippy::unwrap_used, clippy::expect_used)]
use super::*;

const UNITS: &str = include_str!("../../../catalog/divisions.toml");
const VILLAGES: &str = include_str!("../../../catalog/villages.csv");

fn load(units: &str, villages: &str) -> Result<Divisions, Vec<CatalogFault>> {
    Divisions::load(("divisions.toml", units), ("villages.csv", villages))
}

#[test]
fn counts_of_the_gazette() {
    let d = load(UNITS, VILLAGES).unwrap();
    assert_eq!(d.townships().filter(|t| t.kind.is_township()).count(), 14);
    assert_eq!(d.townships().filter(|t| t.kind == TownshipKind::YaoTownship).count(), 6);
    assert_eq!(d.townships().count(), 19);
    let villages = || d.townships().flat_map(|t| &t.villages);
    assert_eq!(villages().filter(|v| v.kind == VillageKind::Village).count(), 207);
    assert_eq!(villages().filter(|v| v.kind == VillageKind::Community).count(), 2);
    assert!(villages().all(|v| v.code.is_none()), "village codes are never invented");
    assert_eq!(d.township_named("塔峰镇").map(|t| t.villages.len()), Some(51));
    assert!(d.township("431127101".parse().unwrap()).is_none(), "竹管寺 was merged into 塔峰镇");
}

#[test]
fn only_real_places_can_be_made() {
    let d = load(UNITS, VILLAGES).unwrap();
    let code: TownshipCode = "431127100".parse().unwrap();
    assert_eq!(d.place(code, Some("总市村")).unwrap().zh(), "塔峰镇总市村");
    assert_eq!(d.place_named("蓝山黄毛岭茶场", None).unwrap().zh(), "蓝山黄毛岭茶场");
    // The same name in three townships makes three places.
    let of = |t| d.place_named(t, Some("团结村")).unwrap();
    assert_ne!(of("塔峰镇"), of("土市镇"));
    assert_eq!(of("祠堂圩镇").village(), Some("团结村"));
    let none = d.place_named("毛俊镇", Some("团结村")).unwrap_err();
    assert_eq!(none.to_string(), "毛俊镇没有“团结村”，请从该乡镇的村（社区）名单中选择。");
    assert!(matches!(d.place("431128100".parse().unwrap(), None), Err(NoPlace::Township(_))));
    assert!("43112710".parse::<TownshipCode>().is_err());
}

#[test]
fn broken_lists_name_the_line() {
    let said = |units: &str, villages: &str| load(units, villages).unwrap_err()[0].to_string();
    let more = |row: &str| format!("{VILLAGES}{row}\n");
    assert_eq!(said(UNITS, &more("塔峰镇,总市村,")), "catalog/villages.csv 第 211 行：塔峰镇的村名“总市村”为空或重复");
    assert_eq!(said(UNITS, &more("竹管寺镇,新村,")), "catalog/villages.csv 第 211 行：没有“竹管寺镇”这个乡镇");
    assert!(said(UNITS, &more("蓝山原种场,新村,")).contains("不辖村"));
    assert!(said(UNITS, &more("塔峰镇,新村,431127102001")).contains("十二位"));
    assert!(said(UNITS, &more("塔峰镇")).contains("第 211 行：列数"));
    let text = UNITS.replace("code = \"431127102\"", "code = \"431128102\"");
    assert!(
        said(&text, VILLAGES).starts_with("catalog/divisions.toml 第 15 行：431128102 不属于"),
        "{}",
        said(&text, VILLAGES)
    );
}
