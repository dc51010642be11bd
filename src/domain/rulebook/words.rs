//! Closed lists among the settings (appendix A).

use crate::base::words::words;

words! {
    /// Who organises trading (`routing.level`); the plan leaves one answer.
    RoutingLevel {
        County = "COUNTY", "县级集中交易";
    }
}

words! {
    /// How the limited phase ends a session (`bid.mode`), rulebook 3.3.
    BidMode {
        Reset = "RESET", "每次有效报价后重新倒计时";
        SoftClose = "SOFT_CLOSE", "临近结束时有报价则顺延";
        None = "NONE", "到时即止";
    }
}

words! {
    /// What a deposit or a fee is a percentage of.
    AmountBase {
        FirstYear = "FIRST_YEAR", "首年价款";
        Total = "TOTAL", "成交总额";
    }
}

words! {
    /// Who keeps the lead among equal priority holders (`priority.tie`).
    PriorityTie {
        Time = "TIME", "先报价者优先";
        Draw = "DRAW", "系统抽签";
    }
}

words! {
    /// What follows when the winner defaults (`default.next`).
    AfterDefault {
        Relist = "RELIST", "重新挂牌";
        Substitute = "SUBSTITUTE", "次高报价者递补";
        DrawStandby = "DRAW_STANDBY", "按抽签候补顺序递补";
        NextCandidate = "NEXT_CANDIDATE", "下一名中标候选人";
    }
}

words! {
    /// When the contract is formed (`contract.formation_event`), rulebook 2.6.
    FormationEvent {
        AfterPublicityAndConfirmation = "AFTER_PUBLICITY_AND_CONFIRMATION",
            "结果公示期满无持续异议并出具成交确认书时成立，依法须经批准的自批准时生效";
        SystemConfirmation = "SYSTEM_CONFIRMATION", "电子交易系统确认成交时成立";
        Signature = "SIGNATURE", "双方在书面合同上签字或盖章时成立";
    }
}

words! {
    /// Through whom later rents are paid (`pay.later_rent_channel`).
    RentChannel {
        Direct = "DIRECT", "直接付给转出方并上传凭证";
        Platform = "PLATFORM", "经结算账户支付";
    }
}

words! {
    /// Who pays the service fee; the plan allows one answer.
    FeePayer {
        Transferee = "TRANSFEREE", "受让方";
    }
}

words! {
    /// Among whom "member of the collective" is measured (`priority.member_level`).
    MemberLevel {
        Group = "GROUP", "村民小组";
        Village = "VILLAGE", "行政村";
        Township = "TOWNSHIP", "乡镇";
    }
}

words! {
    /// How a natural person's name stands in a result notice (`result.name_mode`).
    NameMode {
        Masked = "MASKED", "隐去部分姓名";
        Full = "FULL", "公布全名";
    }
}

/// What people read for a stored word of any of these lists.
pub fn zh(stored: &str) -> Option<&'static str> {
    fn of<T: std::str::FromStr>(stored: &str, zh: fn(T) -> &'static str) -> Option<&'static str> {
        stored.parse().ok().map(zh)
    }
    of(stored, RoutingLevel::zh)
        .or_else(|| of(stored, BidMode::zh))
        .or_else(|| of(stored, AmountBase::zh))
        .or_else(|| of(stored, PriorityTie::zh))
        .or_else(|| of(stored, AfterDefault::zh))
        .or_else(|| of(stored, FormationEvent::zh))
        .or_else(|| of(stored, RentChannel::zh))
        .or_else(|| of(stored, FeePayer::zh))
        .or_else(|| of(stored, MemberLevel::zh))
        .or_else(|| of(stored, NameMode::zh))
}
