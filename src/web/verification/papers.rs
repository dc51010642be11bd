//! Papers of an identity: uploaded by its holder, or scanned at the counter.

use actix_web::{HttpResponse, web};

use crate::acts::identity_desk::Verification;
use crate::acts::identity_papers::{self, Document, Own, Paper};
use crate::acts::parties::PartyKind;
use crate::domain::refusal::Refusal;
use crate::store::Stop;
use crate::web::cx::Cx;
use crate::web::error::WebResult;
use crate::web::post::Post;
use crate::web::register::with_refusal;
use crate::web::ui::{Facts, Field, Form, Heading, Page, Panel, Rich, Row, Table};
use crate::web::upload::{Upload, not_taken};

fn field_of(paper: Paper) -> String {
    format!("paper.{}", paper.code())
}

fn title(code: &str, kind: PartyKind) -> &'static str {
    let other = if code == "correction" { "更正依据" } else { "身份材料" };
    Paper::of(kind).iter().find(|p| p.code() == code).map_or(other, |p| p.zh(kind))
}

/// What is there already.
pub(super) fn table(have: &[Document], kind: PartyKind) -> Table {
    let rows = have.iter().map(|d| {
        Row::new()
            .cell(title(&d.code, kind))
            .cell(Rich::new().link(d.name.clone(), format!("/documents/{}", d.id)))
            .cell(d.uploaded_at)
    });
    Table::new("身份材料").columns(["材料", "文件", "上传时间"]).rows(rows).empty("还没有上传身份材料。")
}

/// The form that takes them.
pub(super) fn form(cx: &Cx, to: String, kind: PartyKind, have: &[Document]) -> Form {
    let fields = Paper::of(kind).iter().map(|paper| {
        let field = Field::file(field_of(*paper), paper.zh(kind), ".pdf,.jpg,.jpeg,.png", 20).many();
        let mine = have.iter().filter(|d| d.code == paper.code());
        mine.fold(field, |f, d| f.have(Rich::new().link(d.name.clone(), format!("/documents/{}", d.id)))).optional()
    });
    Form::post(to, cx.csrf())
        .nonce(cx.nonce())
        .intro("每份不超过 20 MB，可以是 PDF、JPG 或 PNG。只有核验身份的工作人员可以查看。")
        .fields(fields)
        .submit("上传")
}

/// The sound files by what they show.
fn sound(files: &[Upload]) -> Vec<(Paper, crate::files::Received)> {
    let paper = |file: &Upload| [Paper::Identity, Paper::Authority].into_iter().find(|p| field_of(*p) == file.field);
    files.iter().filter_map(|f| paper(f).zip(f.outcome.as_ref().ok().cloned())).collect()
}

/// Keeps what is sound, and tells of what is not.
fn keep(
    files: &[Upload],
    add: impl FnOnce(&[(Paper, crate::files::Received)]) -> Result<(), Stop>,
) -> Result<String, Stop> {
    if files.is_empty() {
        return Err(Refusal::field("", "请先选择要上传的文件。").into());
    }
    let sound = sound(files);
    if !sound.is_empty() {
        add(&sound)?;
    }
    match not_taken(files) {
        None => Ok(format!("已上传 {} 份身份材料。", sound.len())),
        Some(refusal) => Err(refusal.into()),
    }
}

fn own(cx: &Cx, own: &Own, refusal: Option<&Refusal>) -> Page {
    let mut facts = Facts::new().row("核验状态", own.verification.zh());
    if !own.note.is_empty() {
        facts = facts.row("核验意见", own.note.clone());
    }
    let page = cx
        .page("身份材料")
        .narrow()
        .with(Heading::new("身份材料").lead("上传扫描件后，乡镇服务站或县中心核对；也可以带原件到窗口当场办理。"));
    let page = page.with(facts).with(table(&own.papers, own.kind));
    if own.verification == Verification::Verified {
        return page.with(Panel::info("身份已核验").say("不用再上传身份材料。"));
    }
    let form = form(cx, "/account/identity".to_owned(), own.kind, &own.papers).link("返回工作台", "/desk");
    page.with(with_refusal(form.title("上传"), refusal))
}

async fn load(cx: &Cx) -> WebResult<Own> {
    let actor = cx.need_actor()?.clone();
    cx.run(move |app| identity_papers::own(app, &actor)).await
}

/// `GET /account/identity`
pub(super) async fn own_page(cx: Cx) -> WebResult<HttpResponse> {
    let shown = load(&cx).await?;
    cx.ok(&own(&cx, &shown, None))
}

/// `POST /account/identity`
pub(super) async fn own_upload(post: Post) -> WebResult<HttpResponse> {
    let shown = load(&post.cx).await?;
    post.act_on_any_file(
        |app, actor, _, files| {
            let said = keep(&files, |sound| identity_papers::add_own(app, actor, sound))?;
            Ok(("/account/identity".to_owned(), said))
        },
        move |cx, _, refusal| Ok(own(cx, &shown, Some(refusal))),
    )
    .await
}

/// `POST /desk/verification/{party}/papers`
pub(super) async fn desk_upload(post: Post, id: web::Path<String>) -> WebResult<HttpResponse> {
    let (shown, have) = super::load(&post.cx, &id).await?;
    let (of, back) = (shown.id, format!("/desk/verification/{}", shown.id));
    post.act_on_any_file(
        move |app, actor, _, files| {
            let said = keep(&files, |sound| identity_papers::add_at_desk(app, actor, of, sound))?;
            Ok((back, said))
        },
        move |cx, _, refusal| {
            let form = form(cx, format!("/desk/verification/{}/papers", shown.id), shown.kind, &have);
            let form = form.page_title("上传窗口扫描的证件").link("返回", format!("/desk/verification/{}", shown.id));
            Ok(cx.page("身份核验").narrow().with(with_refusal(form, Some(refusal))).with(table(&have, shown.kind)))
        },
    )
    .await
}
