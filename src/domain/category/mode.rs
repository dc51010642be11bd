//! Transfer modes (流转方式), in the plan's words.

use crate::base::words::words;

words! {
    /// A transfer mode (流转方式). The plan names most of them category by category;
    /// where it names none, rulebook 7.1 supplies them and the catalogue marks them 待确认.
    Mode {
        Lease = "lease", "出租";
        Hire = "hire", "租赁";
        ContractOut = "contract_out", "承包";
        Transfer = "transfer", "转让";
        Assign = "assign", "出让";
        ShareContribution = "share_contribution", "入股";
        CapitalContribution = "capital_contribution", "作价出资";
        Cooperation = "cooperation", "合作";
        JointVenture = "joint_venture", "合资";
        ShareCooperation = "share_cooperation", "股份合作";
        CapitalIncrease = "capital_increase", "增资";
        AuctionSale = "auction_sale", "拍卖";
        Licence = "licence", "许可使用";
        InternalTransfer = "internal_transfer", "内部转让";
        BuyBack = "buy_back", "有偿退出（集体回购）";
        GiftOrInheritance = "gift_or_inheritance", "赠与、继承（登记）";
        Disposal = "disposal", "处置";
        Tender = "tender", "招标";
        Procurement = "procurement", "采购";
        InvestmentPromotion = "investment_promotion", "招商";
        Mortgage = "mortgage", "抵押";
    }
}

words! {
    /// What a mode does to the right; the rules on terms, deposits, priority and papers ask this.
    ModeKind {
        Lease = "lease", "有期限使用";
        Sale = "sale", "权利转移";
        Equity = "equity", "入股合作";
        Purchase = "purchase", "招标采购";
        Record = "record", "登记备案";
    }
}

impl Mode {
    /// What it does to the right.
    pub const fn kind(self) -> ModeKind {
        match self {
            Mode::Lease | Mode::Hire | Mode::ContractOut | Mode::Licence | Mode::InvestmentPromotion => ModeKind::Lease,
            Mode::Transfer
            | Mode::Assign
            | Mode::AuctionSale
            | Mode::InternalTransfer
            | Mode::BuyBack
            | Mode::Disposal => ModeKind::Sale,
            Mode::ShareContribution
            | Mode::CapitalContribution
            | Mode::Cooperation
            | Mode::JointVenture
            | Mode::ShareCooperation
            | Mode::CapitalIncrease => ModeKind::Equity,
            Mode::Tender | Mode::Procurement => ModeKind::Purchase,
            Mode::Mortgage | Mode::GiftOrInheritance => ModeKind::Record,
        }
    }

    /// Use for a time against rent.
    pub const fn is_lease(self) -> bool {
        matches!(self.kind(), ModeKind::Lease)
    }

    /// The right itself changes hands.
    pub const fn is_sale(self) -> bool {
        matches!(self.kind(), ModeKind::Sale)
    }

    /// Whether a listing may be opened for it. A mortgage is a financing record, a gift or
    /// an inheritance is a registration (rulebook 7.1); neither has a price to compete for.
    pub const fn opens_listing(self) -> bool {
        !matches!(self.kind(), ModeKind::Record)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mortgage_opens_no_listing() {
        assert!(!Mode::Mortgage.opens_listing());
        assert_eq!(Mode::ALL.iter().filter(|m| !m.opens_listing()).count(), 2);
        assert_eq!("contract_out".parse(), Ok(Mode::ContractOut));
        assert_eq!(Mode::ContractOut.name(), "contract_out");
        assert!("pawn".parse::<Mode>().is_err());
    }
}
