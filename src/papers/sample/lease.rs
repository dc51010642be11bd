use super::{collective, farmer, head, some, t};
use crate::{
    Account, Asset, BreachTerms, ContractPaper, Copies, Fact, LandKind, Parcel, PaymentLine, Permission, RentTerms,
    Signature,
};

/// A lease of paddy land by a collective.
pub fn lease() -> ContractPaper {
    ContractPaper {
        head: head("LSNC431127100-03-202611-0012-01H01"),
        name: t("农村土地经营权出租合同"),
        project_no: t("LSNC431127100-03-202611-0012"),
        lot_no: t("LSNC431127100-03-202611-0012-01"),
        confirmation_no: t("LSNC431127100-03-202611-0012-01Q01"),
        land: LandKind::Arable,
        lessor: collective(),
        lessee: farmer(),
        method: t("网络竞价（多轮报价）"),
        approvals: vec![
            t("示例村股份经济合作社成员大会2026年9月18日决议"),
            t("塔峰镇人民政府批准（塔政农〔2026〕12号，2026年9月25日）"),
        ],
        parcels: parcels(),
        area: t("126.40亩"),
        facts: vec![Fact::new("灌溉条件", "渠灌"), Fact::new("机耕道路", "通机耕道")],
        assets: vec![
            Asset {
                name: t("机耕道"), quantity: t("380米"), state: t("可通行"), treatment: t("无偿返还甲方")
            },
            Asset {
                name: t("提灌站"),
                quantity: t("1座"),
                state: t("水泵运转正常"),
                treatment: t("保持完好，返还甲方"),
            },
        ],
        purpose: t("种植水稻、油菜"),
        from: t("2026年12月15日"),
        to: t("2031年12月14日"),
        length: t("5年"),
        delivery: t("2026年12月15日"),
        rent: RentTerms {
            unit: t("420.00元/亩/年"),
            yearly: t("53,088.00元"),
            yearly_capitals: t("人民币伍万叁仟零捌拾捌元整"),
            total: t("265,440.00元"),
            total_capitals: t("人民币贰拾陆万伍仟肆佰肆拾元整"),
            adjustment: some("自第3年起，每满2年按原标准上浮3%。"),
        },
        payments: payments(),
        account: Some(Account {
            name: t("蓝山县塔峰镇示例村股份经济合作社"),
            bank: t("示例银行蓝山支行"),
            number: t("0000 0000 0000 0001"),
        }),
        deposit: t("乙方已交纳的交易保证金10,000.00元转为第1期租金的一部分。"),
        bond: some("乙方在签订合同后10日内交纳履约保证金5,000.00元，期满无违约的，10日内无息退还。"),
        filing_days: 15,
        permissions: vec![
            Permission { matter: t("改良土壤、提升地力"), agreed: true },
            Permission { matter: t("依法建设农业生产附属、配套设施"), agreed: true },
            Permission { matter: t("以土地经营权向金融机构融资担保"), agreed: true },
            Permission { matter: t("将土地经营权再流转给他人"), agreed: false },
        ],
        subsidies: t("耕地地力保护补贴归承包农户所有；与实际种植挂钩的补贴归乙方所有，国家另有规定的从其规定。"),
        compensation: t(
            "土地补偿费、安置补助费归甲方依法分配；乙方投入建设的附属设施和未收获的青苗的补偿费归乙方，合同自征收决定要求交地之日起终止，已付未到期的租金按日退还。",
        ),
        renewal_days: 60,
        return_days: 15,
        facilities: t("可以移动的由乙方自行移走，不能移动的无偿归甲方。"),
        breach: BreachTerms {
            late_delivery: t("万分之三"),
            late_payment: t("万分之三"),
            late_return: some("年租金的千分之三"),
            rescission_days: 30,
        },
        disputes: t("向蓝山县农村土地承包仲裁委员会申请仲裁，也可以直接向有管辖权的人民法院起诉。"),
        effect: t("本合同自双方签名或者盖章之日起成立并生效，经本中心鉴证后作为办理登记备案的材料。"),
        copies: Copies {
            total: t("伍"),
            holders: t("甲乙双方各执一份，农村集体经济组织、乡镇人民政府、蓝山县农村产权交易中心各存一份。"),
        },
        further: vec![],
        signatures: signatures(),
        e_sign_statement: some(
            "本合同经双方同意采用电子形式，以平台账户登录、密码及一次性验证码确认签署，未使用依法设立的电子认证机构颁发的证书。签署时间以平台服务器时间为准。",
        ),
    }
}

fn parcels() -> Vec<Parcel> {
    ["大塘垅", "牛栏冲", "新屋门口", "高圳上"]
        .iter()
        .enumerate()
        .map(|(i, name)| Parcel {
            name: t(name),
            code: format!("431199100001{i:05}"),
            area: t("31.60亩"),
            east: t("机耕道"),
            south: t("水圳"),
            west: t("2组水田"),
            north: t("县道X012"),
            grade: t("3等"),
            note: t(""),
        })
        .collect()
}

fn payments() -> Vec<PaymentLine> {
    (0..5)
        .map(|i| PaymentLine {
            no: format!("第{}期", i + 1),
            due: format!("{}年12月10日前", 2026 + i),
            covers: format!("{}年12月15日至{}年12月14日租金", 2026 + i, 2027 + i),
            amount: t("53,088.00元"),
            note: if i == 0 { t("含保证金转入10,000.00元") } else { t("") },
        })
        .collect()
}

fn signatures() -> Vec<Signature> {
    let sign = |role: &str, name: &str, signed: &[&str]| Signature {
        role: t(role),
        name: t(name),
        sign_label: t("签名（盖章）"),
        signed: signed.iter().map(ToString::to_string).collect(),
    };
    vec![
        sign("出租方（甲方）", "蓝山县塔峰镇示例村股份经济合作社", &[]),
        sign(
            "承租方（乙方）",
            "黄样本",
            &[
                "黄样本 已在线签署",
                "2026年11月19日 10:21:07",
                "正文摘要（SM3）：66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0",
            ],
        ),
        sign("鉴证方", "蓝山县农村产权交易中心", &[]),
    ]
}
