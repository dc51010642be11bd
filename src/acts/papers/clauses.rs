//! What a contract takes from the object and from the rules: which land it lets, under which code, and
//! what a breach costs.

use crate::domain::category::LandKind;
use crate::domain::lot::Terms;
use crate::domain::rulebook::Rules;
use crate::papers::{BreachTerms, LandKind as LeaseLand};

/// Field of a variety that holds the codes of the plots (地块代码).
const PARCEL_CODES: &str = "parcel_codes";

/// The lease's clauses follow what the ground is; where no answer says so, what its category lets.
pub(super) fn lease_land(category: u8, kind: Option<LandKind>) -> LeaseLand {
    match kind {
        Some(LandKind::Forest) => LeaseLand::Forest,
        Some(LandKind::Water) => LeaseLand::Water,
        Some(LandKind::Grass) => LeaseLand::Grass,
        Some(LandKind::Irrigation) => LeaseLand::Irrigation,
        Some(LandKind::Waste) => LeaseLand::Waste,
        Some(
            LandKind::Paddy
            | LandKind::DryLand
            | LandKind::Orchard
            | LandKind::Facility
            | LandKind::Construction
            | LandKind::Homestead
            | LandKind::OtherLand,
        ) => LeaseLand::Arable,
        None => match category {
            2 => LeaseLand::Forest,
            3 => LeaseLand::Waste,
            _ => LeaseLand::Arable,
        },
    }
}

/// The codes of the plots as the transferor gave them; a dash where none was given.
pub(super) fn parcel_code(terms: &Terms) -> String {
    let given = terms.attributes.get(PARCEL_CODES).map(|codes| codes.trim()).filter(|codes| !codes.is_empty());
    given.unwrap_or("—").to_owned()
}

/// What a breach costs, by the rules of the notice.
pub(super) fn breach(rules: &Rules, lease: bool) -> BreachTerms {
    let c = &rules.contract;
    BreachTerms {
        late_delivery: rate("万", c.late_delivery_permyriad),
        late_payment: rate("万", c.late_payment_permyriad),
        late_return: lease.then(|| format!("年租金的{}", rate("千", c.late_return_permille))),
        rescission_days: c.rescission_d,
    }
}

/// `万分之三`.
fn rate(of: &str, n: u32) -> String {
    const DIGITS: [&str; 11] = ["零", "一", "二", "三", "四", "五", "六", "七", "八", "九", "十"];
    let n = usize::try_from(n).ok().and_then(|n| DIGITS.get(n)).map_or_else(|| n.to_string(), |d| (*d).to_owned());
    format!("{of}分之{n}")
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used)]
    use super::*;

    #[test]
    fn a_lease_speaks_of_the_ground_it_lets() {
        for (category, kind, land) in [
            (5, Some(LandKind::Paddy), LeaseLand::Arable),
            (5, Some(LandKind::Grass), LeaseLand::Grass),
            (5, Some(LandKind::Irrigation), LeaseLand::Irrigation),
            (5, Some(LandKind::Water), LeaseLand::Water),
            (5, None, LeaseLand::Arable),
            (3, Some(LandKind::Waste), LeaseLand::Waste),
            (3, None, LeaseLand::Waste),
            (2, None, LeaseLand::Forest),
            (1, Some(LandKind::DryLand), LeaseLand::Arable),
        ] {
            assert_eq!(lease_land(category, kind), land, "{category} {kind:?}");
        }
    }

    #[test]
    fn a_breach_costs_what_the_rules_say() {
        let market = crate::domain::market::Market::embedded().expect("the market");
        let rules = market.rules.with(&std::collections::BTreeMap::from([
            ("contract.late_payment_permyriad".to_owned(), 5.into()),
            ("contract.rescission_d".to_owned(), 45.into()),
        ]));
        let breach = breach(&rules.expect("rules"), true);
        assert_eq!((breach.late_payment.as_str(), breach.late_delivery.as_str()), ("万分之五", "万分之三"));
        assert_eq!((breach.late_return.as_deref(), breach.rescission_days), (Some("年租金的千分之三"), 45));
    }
}
