//! The papers of an application, by the variety's checklist.

use actix_web::{HttpResponse, web};

use crate::acts::intake;
use crate::domain::category::{DocCode, DocRule, Side};
use crate::domain::lot::Act;
use crate::domain::refusal::Refusal;
use crate::store::views::cases::Document;
use crate::web::case::load::{File, file, lot_id, with_refusal};
use crate::web::cx::Cx;
use crate::web::error::WebResult;
use crate::web::post::Post;
use crate::web::ui::{Button, Field, Form, Page, Rich, Row, Table, Weight};
use crate::web::upload::not_taken;

/// Whether a paper must be handed in.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Asked {
    Must,
    May,
    /// That depends on answers that are not given yet.
    Open,
}

/// What the checklist asks now: by the terms when they are sound, else everything it may ask.
fn rules(file: &File) -> Vec<(DocRule, Asked)> {
    match &file.terms {
        Some(terms) => {
            let facts = crate::domain::listing::doc_facts(terms, !file.own_hand, !file.case.transferor.is_person());
            file.variety
                .checklist(Side::Transferor, facts)
                .map(|r| (r.clone(), if r.must(facts) { Asked::Must } else { Asked::May }))
                .collect()
        }
        None => file.variety.papers(Side::Transferor).map(|r| (r.clone(), Asked::Open)).collect(),
    }
}

fn papers_page(cx: &Cx, file: &File, refusal: Option<&Refusal>) -> Page {
    let id = file.lot().id;
    let all = rules(file);
    let mut intro = "每份不超过 20 MB，可以是 PDF、JPG 或 PNG。可以分几次上传，每项可以传多份。".to_owned();
    if all.iter().any(|(_, asked)| *asked == Asked::Open) {
        intro.push_str("其他各页填好以后，这里会标出哪些可以不交。");
    }
    let mut form = Form::post(format!("/cases/{id}/draft/papers"), cx.csrf()).nonce(cx.nonce()).page_title("材料");
    form = form.intro(intro);
    for (rule, asked) in all {
        if rule.code == DocCode::T01 {
            form = form.field(Field::fixed(rule.title.clone(), "由填写的内容自动生成，提交时确认，不用上传。"));
            continue;
        }
        let label = format!("{} {}", rule.code.name(), rule.title);
        let mut field = Field::file(format!("paper.{}", rule.key), label, ".pdf,.jpg,.jpeg,.png", 20).many();
        if !rule.help.is_empty() {
            field = field.hint(&rule.help);
        }
        let mine: Vec<&Document> = file.case.documents.iter().filter(|d| d.code == rule.key).collect();
        for d in &mine {
            field = field.have(Rich::new().link(d.name.clone(), format!("/documents/{}", d.id)));
        }
        field = match asked {
            Asked::May => field.optional(),
            Asked::Must if mine.is_empty() => field,
            Asked::Must | Asked::Open => field.optional_quietly(),
        };
        form = form.field(field);
    }
    form = form.submit("上传").link("返回任务清单", format!("/cases/{id}/draft"));
    if let Some(refusal) = refusal {
        form = with_refusal(form, refusal);
    }
    let rows = file.case.documents.iter().filter(|d| d.code.starts_with('t')).map(|d| {
        let drop = Button::post("撤下", format!("/cases/{id}/draft/papers/removal"), cx.csrf())
            .with("document", d.id.to_string())
            .with("_form", cx.nonce())
            .weight(Weight::Plain)
            .about(d.name.clone());
        let title = file.variety.document(&d.code).map_or_else(|| d.code.to_uppercase(), |r| r.title.clone());
        Row::new()
            .cell(Rich::new().text(title))
            .cell(Rich::new().link(d.name.clone(), format!("/documents/{}", d.id)))
            .cell(Rich::new().time(d.uploaded_at))
            .cell(Rich::from(drop))
    });
    let table =
        Table::new("已上传的材料").columns(["材料", "文件", "时间", "操作"]).rows(rows).empty("还没有上传材料。");
    cx.page("材料").with(form).with(table)
}

/// `GET /cases/{id}/draft/papers`
pub async fn page(cx: Cx, path: web::Path<String>) -> WebResult<HttpResponse> {
    let file = file(&cx, lot_id(&path)?).await?;
    file.may(&cx, Act::EditDraft)?;
    cx.ok(&papers_page(&cx, &file, None))
}

/// `POST /cases/{id}/draft/papers`
pub async fn upload(post: Post, path: web::Path<String>) -> WebResult<HttpResponse> {
    let id = lot_id(&path)?;
    let file = file(&post.cx, id).await?;
    file.may(&post.cx, Act::EditDraft)?;
    post.act_on_any_file(
        move |app, actor, _, files| {
            let mut kept = Vec::new();
            for upload in &files {
                if let (Ok(received), Some(key)) = (&upload.outcome, upload.field.strip_prefix("paper.")) {
                    kept.push((key.to_owned(), received.clone()));
                }
            }
            if files.is_empty() {
                return Err(Refusal::field("", "请先选择要上传的文件。").into());
            }
            // What is sound is kept even when another file was not.
            if !kept.is_empty() {
                intake::add_papers(app, actor, id, &kept)?;
            }
            match not_taken(&files) {
                None => Ok((format!("/cases/{id}/draft/papers"), format!("已上传 {} 份材料。", kept.len()))),
                Some(refusal) => Err(refusal.into()),
            }
        },
        |cx, _, refusal| Ok(papers_page(cx, &file, Some(refusal))),
    )
    .await
}

/// `POST /cases/{id}/draft/papers/removal`
pub async fn remove(post: Post, path: web::Path<String>) -> WebResult<HttpResponse> {
    let id = lot_id(&path)?;
    let file = file(&post.cx, id).await?;
    post.act(
        move |app, actor, typed, _| {
            let paper = typed.text("document").parse().map_err(|_| Refusal::NotFound)?;
            intake::drop_paper(app, actor, id, paper)?;
            Ok((format!("/cases/{id}/draft/papers"), "已撤下这份材料。".into()))
        },
        |cx, _, refusal| Ok(papers_page(cx, &file, Some(refusal))),
    )
    .await
}
