//! The steps of the deal that have a page of their own.

use crate::domain::lot::{Act, Contract, Lot};

/// A step.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Step {
    /// 答复异议
    Answer,
    /// 签署成交确认书
    Confirm,
    /// 登记审批决定
    Approve,
    /// 生成合同
    Contract,
    /// 签订合同
    Sign,
    /// 登记线下签署的文书
    Scan,
    /// 复核线下签署的文书
    Check,
    /// 合同鉴证备案
    Authenticate,
    /// 申请交易鉴证
    Apply,
    /// 拟发交易鉴证书
    Draft,
    /// 批准交易鉴证书
    Issue,
    /// 签署交割单
    Deliver,
    /// 移交变更登记材料
    HandOver,
    /// 登记办理结果
    Register,
    /// 归档
    Archive,
}

impl Step {
    /// The act in the permission table.
    pub(super) fn act(self) -> Act {
        match self {
            Step::Answer => Act::AnswerObjection,
            Step::Confirm => Act::SignConfirmation,
            Step::Approve => Act::RecordApproval,
            Step::Contract => Act::MakeContract,
            Step::Sign => Act::SignContract,
            Step::Scan => Act::UploadSigned,
            Step::Check => Act::CheckSigned,
            Step::Authenticate => Act::Authenticate,
            Step::Apply => Act::ApplyCertificate,
            Step::Draft => Act::IssueCertificate,
            Step::Issue => Act::ApproveCertificate,
            Step::Deliver => Act::Deliver,
            Step::HandOver => Act::HandOver,
            Step::Register => Act::Register,
            Step::Archive => Act::Archive,
        }
    }

    /// Purpose of the one-time code where the step is a signature.
    pub(super) fn purpose(self) -> Option<&'static str> {
        match self {
            Step::Confirm => Some("confirmation"),
            Step::Sign => Some("contract"),
            Step::Issue => Some("certificate"),
            Step::Deliver => Some("delivery"),
            Step::Answer
            | Step::Approve
            | Step::Contract
            | Step::Scan
            | Step::Check
            | Step::Authenticate
            | Step::Apply
            | Step::Draft
            | Step::HandOver
            | Step::Register
            | Step::Archive => None,
        }
    }

    /// What the page says on top.
    pub(super) fn lead(self) -> &'static str {
        match self {
            Step::Answer => "逐条答复异议，答复会公开。异议成立的，成交无效，保证金全额退还；不成立的，公示继续计时。",
            Step::Confirm => {
                "请先阅读成交确认书，核对标的、价款和期限，再获取验证码签署。不愿在线签署的，可以到县中心或者乡镇服务站签纸质文书。"
            }
            Step::Approve => "登记审批机关的书面决定。不予批准且双方无过错的，交易终结，保证金全额退还。",
            Step::Contract => {
                "系统按照公告和成交结果生成合同，标的、价款、期限、用途不能另改。双方都没有签署前可以重新生成。"
            }
            Step::Sign => "请先阅读合同全文，再获取验证码签署。不愿在线签署的，可以到县中心或者乡镇服务站签纸质合同。",
            Step::Scan => {
                "没有在线签署的一方在打印的文书上签名、盖章或者按指印后，上传完整的扫描件。成交确认书、合同和交割单由另一名工作人员复核。"
            }
            Step::Check => {
                "把扫描件与系统生成的文书逐页核对，核对文本一致、没有在线签署的各方都已签署。通过后扫描件即为其签署。"
            }
            Step::Authenticate => "核对双方已签署、文本与公告和成交结果一致，鉴证备案后受让方的付款期限开始计算。",
            Step::Apply => "款项已经到账，申请后县中心出具交易鉴证书。鉴证书证明交易过程和结果，不代替权属证书。",
            Step::Draft => "核对合同、到账记录和双方信息，拟好后由中心主任批准。",
            Step::Issue => "核对鉴证书内容。批准后系统生成鉴证书、签名并公开核验信息，一宗交易只出具一份。",
            Step::Deliver => {
                "双方到现场核对标的和界址后签署交割单。不愿在线签署的，可以到县中心或者乡镇服务站签纸质文书。"
            }
            Step::HandOver => "把鉴证书、合同等材料打包移交登记或者备案部门，材料清单带有每份文件的校验值。",
            Step::Register => "登记本部门的办理结果。",
            Step::Archive => "核对卷内材料齐全后归档，系统生成卷内目录和目录摘要。",
        }
    }

    /// Why the step has nothing to do for the reader although the lot is at this stage.
    pub(super) fn not_ready(self, lot: &Lot) -> &'static str {
        let contract = lot.contract.as_ref();
        match self {
            Step::Answer => "没有等待答复的异议。",
            Step::Confirm => "您已经签署成交确认书，等待对方签署。",
            Step::Approve if lot.intention.is_none() => {
                "双方签署的流转意向协议书还没有上传，上传后才能登记审批决定。请鉴证岗或者乡镇服务站先上传扫描件。"
            }
            Step::Approve => "审批决定都已经登记。",
            Step::Contract => "已有一方签署，合同文本不能再改。",
            Step::Sign | Step::Scan if contract.is_none() => "合同还没有生成，请等待县中心鉴证岗生成合同文本。",
            Step::Sign | Step::Scan if contract.is_some_and(Contract::is_signed) => {
                "合同已经签署完毕，等待县中心鉴证备案。"
            }
            Step::Sign => "您已经签署合同，等待对方签署。",
            Step::Scan => "现在不能上传扫描件。",
            Step::Check => "没有等待复核的签署扫描件。",
            Step::Authenticate => "双方还没有都签署合同，不能鉴证备案。",
            Step::Draft => "鉴证书已经拟好，等待中心主任批准。",
            Step::Issue => "鉴证岗还没有拟好鉴证书。",
            Step::Deliver => "您已经签署交割单，等待对方签署。",
            Step::Apply | Step::HandOver | Step::Register | Step::Archive => "这一步现在没有需要办理的内容。",
        }
    }

    /// What the button says.
    pub(super) fn button(self) -> &'static str {
        match self {
            Step::Answer => "公开答复",
            Step::Confirm => "签署成交确认书",
            Step::Approve => "登记决定",
            Step::Contract => "生成合同",
            Step::Sign => "签署合同",
            Step::Scan => "上传扫描件",
            Step::Check => "提交复核结果",
            Step::Authenticate => "鉴证备案",
            Step::Apply => "申请交易鉴证",
            Step::Draft => "拟好鉴证书",
            Step::Issue => "批准并出具",
            Step::Deliver => "签署交割单",
            Step::HandOver => "移交材料",
            Step::Register => "登记结果",
            Step::Archive => "归档",
        }
    }

    /// What the next page says when it is done.
    pub(super) fn done(self) -> &'static str {
        match self {
            Step::Answer => "答复已经公开。",
            Step::Confirm => "您已签署成交确认书。",
            Step::Approve => "审批决定已经登记。",
            Step::Contract => "合同已经生成，双方会收到签署通知。",
            Step::Sign => "您已签署合同。",
            Step::Scan => "扫描件已经上传。合同等须复核的文书，等待另一人复核。",
            Step::Check => "复核结果已经登记。",
            Step::Authenticate => "合同已经鉴证备案，受让方会收到付款通知。",
            Step::Apply => "申请已经提交。",
            Step::Draft => "鉴证书已经拟好，等待中心主任批准。",
            Step::Issue => "鉴证书的决定已经登记。",
            Step::Deliver => "您已签署交割单。",
            Step::HandOver => "材料已经移交。",
            Step::Register => "办理结果已经登记。",
            Step::Archive => "案卷已经归档。",
        }
    }
}
