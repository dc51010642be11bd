//! Limits that no file and no administrator may loosen (rulebook 0.3): a lower layer may
//! tighten the law, never relax it.

/// Key, smallest value, largest value, source.
const LIMITS: &[(&str, Option<i64>, Option<i64>, &str)] = &[
    ("listing.auction_floor_d", Some(7), None, "《拍卖法》第四十五条"),
    ("listing.tender_floor_d", Some(20), None, "《招标投标法》第二十四条"),
    ("listing.state_equity_floor_wd", Some(20), None, "企业国有资产交易监督管理办法"),
    ("deposit.cat_8_cap_pct", None, Some(2), "《招标投标法实施条例》第二十六条"),
    ("sole.min_bidders_cat_8", Some(3), None, "《招标投标法实施条例》第四十四条"),
    ("result.objection_reply_d", None, Some(3), "《招标投标法实施条例》第五十四条"),
    ("licence.decide_wd", None, Some(20), "《农村土地经营权流转管理办法》第二十九条"),
];

/// Why a number breaks the law's limit of a key; `None` when it keeps it.
pub(super) fn broken(key: &str, value: i64) -> Option<String> {
    let (_, floor, cap, source) = LIMITS.iter().find(|l| l.0 == key)?;
    match (floor, cap) {
        (Some(floor), _) if value < *floor => Some(format!("不得低于法定下限 {floor}（{source}）")),
        (_, Some(cap)) if value > *cap => Some(format!("不得高于法定上限 {cap}（{source}）")),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::super::rules::Settings;
    use super::*;

    #[test]
    fn every_limit_is_of_a_key_there_is() {
        for (key, ..) in LIMITS {
            assert!(Settings::KEYS.contains(key), "{key}");
        }
        assert!(broken("listing.tender_floor_d", 19).is_some_and(|f| f.contains("20")));
        assert_eq!(broken("listing.tender_floor_d", 25), None);
        assert!(broken("deposit.cat_8_cap_pct", 3).is_some());
        assert_eq!(broken("review.town_wd", 0), None);
    }
}
