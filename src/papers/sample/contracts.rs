use super::{LOT, PROJECT, blank_sign, collective, farmer, head, list, some, t};
use crate::{
    Account, BreachTerms, Column, ContractKind, Copies, Fact, GeneralContractPaper, IntentionPaper, PaymentLine, Side,
    TablePaper,
};

/// A contract of each kind.
pub fn general_contract(kind: ContractKind) -> GeneralContractPaper {
    let (name, object, term) = match kind {
        ContractKind::Lease => {
            ("农村集体经营性资产租赁合同", "示例村综合楼一层门面3间", some("3年，自2027年1月1日起至2029年12月31日止"))
        }
        ContractKind::Transfer => ("农业生产设施设备转让合同", "谷物烘干设备一套", None),
        ContractKind::Procurement => ("农村小型建设工程施工合同", "示例村机耕道硬化工程", some("施工工期60日")),
        ContractKind::Cooperation => ("林地经营权合作合同", "示例村青山坳林地", some("20年")),
    };
    GeneralContractPaper {
        head: head("LSNC431127100-07-202611-0021-01H01"),
        name: t(name),
        kind,
        project_no: t("LSNC431127100-07-202611-0021"),
        lot_no: t("LSNC431127100-07-202611-0021-01"),
        confirmation_no: t("LSNC431127100-07-202611-0021-01Q01"),
        party_a: collective(),
        party_b: farmer(),
        method: t("网络竞价"),
        approvals: list(&["示例村股份经济合作社成员代表大会2026年9月18日决议"]),
        object: t(object),
        location: t("塔峰镇示例村"),
        quantity: t("见清单"),
        purpose: some("按公告载明的用途"),
        facts: vec![Fact::new("现状", "可以正常使用")],
        table: Some(items()),
        assets: vec![],
        term,
        price: t("86,000.00元"),
        total: t("86,000.00元"),
        total_capitals: t("人民币捌万陆仟元整"),
        adjustment: None,
        payments: vec![PaymentLine {
            no: t("第1期"),
            due: t("签订后5个工作日内"),
            covers: t("全部价款"),
            amount: t("86,000.00元"),
            note: t("含保证金8,000.00元"),
        }],
        account: Some(Account {
            name: t("蓝山县农村产权交易中心"), bank: t("示例银行"), number: t("0000 0001")
        }),
        deposit: t("转为价款的一部分。"),
        bond: None,
        delivery: list(&[
            "甲方应当在乙方付清首期价款后5日内交付，双方签署交割单。",
            "交付时按清单逐项核对，有质量标准的按标准验收。",
        ]),
        duties_a: vec![],
        duties_b: list(&["遵守村规民约，优先吸纳本村劳动力就业。"]),
        breach: BreachTerms {
            late_delivery: t("万分之三"),
            late_payment: t("万分之三"),
            late_return: None,
            rescission_days: 30,
        },
        compensation: None,
        disputes: t("向有管辖权的人民法院起诉。"),
        effect: t("本合同自双方签名或者盖章之日起生效。"),
        copies: Copies {
            total: t("叁"), holders: t("甲乙双方各执一份，蓝山县农村产权交易中心存一份。")
        },
        further: vec![],
        signatures: vec![blank_sign("甲方", "蓝山县塔峰镇示例村股份经济合作社"), blank_sign("乙方", "黄样本")],
        e_sign_statement: None,
    }
}

fn items() -> TablePaper {
    let columns = vec![
        Column::new("名称", 6, Side::Left),
        Column::new("规格型号", 5, Side::Left),
        Column::new("数量", 2, Side::Right),
        Column::new("单位", 2, Side::Center),
        Column::new("备注", 4, Side::Left),
    ];
    let row = |cells: [&str; 5]| cells.map(t).to_vec();
    TablePaper::new(
        columns,
        vec![row(["主要标的", "按公告", "1", "套", "含附属件"]), row(["配套设施", "—", "2", "台", ""])],
    )
    .captioned("清单")
}

/// The agreement for the licensing authority.
pub fn intention() -> IntentionPaper {
    IntentionPaper {
        head: head("LSNC431127100-03-202611-0012-01YX01"),
        transferor: collective(),
        transferee: farmer(),
        project_no: t(PROJECT),
        lot_no: t(LOT),
        object: t("示例村大塘垅等4块水田"),
        location: t("塔峰镇示例村2组、3组"),
        quantity: t("126.40亩"),
        land: t("机动地，水田，现状种植水稻"),
        plan: t("优质稻与油菜轮作，配套建设育秧大棚2座，三年内完成高标准改造"),
        mode: t("出租"),
        term: t("5年"),
        price: t("420.00元/亩/年"),
        total: t("265,440.00元（人民币贰拾陆万伍仟肆佰肆拾元整）"),
        payment: t("按年支付，先付后用"),
        authority: t("塔峰镇人民政府"),
        apply_days: 5,
        promises: list(&["同一年度内在相邻地块流转的土地与本次合并计算面积。"]),
        copies: Copies {
            total: t("肆"), holders: t("甲乙双方各执一份，报审批机关和本中心各一份。")
        },
        further: vec![],
        signatures: vec![
            blank_sign("转出方（甲方）", "蓝山县塔峰镇示例村股份经济合作社"),
            blank_sign("意向受让方（乙方）", "黄样本"),
        ],
        e_sign_statement: None,
    }
}
