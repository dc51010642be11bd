//! What stands behind each class of priority (rulebook 4.1).

pub use crate::category::PriorityClass;

impl PriorityClass {
    /// What the right gives.
    pub const fn right(self) -> &'static str {
        match self {
            PriorityClass::P1 => "份额转让时在同等条件下优先购买（按份共有人之间转让除外）",
            PriorityClass::P2 => "房屋出卖时在同等条件下优先购买",
            PriorityClass::P3 => "房屋租赁期满后在同等条件下优先承租",
            PriorityClass::P4 => "土地经营权流转、其他方式承包时在同等条件下优先",
            PriorityClass::P5 => "草原承包期满后在同等条件下优先续包",
            PriorityClass::P6 => "按原合同约定在同等条件下优先续租",
            PriorityClass::P7 => "按章程规定在同等条件下优先受让",
        }
    }

    /// What the holder has to show.
    pub const fn proof(self) -> &'static str {
        match self {
            PriorityClass::P1 => "共有份额证明",
            PriorityClass::P2 | PriorityClass::P3 => "房屋租赁合同",
            PriorityClass::P4 => "集体经济组织出具的成员身份证明",
            PriorityClass::P5 => "原草原承包合同",
            PriorityClass::P6 => "载有优先条款的原合同和租金缴清证明",
            PriorityClass::P7 => "章程和成员身份证明",
        }
    }
}

/// Whether an order may be printed: no class twice, and a co-owner before a
/// tenant, the one sequence that statute fixes (Civil Code art. 726).
pub fn order_is_lawful(order: &[PriorityClass]) -> bool {
    let place = |class| order.iter().position(|c| *c == class);
    let once = order.iter().enumerate().all(|(i, class)| place(*class) == Some(i));
    let owner_first = match (place(PriorityClass::P1), place(PriorityClass::P2)) {
        (Some(owner), Some(tenant)) => owner < tenant,
        (Some(_), None) | (None, Some(_)) | (None, None) => true,
    };
    once && owner_first
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_lawful_orders() {
        use PriorityClass::{P1, P2, P3, P4, P6};
        assert!(order_is_lawful(&[P1, P2]));
        assert!(order_is_lawful(&[P3, P6, P4]));
        assert!(order_is_lawful(&[]));
        assert!(!order_is_lawful(&[P2, P1]));
        assert!(!order_is_lawful(&[P4, P6, P4]));
    }
}
