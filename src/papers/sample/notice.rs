use super::{LOT, PROJECT, head, list, some, t};
use crate::{Column, Fact, NoticePaper, Side, TablePaper};

/// The notice of a pond.
pub fn notice() -> NoticePaper {
    NoticePaper {
        head: head("LSNC431127100-05-202611-0007-01G01"),
        name: t("塔峰镇示例村大塘养殖水面经营权出租公告"),
        intro: t(
            "受蓝山县塔峰镇示例村股份经济合作社委托，经乡镇服务站初审和本中心审核，下列标的按《农村产权流转交易规则》公开转出，欢迎符合条件的意向受让方报名。",
        ),
        project_no: t(PROJECT),
        lot_no: t(LOT),
        round: t("第1轮"),
        variety: t("集体资源性资产经营权（养殖水面）"),
        transferor: t("蓝山县塔峰镇示例村股份经济合作社"),
        object: t("示例村大塘养殖水面"),
        description: t("山塘一口，常年蓄水，塘埂完好，附管理用房一间（约12平方米）及进水渠一条。"),
        location: t("塔峰镇示例村1组"),
        quantity: t("32.60亩"),
        title_facts: t("集体所有；蓝集水字第0000123号；蓝山县水利局"),
        mode: t("出租"),
        term: some("5年"),
        start: some("2026年12月15日前交付，以交割单为准"),
        purpose: some("水产养殖，不得投肥养殖"),
        further: vec![Fact::new("灌溉义务", "每年4月至9月优先保证下游56亩水田灌溉用水")],
        parcels: Some(parcels()),
        price: t("600.00元/亩/年"),
        price_total: some("19,560.00元/年，5年合计97,800.00元"),
        benchmark: some("无基准价（养殖水面不在基准地价范围内）"),
        valuation: None,
        direction: t("向上（增价）"),
        step: t("10.00元/亩/年，报价应为整数倍"),
        max_step: some("不超过20倍"),
        reserve: t("不设保留价"),
        method: t("网络竞价（多轮报价）"),
        session: some("2026年11月10日10:00"),
        free_period: some("30分钟"),
        limited_period: some("每次有效报价后重新计时180秒，无人报价即结束"),
        sole_bidder: some("只有一名合格竞买人时，以不低于挂牌价的报价成交"),
        deposit: t("10,000.00元（人民币壹万元整）"),
        deposit_account: t("户名：蓝山县农村产权交易中心；开户行：示例银行蓝山支行；账号：0000 0000 0000 0002"),
        deposit_deadline: t("2026年11月6日17:00前到账"),
        deposit_treatment: t("成交的转为第1期租金；未成交的自竞价结束之日起3个工作日内原路无息退还"),
        payment_plan: t("按年支付，先付后用，每年12月10日前支付当期租金"),
        bonds: some("履约保证金5,000.00元，签订合同后10日内交纳"),
        escalation: None,
        fees: t("交易服务费由受让方承担，按已公布的收费标准执行；转出方不承担费用"),
        conditions: list(&[
            "具有完全民事行为能力的自然人、依法设立的法人或者其他组织。",
            "具备水产养殖经验或者相应的技术人员。",
            "没有被列入失信被执行人名单，没有在本平台违约尚未了结的记录。",
        ]),
        priority: t("本集体经济组织成员在同等条件下享有优先权。"),
        priority_claim: some("主张优先权的，应当在报名时提出并提交证明材料，逾期视为放弃。"),
        listing_period: t("2026年10月26日至2026年11月6日（10个工作日）"),
        registration_deadline: t("2026年11月6日17:00"),
        registration: t("登录平台在线报名，或者到乡镇农村产权交易服务站由工作人员协助报名"),
        extension: t("公告期满无人报名的，按5个工作日为一个周期延长，最多2个周期"),
        viewing: t("公告期内工作日，联系人：示例村信息员，电话0746-0000003"),
        formation: t(
            "结果公示期满没有尚未处理的异议，本中心出具成交确认书时合同成立；依法须经批准的，自批准之日起生效。",
        ),
        contract_deadline: some("成交双方应当自收到成交确认书之日起5个工作日内签订合同。"),
        forfeiture: list(&[
            "提供虚假材料或者隐瞒重要事实取得竞买资格的；",
            "与他人串通，损害转出方或者其他竞买人利益的；",
            "成交后无正当理由拒绝签订合同或者不按期支付首期价款的。",
        ]),
        disclosures: list(&[
            "塘埂东段2024年做过防渗处理，请自行踏勘。",
            "标的按现状交付，面积以公告为准，实测误差在3%以内的不调整价款。",
            "遇征收的，土地补偿归转出方，受让方投入的设施和未收获产品的补偿归受让方。",
        ]),
        objection: t("蓝山县农村产权交易中心，电话0746-0000001"),
        centre_contact: t("蓝山县农村产权交易中心，塔峰镇示例路1号，电话0746-0000001"),
        station_contact: t("塔峰镇农村产权交易服务站，电话0746-0000002"),
        attachments: list(&["合同文本（草案）", "竞买须知和承诺书", "标的位置示意图和照片"]),
    }
}

fn parcels() -> TablePaper {
    let columns = vec![
        Column::new("水面名称", 4, Side::Left),
        Column::new("面积（亩）", 3, Side::Right),
        Column::new("四至", 9, Side::Left),
        Column::new("平均水深（米）", 4, Side::Right),
    ];
    let row = |name: &str, area: &str, bounds: &str, depth: &str| vec![t(name), t(area), t(bounds), t(depth)];
    TablePaper::new(
        columns,
        vec![
            row("大塘主塘", "28.10", "东至塘埂，南至水圳，西至山脚，北至村道", "2.6"),
            row("大塘副塘", "4.50", "东至主塘，南至水圳，西至2组水田，北至村道", "1.4"),
        ],
    )
    .totalled(vec![t("合计"), t("32.60"), t(""), t("")])
}
