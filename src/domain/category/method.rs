//! Trading methods (交易方式), the direction of the price, and what happens with few bidders.

use crate::base::words::words;

words! {
    /// A trading method (交易方式), rulebook 3.1.
    Method {
        M1 = "M1", "网络竞价（多次报价）";
        M2 = "M2", "网络竞价（一次报价）";
        M3 = "M3", "动态报价";
        M4 = "M4", "拍卖";
        M5 = "M5", "招标或综合评审";
        M6 = "M6", "公开协商";
        M7 = "M7", "反向竞价";
        M8 = "M8", "减价拍（荷兰式）";
        M9 = "M9", "抽签摇号";
        M10 = "M10", "多单位竞价";
    }
}

words! {
    /// Which way a better price lies.
    Direction {
        Up = "up", "价高者得";
        Down = "down", "价低者得";
    }
}

words! {
    /// What happens when only one bidder qualifies (rulebook 3.7).
    SolePolicy {
        DealAtOffer = "deal_at_offer", "按其报价成交";
        DealAtMax = "deal_at_max", "按挂牌价与其报价孰高成交";
        Negotiate = "negotiate", "组织协商，成交价不低于挂牌价";
        RelistThenNegotiate = "relist_then_negotiate", "重新挂牌一次，仍不足的转为公开协商";
        Fail = "fail", "流标，退还保证金";
    }
}

words! {
    /// A legal class of priority (优先权), rulebook 4.1.
    PriorityClass {
        P1 = "P1", "按份共有人";
        P2 = "P2", "房屋承租人（买卖）";
        P3 = "P3", "房屋承租人（续租）";
        P4 = "P4", "本集体经济组织成员";
        P5 = "P5", "草原原承包经营者";
        P6 = "P6", "合同约定的原承租方";
        P7 = "P7", "章程规定的成员";
    }
}

impl Method {
    /// How many valid bidders or offers it takes by itself (rulebook 3.1).
    pub const fn least_bidders(self) -> u32 {
        match self {
            Method::M1 | Method::M3 | Method::M4 | Method::M6 | Method::M8 => 1,
            Method::M2 | Method::M9 | Method::M10 => 2,
            Method::M5 | Method::M7 => 3,
        }
    }
}

impl PriorityClass {
    /// Where the right comes from.
    pub const fn basis(self) -> &'static str {
        match self {
            PriorityClass::P1 => "《民法典》第三百零五条、第三百零六条",
            PriorityClass::P2 => "《民法典》第七百二十六条",
            PriorityClass::P3 => "《民法典》第七百三十四条",
            PriorityClass::P4 => "《农村土地承包法》第三十八条、第五十一条",
            PriorityClass::P5 => "《草原法》第十四条",
            PriorityClass::P6 => "原流转合同的约定",
            PriorityClass::P7 => "集体经济组织或合作社章程",
        }
    }
}
