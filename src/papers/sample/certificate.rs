use super::{collective, farmer, head, some, t};
use crate::{CertificatePaper, Fact, Party};

/// A certificate for a leased pond.
pub fn certificate() -> CertificatePaper {
    CertificatePaper {
        head: head("湘蓝农鉴〔2026〕00007号"),
        version: None,
        conclusion: t(
            "经审核，下列标的在本平台公开发布转出信息、公开竞价并公示结果，交易主体资格、交易程序和成交结果符合农村产权流转交易规则，合同已经签订，价款已按约定支付，准予鉴证。",
        ),
        project_no: t("LSNC431127100-05-202611-0007"),
        lot_no: t("LSNC431127100-05-202611-0007-01"),
        variety: t("农村集体养殖水面经营权"),
        ownership: t("集体"),
        owner: some("蓝山县塔峰镇示例村股份经济合作社"),
        transferor: Party { phone: None, ..collective() },
        approved_by: some("示例村股份经济合作社成员大会（2026年9月18日决议）"),
        transferee: Party { phone: None, ..farmer() },
        object: t("示例村大塘养殖水面"),
        description: some("山塘一口，常年蓄水，塘埂完好，附管理用房一间（约12平方米）及进水渠一条。"),
        location: t("塔峰镇示例村1组大塘"),
        quantity: t("32.60亩"),
        title_no: some("蓝集水字第0000123号"),
        title_organ: some("蓝山县水利局"),
        mode: t("出租"),
        method: t("网络竞价（多轮报价）"),
        term: some("5年（2026年12月15日至2031年12月14日）"),
        listing_period: t("2026年10月26日至2026年11月6日"),
        valuation: None,
        unit_price: t("820.00元/亩/年"),
        total: t("133,660.00元"),
        total_capitals: t("人民币壹拾叁万叁仟陆佰陆拾元整"),
        payment: t("分5期，每年12月10日前支付当期租金"),
        contract_no: t("LSNC431127100-05-202611-0007-01H01"),
        contract_date: t("2026年11月19日"),
        further: vec![Fact::new("养殖方式", "生态养殖，不投肥")],
        remark: None,
        verify_url: t("https://nongquan.example/verify/XLNJ-2026-00007"),
        check_code: t("7K3M-9QWX-2HDP"),
        signature: vec![Fact::new("签名算法", "SM2 / SM3"), Fact::new("签名密钥", "cert-2026-01")],
        issuer: t("鉴证岗 01"),
        approver: t("中心主任"),
    }
}
