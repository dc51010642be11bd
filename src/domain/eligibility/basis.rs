//! Where a rule comes from. The source decides whether a finding may be waived: nobody waives law.

use crate::base::words::words;

words! {
    /// Kind of source, strongest first (rulebook 0.3).
    Source {
        Statute = "statute", "法律";
        Regulation = "regulation", "行政法规";
        Interpretation = "interpretation", "司法解释";
        MinistryRule = "ministry_rule", "部门规章";
        Policy = "policy", "政策文件";
        LocalPractice = "local_practice", "地方做法";
        Inferred = "inferred", "平台规则（待确认）";
    }
}

impl Source {
    /// Whether a finding from this source may be set aside with a reason and a second person.
    pub const fn waivable(self) -> bool {
        match self {
            Source::Statute | Source::Regulation | Source::Interpretation | Source::MinistryRule => false,
            Source::Policy | Source::LocalPractice | Source::Inferred => true,
        }
    }
}

words! {
    /// The provisions the findings rest on; the Chinese word is the citation as printed.
    Basis {
        LandContract24 = "land_contract_24", "《农村土地承包法》第二十四条";
        LandContract33 = "land_contract_33", "《农村土地承包法》第三十三条";
        LandContract34 = "land_contract_34", "《农村土地承包法》第三十四条";
        LandContract38 = "land_contract_38", "《农村土地承包法》第三十八条";
        LandContract45 = "land_contract_45", "《农村土地承包法》第四十五条";
        LandContract46 = "land_contract_46", "《农村土地承包法》第四十六条";
        LandContract52 = "land_contract_52", "《农村土地承包法》第五十二条";
        LandCases11 = "land_cases_11", "《最高人民法院关于审理涉及农村土地承包纠纷案件适用法律问题的解释》第十一条";
        Civil18 = "civil_18", "《民法典》第十八条";
        Civil72 = "civil_72", "《民法典》第七十二条";
        Civil163 = "civil_163", "《民法典》第一百六十三条至第一百六十五条";
        Civil301 = "civil_301", "《民法典》第三百零一条";
        Civil399 = "civil_399", "《民法典》第三百九十九条";
        Civil406 = "civil_406", "《民法典》第四百零六条";
        Civil705 = "civil_705", "《民法典》第七百零五条";
        Civil725 = "civil_725", "《民法典》第七百二十五条";
        Seizure = "seizure", "《最高人民法院关于人民法院民事执行中查封、扣押、冻结财产的规定》";
        LandAdmin37 = "land_admin_37", "《土地管理法》第三十七条";
        LandAdmin62 = "land_admin_62", "《土地管理法》第六十二条";
        LandAdmin63 = "land_admin_63", "《土地管理法》第六十三条";
        LandAdminRegs39 = "land_admin_regs_39", "《土地管理法实施条例》第三十九条至第四十一条";
        Forest18 = "forest_18", "《森林法》第十八条";
        Collective27 = "collective_27", "《农村集体经济组织法》第二十七条";
        Collective28 = "collective_28", "《农村集体经济组织法》第二十八条";
        Collective31 = "collective_31", "《农村集体经济组织法》第三十一条";
        Villagers22 = "villagers_22", "《村民委员会组织法》第二十二条、第二十六条";
        Villagers28 = "villagers_28", "《村民委员会组织法》第二十八条";
        CourtSale34 = "court_sale_34", "《最高人民法院关于人民法院网络司法拍卖若干问题的规定》第三十四条";
        Auction30 = "auction_30", "《拍卖法》第三十条";
        TenderAct3 = "tender_act_3", "《招标投标法》第三条、第四条和《必须招标的工程项目规定》";
        TenderAct18 = "tender_act_18", "《招标投标法》第十八条";
        TenderRegs34 = "tender_regs_34", "《招标投标法实施条例》第三十四条";
        TenderRegs37 = "tender_regs_37", "《招标投标法实施条例》第三十七条";
        StateAssets54 = "state_assets_54", "《企业国有资产法》第五十四条";
        StateValuation = "state_valuation", "《国有资产评估管理办法》";
        StateTrading = "state_trading", "《企业国有资产交易监督管理办法》";
        MachinerySafety = "machinery_safety", "《农业机械安全监督管理条例》";
        PatentAct10 = "patent_act_10", "《专利法》第十条";
        IpTerms = "ip_terms", "《专利法》第四十二条、《商标法》第三十九条、《植物新品种保护条例》";
        Plan = "plan", "《蓝山县农村产权流转交易市场建设工作方案》（蓝政办发〔2022〕15号）";
        MarketNorms = "market_norms", "《农村土地经营权流转交易市场运行规范（试行）》";
        ShareReform = "share_reform", "《关于稳步推进农村集体产权制度改革的意见》";
        ProvincialForest = "provincial_forest", "外省集体林权流转办法（参照）";
        CollectiveValuation = "collective_valuation", "《浙江省农村集体资产管理条例》第三十六条（参照）";
        WastelandPractice = "wasteland_practice", "《济南市农村四荒资源开发管理条例》（参照）";
        CoopPractice = "coop_practice", "供销合作社社有资产管理办法（参照）";
        QuotaPractice = "quota_practice", "节余指标流转公告的通行做法（参照）";
        Platform = "platform", "平台规则（待县级交易规则确认）";
    }
}

impl Basis {
    /// The citation as printed.
    pub const fn citation(self) -> &'static str {
        self.zh()
    }

    /// Kind of source.
    pub const fn source(self) -> Source {
        match self {
            Basis::LandContract24
            | Basis::LandContract33
            | Basis::LandContract34
            | Basis::LandContract38
            | Basis::LandContract45
            | Basis::LandContract46
            | Basis::LandContract52
            | Basis::Civil18
            | Basis::Civil72
            | Basis::Civil163
            | Basis::Civil301
            | Basis::Civil399
            | Basis::Civil406
            | Basis::Civil705
            | Basis::Civil725
            | Basis::LandAdmin37
            | Basis::LandAdmin62
            | Basis::LandAdmin63
            | Basis::Forest18
            | Basis::Collective27
            | Basis::Collective28
            | Basis::Collective31
            | Basis::Villagers22
            | Basis::Villagers28
            | Basis::Auction30
            | Basis::TenderAct3
            | Basis::TenderAct18
            | Basis::StateAssets54
            | Basis::PatentAct10
            | Basis::IpTerms => Source::Statute,
            Basis::LandAdminRegs39
            | Basis::TenderRegs34
            | Basis::TenderRegs37
            | Basis::StateValuation
            | Basis::MachinerySafety => Source::Regulation,
            Basis::LandCases11 | Basis::Seizure | Basis::CourtSale34 => Source::Interpretation,
            Basis::StateTrading => Source::MinistryRule,
            Basis::Plan | Basis::MarketNorms | Basis::ShareReform => Source::Policy,
            Basis::ProvincialForest
            | Basis::CollectiveValuation
            | Basis::WastelandPractice
            | Basis::CoopPractice
            | Basis::QuotaPractice => Source::LocalPractice,
            Basis::Platform => Source::Inferred,
        }
    }
}
