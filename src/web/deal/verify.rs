//! Verifying a certificate: open to everybody, by number; with the check code also a name.

use actix_web::{HttpResponse, web};
use serde::Deserialize;

use super::sheet::refused;
use crate::acts::certificate::{self, Shown};
use crate::crypto::certificate::Status;
use crate::domain::category::Category;
use crate::domain::refusal::Refusal;
use crate::web::cx::Cx;
use crate::web::error::{WebError, WebResult, status};
use crate::web::post::{Post, misfit};
use crate::web::ui::{Facts, Field, Form, Heading, Link, Page, Panel, Rich, Section};

#[derive(Deserialize)]
pub(super) struct Query {
    number: Option<String>,
}

fn search_form(typed: &str) -> Form {
    Form::get("/verify")
        .page_title("核验交易鉴证书")
        .intro("输入鉴证书上的编号，例如 湘蓝农鉴〔2026〕00012号，括号和空格不影响查询。")
        .field(Field::text("number", "鉴证书编号").value(typed))
        .submit("核验")
}

/// `GET /verify`
pub(super) async fn search(cx: Cx, query: web::Query<Query>) -> WebResult<HttpResponse> {
    let typed = query.number.clone().unwrap_or_default();
    if typed.trim().is_empty() {
        let about = Panel::info("编号在哪里")
            .say("编号印在鉴证书标题的下方。也可以用手机扫鉴证书上的二维码，直接打开核验结果。")
            .say("鉴证书证明交易的过程和结果，不是权属证书，不代替不动产登记。");
        return cx.ok(&cx.page("核验交易鉴证书").narrow().with(search_form("")).with(about));
    }
    let wanted = typed.clone();
    match cx.run(move |app| certificate::show(app, &wanted)).await? {
        Some(shown) => Ok(cx.see_other(&format!("/verify/{}", shown.url_no))),
        None => {
            let form = search_form(&typed).error("number", "没有查到这个编号的鉴证书，请与纸质文书核对后再试");
            cx.ok(&cx.page("核验交易鉴证书").narrow().with(form))
        }
    }
}

async fn find(cx: &Cx, number: &str) -> WebResult<Shown> {
    let wanted = number.to_owned();
    let shown = cx.run(move |app| certificate::show(app, &wanted)).await?;
    shown.ok_or_else(|| Refusal::NotFound.into())
}

/// `GET /verify/{certificate_no}`
pub(super) async fn page(cx: Cx, path: web::Path<String>) -> WebResult<HttpResponse> {
    let shown = find(&cx, &path).await?;
    cx.ok(&render(&cx, &shown, None, name_form(&cx, &shown)))
}

fn name_form(cx: &Cx, shown: &Shown) -> Form {
    Form::post(format!("/verify/{}", shown.url_no), cx.csrf())
        .title("核对当事人姓名")
        .intro("持有鉴证书的人可以凭12位校验码核对一个名称是不是交易双方之一。")
        .field(Field::text("code", "校验码").placeholder("XXXX-XXXX-XXXX"))
        .field(Field::text("name", "姓名或者单位名称"))
        .submit("核对")
}

fn render(cx: &Cx, shown: &Shown, said: Option<Panel>, form: Form) -> Page {
    let payload = &shown.document.signed.payload;
    let verdict = match (&shown.genuine, shown.document.status) {
        (Ok(()), Status::Valid) => Panel::success("鉴证书有效").say("编号存在，签名与内容相符。"),
        (Ok(()), Status::Amended | Status::Revoked) => {
            Panel::error(format!("鉴证书{}", shown.document.status.zh())).say("签名与内容相符，但鉴证书已经失去效力。")
        }
        (Err(why), _) => Panel::error("签名核验不通过").say(why.clone()),
    };
    let mut facts = Facts::new()
        .strong("编号", payload.number.clone())
        .row("状态", shown.document.status.zh())
        .row("出具日期", payload.date)
        .row("标的编号", Link::new(payload.lot_no.clone(), format!("/lots/{}", payload.lot_no)))
        .row("交易品种", Category::new(payload.category).map_or("—", Category::zh))
        .row("标的", payload.object.clone())
        .row("数量", payload.area.clone())
        .row("期限", payload.term.clone())
        .row("成交价", Rich::new().money(payload.price_fen, payload.price_unit.clone()));
    for party in &payload.parties {
        let side = match party.side {
            crate::crypto::certificate::Side::Transferor => "转出方",
            crate::crypto::certificate::Side::Transferee => "受让方",
        };
        facts = facts.row(side, party.masked_name.clone());
    }
    facts = facts
        .row("出具和批准", format!("{}、{}", payload.issuer_post, payload.approver_post))
        .row("鉴证书文件校验值（SM3）", Rich::new().code(payload.pdf_sm3.hex()))
        .row("签名", Rich::new().text("SM2 / SM3，密钥 ").code(shown.document.signed.signature.key_id.clone()));
    cx.page("核验交易鉴证书")
        .with(Heading::new("交易鉴证书核验").kicker(payload.number.clone()))
        .maybe(said)
        .with(verdict)
        .with(Section::card("鉴证内容").with(facts))
        .with(
            Section::new("自己核验").say("鉴证书证明交易的过程和结果，不是权属证书，不代替不动产登记。").say(
                Rich::new()
                    .text("下载签名数据 ")
                    .link("公开数据（JSON）", format!("/api/v1/certificates/{}", shown.url_no))
                    .text("，用 ")
                    .code("nongquan verify --certificate 文件")
                    .text(" 或者 OpenSSL 按运行手册的步骤脱机核验；也可以计算手中PDF的SM3与上面的校验值比较。"),
            ),
        )
        .with(form)
}

/// `POST /verify/{certificate_no}`
pub(super) async fn confirm(post: Post, path: web::Path<String>) -> WebResult<HttpResponse> {
    let Post { cx, typed, .. } = post;
    let shown = find(&cx, &path).await?;
    let (code, name) = (typed.text("code").to_owned(), typed.text("name").to_owned());
    let kept: Vec<(&str, &str)> = typed.iter().collect();
    if let Some(refusal) = misfit(&cx, &typed, &render(&cx, &shown, None, name_form(&cx, &shown))) {
        let form = refused(name_form(&cx, &shown).fill(&kept), &refusal);
        return cx.answer(status(&refusal), &render(&cx, &shown, None, form));
    }
    if code.is_empty() || name.is_empty() {
        let refusal = Refusal::field(if code.is_empty() { "code" } else { "name" }, "请填写校验码和姓名");
        let form = refused(name_form(&cx, &shown).fill(&kept), &refusal);
        return cx.answer(status(&refusal), &render(&cx, &shown, None, form));
    }
    let (ip, number) = (cx.ip.clone(), shown.url_no.clone());
    let asked = cx
        .run(move |app| {
            let shown = certificate::show(app, &number)?.ok_or(Refusal::NotFound)?;
            certificate::confirm_name(app, &shown, &code, &name, &ip)
        })
        .await;
    let form = name_form(&cx, &shown);
    match asked {
        Ok(Some(true)) => {
            let said = Panel::success("姓名相符").say("您输入的名称是本鉴证书记载的交易一方。");
            cx.ok(&render(&cx, &shown, Some(said), form))
        }
        Ok(Some(false)) => {
            let said = Panel::error("姓名不符").say("您输入的名称不是本鉴证书记载的交易一方。");
            cx.ok(&render(&cx, &shown, Some(said), form.fill(&kept)))
        }
        Ok(None) => {
            let refusal = Refusal::field("code", "校验码不正确，请与鉴证书核对");
            cx.answer(status(&refusal), &render(&cx, &shown, None, refused(form.fill(&kept), &refusal)))
        }
        Err(WebError::Refused(refusal)) => {
            cx.answer(status(&refusal), &render(&cx, &shown, None, refused(form.fill(&kept), &refusal)))
        }
        Err(other) => Err(other),
    }
}
