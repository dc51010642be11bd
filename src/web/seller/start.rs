//! Choosing what to transfer and where.

use actix_web::{HttpResponse, web};

use crate::acts::intake::{self, Start};
use crate::context::App;
use crate::domain::actor::{Actor, Role, Scope};
use crate::domain::category::{Category, VarietyCode};
use crate::domain::gazette::Place;
use crate::domain::permit::Area;
use crate::domain::refusal::Refusal;
use crate::store::Stop;
use crate::store::views::cases::{self, PartyCard};
use crate::web::case::load::{lot_id, with_refusal};
use crate::web::cx::Cx;
use crate::web::error::WebResult;
use crate::web::post::Post;
use crate::web::typed::Typed;
use crate::web::ui::{Choice, Field, Form, Page};
use crate::web::upload;

/// The villages for which this person enters applications.
fn own_villages(actor: &Actor) -> Vec<Place> {
    let of_post = |p: &crate::domain::actor::Post| match (p.role, &p.scope) {
        (Role::InfoOfficer, Scope::Village(place)) => Some(place.clone()),
        _ => None,
    };
    actor.posts.iter().filter_map(of_post).collect()
}

fn place_value(place: &Place) -> String {
    format!("{}/{}", place.township(), place.village().unwrap_or_default())
}

fn read_place(app: &App, value: &str) -> Result<Place, Refusal> {
    let wrong = || Refusal::field("place", "请选择标的所在的村或乡镇。");
    let (township, village) = value.split_once('/').ok_or_else(wrong)?;
    let township = township.parse().map_err(|_| wrong())?;
    let village = Some(village).filter(|v| !v.is_empty());
    app.market.divisions.place(township, village).map_err(|_| wrong())
}

fn places(app: &App) -> Vec<Choice> {
    let mut all = Vec::new();
    for township in app.market.divisions.townships() {
        if township.villages.is_empty() {
            all.push(Choice::new(format!("{}/", township.code), &township.name).group("国有农林场"));
        }
        for village in &township.villages {
            let value = format!("{}/{}", township.code, village.name);
            all.push(Choice::new(value, &village.name).group(&township.name));
        }
    }
    all
}

fn varieties(app: &App) -> Vec<Choice> {
    let mut all = Vec::new();
    for category in Category::all() {
        let of = app.market.catalog.enabled().filter(|v| v.category() == category);
        for variety in of.filter(|v| v.listing_modes().next().is_some()) {
            let choice = Choice::new(variety.code.to_string(), &variety.name).hint(&variety.summary);
            all.push(choice.group(category.zh()));
        }
    }
    all
}

/// Whom an officer may choose from; empty for who applies himself.
struct Behalf {
    villages: Vec<Place>,
    parties: Vec<PartyCard>,
}

async fn behalf(cx: &Cx) -> WebResult<Behalf> {
    let villages = own_villages(cx.need_actor()?);
    let names: Vec<(String, String)> =
        villages.iter().map(|p| (p.township().to_string(), p.village().unwrap_or_default().to_owned())).collect();
    let parties = cx
        .run(move |app| {
            Ok(app.store.read(|db| {
                let mut all = Vec::new();
                for (township, village) in &names {
                    all.extend(cases::verified_of_village(db, township, village)?);
                }
                Ok(all)
            })?)
        })
        .await?;
    Ok(Behalf { villages, parties })
}

fn form_page(cx: &Cx, behalf: &Behalf, own: Option<&str>) -> Page {
    let app = &cx.app;
    let mut form = Form::post("/projects", cx.csrf()).nonce(cx.nonce()).page_title("申请流转交易");
    if behalf.villages.is_empty() {
        let place = Field::select("place", "标的所在村", places(app)).hint("国有农林场选场名。");
        form = form.intro("先选要流转的品种和地点，下一步按品种分页填写。随时可以停下，填过的内容都会保存。").field(
            match own {
                Some(own) => place.value(own),
                None => place,
            },
        );
    } else {
        let parties = behalf.parties.iter().map(|p| Choice::new(p.id.to_string(), &p.name));
        form = form
            .intro("村级信息员帮办：请选择本村已核验身份的权利人，并上传他签字的授权委托书。")
            .field(Field::select(
                "place",
                "标的所在村",
                behalf.villages.iter().map(|p| Choice::new(place_value(p), p.zh())).collect::<Vec<_>>(),
            ))
            .field(
                Field::select("party", "权利人", parties.collect::<Vec<_>>())
                    .hint("名单里没有的，请先请他注册并到乡镇服务站核验身份。"),
            )
            .field(Field::file("paper.t08", "授权委托书", ".pdf,.jpg,.jpeg,.png", 20));
    }
    form = form.field(Field::radio("variety", "交易品种", varieties(app))).submit("开始填写");
    cx.page("申请流转交易").narrow().with(form)
}

fn may_start(actor: &Actor) -> Result<(), Refusal> {
    if Area::StartProject.permits(actor) || Area::StartProjectFor.permits(actor) {
        Ok(())
    } else {
        Err(Refusal::NotYours { who: "权利人或村级信息员".into() })
    }
}

/// `GET /projects/new`
pub async fn page(cx: Cx) -> WebResult<HttpResponse> {
    may_start(cx.need_actor()?)?;
    let behalf = behalf(&cx).await?;
    let own = own_place(&cx).await?;
    cx.ok(&form_page(&cx, &behalf, own.as_deref()))
}

/// The village of the party itself, to start from.
async fn own_place(cx: &Cx) -> WebResult<Option<String>> {
    let Some(party) = cx.actor().and_then(|a| a.party) else { return Ok(None) };
    let card = cx.run(move |app| Ok(app.store.read(|db| cases::party(db, party))?)).await?;
    Ok(card.filter(|c| !c.township.is_empty()).map(|c| format!("{}/{}", c.township, c.village)))
}

/// `POST /projects`
pub async fn create(post: Post) -> WebResult<HttpResponse> {
    may_start(post.cx.need_actor()?)?;
    let behalf = behalf(&post.cx).await?;
    let officer = !behalf.villages.is_empty();
    post.act(
        move |app, actor, typed, files| {
            let variety: VarietyCode =
                typed.text("variety").parse().map_err(|_| Refusal::field("variety", "请选择一个交易品种。"))?;
            let place = read_place(app, typed.text("place"))?;
            let behalf = if officer { Some(letter(typed, &files)?) } else { None };
            let id = intake::start(app, actor, &Start { variety, place, behalf })?;
            Ok((format!("/cases/{id}/draft"), "已经建立草稿，请按页填写。".into()))
        },
        |cx, typed, refusal| Ok(again(cx, &behalf, typed, refusal)),
    )
    .await
}

fn letter(
    typed: &Typed,
    files: &[upload::Upload],
) -> Result<(crate::domain::base::ids::PartyId, crate::files::Received), Stop> {
    let party = typed.text("party").parse().map_err(|_| Refusal::field("party", "请选择权利人。"))?;
    let file = upload::file(files, "paper.t08")
        .ok_or_else(|| Refusal::field("paper.t08", "请上传权利人签字的授权委托书。"))?;
    Ok((party, file.received()?.clone()))
}

fn again(cx: &Cx, behalf: &Behalf, typed: &Typed, refusal: &Refusal) -> Page {
    let app = &cx.app;
    let mut form = Form::post("/projects", cx.csrf()).nonce(cx.nonce()).page_title("申请流转交易");
    if behalf.villages.is_empty() {
        form = form.field(Field::select("place", "标的所在村", places(app)));
    } else {
        let villages = behalf.villages.iter().map(|p| Choice::new(place_value(p), p.zh()));
        let parties = behalf.parties.iter().map(|p| Choice::new(p.id.to_string(), &p.name));
        form = form
            .field(Field::select("place", "标的所在村", villages.collect::<Vec<_>>()))
            .field(Field::select("party", "权利人", parties.collect::<Vec<_>>()))
            .field(Field::file("paper.t08", "授权委托书", ".pdf,.jpg,.jpeg,.png", 20));
    }
    form = form.field(Field::radio("variety", "交易品种", varieties(app))).submit("开始填写");
    let values: Vec<(&str, &str)> = typed.iter().collect();
    cx.page("申请流转交易").narrow().with(with_refusal(form.fill(&values), refusal))
}

/// `POST /cases/{id}/lots`
pub async fn add_lot(post: Post, path: web::Path<String>) -> WebResult<HttpResponse> {
    let id = lot_id(&path)?;
    post.act(
        move |app, actor, _, _| {
            let new = intake::add_lot(app, actor, id)?;
            Ok((format!("/cases/{new}/draft"), "已增加一个标的，内容和材料从上一个标的复制，请逐项修改。".into()))
        },
        |cx, _, refusal| Ok(crate::web::case::load::refused(cx, refusal)),
    )
    .await
}
