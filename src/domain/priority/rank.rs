//! The rank of a holder among several (rulebook 4.1).

use super::class::PriorityClass;
pub use crate::rulebook::MemberLevel;

impl MemberLevel {
    /// Whether somebody whose nearest collective in common is at `member`'s
    /// level has the members' right when the notice prints `self`.
    pub fn covers(self, member: MemberLevel) -> bool {
        member <= self
    }
}

/// The rank of a bidder with these approved classes under the printed order:
/// 1 for its first class. The best of several counts. `None` when no class of
/// the bidder is printed: an unprinted right cannot be exercised in the session.
pub fn rank(order: &[PriorityClass], claimed: &[PriorityClass]) -> Option<u8> {
    let place = order.iter().position(|class| claimed.contains(class))?;
    u8::try_from(place + 1).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use PriorityClass::{P1, P3, P4, P6};

    #[test]
    fn the_best_printed_class_counts() {
        for (claimed, expected) in
            [(vec![P3], Some(1)), (vec![P4, P6], Some(2)), (vec![P4], Some(3)), (vec![P1], None), (vec![], None)]
        {
            assert_eq!(rank(&[P3, P6, P4], &claimed), expected, "{claimed:?}");
        }
    }

    #[test]
    fn a_nearer_member_is_covered_by_a_wider_level() {
        assert!(MemberLevel::Village.covers(MemberLevel::Group));
        assert!(MemberLevel::Village.covers(MemberLevel::Village));
        assert!(!MemberLevel::Village.covers(MemberLevel::Township));
    }
}
