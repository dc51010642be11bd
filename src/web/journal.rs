//! The public journal: what it is, its newest entries, the signed head, and how to check all of it
//! offline.

use actix_web::{HttpResponse, web};
use serde::Deserialize;

use super::cx::Cx;
use super::error::WebResult;
use super::ui::{Cell, Column, Facts, Heading, Link, Pager, Panel, Rich, Row, Section, Table};
use crate::acts::checkpoint;
use crate::crypto::journal::SignedHead;
use crate::domain::base::Instant;
use crate::domain::base::numbering::LotNo;
use crate::store::Stop;
use crate::store::views::journal::{self, StoredLeaf};

crate::routes! {
    get "/journal" => page;
}

/// Entries on a page.
const PAGE: u64 = 50;

#[derive(Deserialize)]
struct Query {
    before: Option<u64>,
}

struct Shown {
    size: u64,
    end: u64,
    leaves: Vec<StoredLeaf>,
    head: Option<SignedHead>,
}

/// What the kinds of leaves are in words.
const KINDS: &[(&str, &str)] = &[
    ("bid.accepted", "接受报价"),
    ("bid.refused", "拒绝报价"),
    ("room.opened", "自由竞价开始"),
    ("room.limited", "限时竞价开始"),
    ("room.frozen", "竞价暂停"),
    ("room.resumed", "竞价恢复"),
    ("room.continued", "竞价继续"),
    ("room.closed", "竞价结束"),
    ("room.drawn", "抽签"),
    ("setting.proposed", "提出参数"),
    ("setting.decided", "参数审批"),
    ("party.registered", "主体注册"),
    ("party.verified", "身份核验"),
    ("party.corrected", "更正主体登记信息"),
    ("account.corrected", "更正账号联系方式"),
    ("correction.proposed", "提出更正"),
    ("correction.rejected", "退回更正"),
    ("post.granted", "授予岗位"),
    ("post.revoked", "撤销岗位"),
    ("account.active", "账号启用或停用"),
    ("account.password", "重置密码"),
    ("glass.broken", "监督查阅报名情况"),
    ("sublog.state", "报名密封日志定时承诺"),
    ("ledger.state", "账簿定时承诺"),
    ("payment.posted", "资金记账"),
    ("payment.filed", "生成付款文件"),
    ("certificate.issued", "交易鉴证书签名数据"),
    ("lot.certificate_applied", "申请交易鉴证"),
    ("lot.certificate_drafted", "拟发交易鉴证书"),
    ("lot.delivery_signed", "签署交割单"),
    ("lot.submitted", "提交转出申请"),
    ("lot.first_passed", "初审通过"),
    ("lot.correction_asked", "一次性告知补正"),
    ("lot.first_rejected", "初审退回"),
    ("lot.accepted", "受理登记"),
    ("lot.not_accepted", "不予受理"),
    ("lot.consulted", "发起部门会审"),
    ("lot.opined", "部门会审意见"),
    ("lot.review_passed", "审核通过"),
    ("lot.review_rejected", "审核不通过"),
    ("lot.notice_confirmed", "确认公告文本"),
    ("lot.published", "发布挂牌公告"),
    ("lot.listing_closed", "报名截止"),
    ("lot.list_frozen", "竞买人名单确认"),
    ("lot.scheduled", "安排竞价场次"),
    ("lot.session_opened", "竞价场次开始"),
    ("lot.limited_opened", "进入限时竞价"),
    ("lot.session_paused", "竞价场次暂停"),
    ("lot.session_resumed", "竞价场次恢复"),
    ("lot.negotiation_opened", "转入协商"),
    ("lot.result_posted", "结果公示"),
    ("lot.ended", "未成交或中途结束"),
    ("lot.objected", "收到异议"),
    ("lot.objection_answered", "异议答复"),
    ("lot.objection_closed", "异议终结"),
    ("lot.publicity_ended", "公示期满"),
    ("lot.confirmation_signed", "签署成交确认书"),
    ("lot.approval_asked", "报请审批"),
    ("lot.approval_decided", "审批决定"),
    ("lot.ready_to_sign", "可以签订合同"),
    ("lot.contract_made", "生成合同"),
    ("lot.contract_signed", "签订合同"),
    ("lot.authenticated", "合同鉴证备案"),
    ("lot.payment_received", "收到价款"),
    ("lot.paid_in_full", "付清"),
    ("lot.certificate_issued", "出具交易鉴证书"),
    ("lot.delivered", "交割完成"),
    ("lot.handed_over", "移交登记"),
    ("lot.registered", "登记办理结果"),
    ("lot.archived", "归档"),
    ("lot.withdrawn", "撤回申请"),
    ("lot.notice_changed", "公告文本变动，重新确认"),
    ("lot.scan_uploaded", "上传线下签署的文书"),
    ("lot.scan_checked", "复核线下签署的文书"),
    ("lot.certificate_returned", "鉴证书退回重拟"),
    ("refund.paused", "暂停退款"),
    ("refund.resumed", "恢复退款"),
    ("party.paper", "提交身份材料"),
    ("party.released", "解除被占用的证件号码"),
    ("account.created", "建立岗位账号"),
    ("account.activated", "启用岗位账号"),
];

/// What a kind of leaf is in words; `None` for one that this page was not told of.
pub fn kind_zh(kind: &str) -> Option<&'static str> {
    KINDS.iter().find(|(known, _)| *known == kind).map(|(_, words)| *words)
}

fn subject(leaf: &StoredLeaf) -> Rich {
    // Only a published lot's number leads somewhere, and the page says 404 otherwise; numbers of
    // parties and accounts are random and stay text.
    match leaf.subject.parse::<LotNo>() {
        Ok(_) => Rich::new().text(leaf.subject.clone()),
        Err(_) if leaf.subject == "ledger" => "资金账簿".into(),
        Err(_) => Rich::new().code(leaf.subject.chars().take(36).collect::<String>()),
    }
}

fn table(shown: &Shown) -> Table {
    let rows = shown.leaves.iter().rev().map(|leaf| {
        Row::new()
            .cell(Cell::new(leaf.index.to_string()))
            .cell(Rich::new().time(Instant::from_utc(leaf.at)))
            .cell(kind_zh(&leaf.kind).unwrap_or("办理记录"))
            .cell(subject(leaf))
            .cell(Rich::new().code(leaf.leaf_hash.chars().take(16).collect::<String>()))
    });
    let start = shown.leaves.first().map_or(0, |l| u64::try_from(l.index).unwrap_or(0));
    let older = (start > 0).then(|| format!("/journal?before={start}"));
    let newer = (shown.end < shown.size).then(|| match shown.end + PAGE {
        end if end >= shown.size => "/journal".to_owned(),
        end => format!("/journal?before={end}"),
    });
    Table::new("日志条目")
        .note("最新的在前。人名、证件号码不进入日志，需要证明时用加盐承诺。")
        .columns([Column::numeric("序号"), "时间".into(), "事项".into(), "对象".into(), "叶哈希（前 16 位）".into()])
        .rows(rows)
        .empty("日志还没有条目。")
        .pager(Pager::new(format!("共 {} 条", shown.size)).previous(newer).next(older))
}

fn head(shown: &Shown) -> Section {
    let section = Section::card("签名日志头").id("checkpoint");
    let Some(head) = &shown.head else {
        return section.say("日志还没有签过名。有了条目以后，系统每 5 分钟签一次。");
    };
    section.with(
        Facts::new()
            .row("已签名", format!("前 {} 条", head.payload.size))
            .hint("系统每 5 分钟签一次，之后的条目等下一次签名。")
            .row("根哈希（SM3）", Rich::new().code(head.payload.root.hex()))
            .row("签名时间", Rich::new().time(head.payload.at))
            .row("签名", Rich::new().text("SM2 / SM3，密钥 ").code(head.signature.key_id.clone())),
    )
}

fn how() -> Section {
    Section::card("怎样自己核对")
        .id("check")
        .say("每件有记录意义的事——发布、报价、结果、鉴证、付款入账、岗位变动——都是这本日志的一条，只能在后面加，不能改、不能删。全部条目合成一棵哈希树，树根由本平台签名公布；事后改动任何一条，树根就对不上。")
        .say(
            Rich::new()
                .text("第一步，下载").link("签名日志头", "/api/v1/journal/checkpoint")
                .text("、").link("日志条目", "/api/v1/journal/leaves?from=0&limit=1000")
                .text("（按 next_cursor 逐页下载）和").link("公钥", "/keys.json").text("。隔一段时间再下载一次日志头，两次都留着。"),
        )
        .say(
            Rich::new()
                .text("第二步，脱机运行 ").code("nongquan verify --journal 文件")
                .text("，它从条目重新算出树根，与签名的树根比较，并指出第一条不符的记录；也可以按 RFC 6962 用 SM3 自己计算，用 OpenSSL 验证签名。"),
        )
        .say(
            Rich::new()
                .text("第三步，用").link("一致性证明", "/api/v1/journal/consistency?from=1")
                .text("核对新日志头是旧日志头的延续；手里有报价回单的人用").link("包含证明", "/api/v1/journal/inclusion?index=0")
                .text("核对自己的报价在日志里。接口的全部说明见").link("接口文档", "/api/v1/openapi.json").text("。"),
        )
}

/// `GET /journal`
async fn page(cx: Cx, query: web::Query<Query>) -> WebResult<HttpResponse> {
    let before = query.before;
    let shown = cx
        .run(move |app| {
            let head = checkpoint::newest(app)?;
            let (size, end, leaves) = app.store.read(|db| {
                let size = journal::size(db)?;
                let end = before.unwrap_or(size).min(size);
                let from = end.saturating_sub(PAGE);
                let count = i64::try_from(end - from).unwrap_or(0);
                Ok::<_, crate::store::Fault>((size, end, journal::leaves(db, from, count)?))
            })?;
            Ok::<_, Stop>(Shown { size, end, leaves, head })
        })
        .await?;
    let page = cx
        .page("公开日志")
        .with(Heading::new("公开日志").lead("交易全过程的只增不改的记录，任何人都可以核对，不需要相信本平台。"))
        .with(Panel::info("这本日志能证明什么").say(
            "能证明公布过的记录没有被改动、没有被抽走。它不证明记录的内容本身真实，那由各岗位审核和双人复核负责。",
        ))
        .with(head(&shown))
        .with(how())
        .with(table(&shown))
        .say(Link::new("接口文档（OpenAPI 3.1）", "/api/v1/openapi.json"));
    cx.ok(&page)
}
