//! Registration of persons, organisations and collectives.

use actix_web::HttpResponse;

use super::cx::Cx;
use super::error::{WebError, WebResult, status};
use super::post::{Begun, Post, begin, end, misfit};
use super::typed::Typed;
use super::ui::{Field, Form, Link, Page, Panel, Rich};
use crate::acts::parties::PartyKind;
use crate::acts::parties::{self, Registration};
use crate::acts::{login, staff};
use crate::domain::refusal::Refusal;

crate::routes! {
    get "/register" => page;
    post "/register" => submit;
    get "/setup" => setup_page;
    post "/setup" => setup;
}

/// Puts a refusal's messages beside their fields, or at the top.
pub fn with_refusal(form: Form, refusal: Option<&Refusal>) -> Form {
    match refusal {
        None => form,
        Some(Refusal::Fields { faults }) => form.errors(faults.iter().map(|f| (&f.field, f.message.clone()))),
        Some(other) => form.error("", other.to_string()),
    }
}

/// Puts what was typed back into the form; passwords are never sent back.
pub fn with_typed(form: Form, typed: &Typed) -> Form {
    let kept: Vec<(&str, &str)> =
        typed.iter().filter(|(name, _)| !matches!(*name, "password" | "again" | "code" | "_csrf" | "_form")).collect();
    form.fill(&kept)
}

fn villages(cx: &Cx) -> Vec<(String, String)> {
    let divisions = &cx.app.market.divisions;
    let mut all = vec![(String::new(), "（农林茶场没有村）".to_owned())];
    for township in divisions.townships() {
        all.extend(township.villages.iter().map(|v| (v.name.clone(), format!("{} {}", township.name, v.name))));
    }
    all
}

fn townships(cx: &Cx) -> Vec<(String, String)> {
    cx.app.market.divisions.townships().map(|t| (t.code.to_string(), t.name.clone())).collect()
}

fn form(cx: &Cx, typed: &Typed, refusal: Option<&Refusal>) -> Page {
    let kinds = PartyKind::ALL.map(|k| (k.name(), k.zh()));
    let form = Form::post("/register", cx.csrf())
        .nonce(cx.nonce())
        .page_title("注册账号")
        .intro("注册后账号为“未核验”，可以先填草稿；请带证件原件到乡镇服务站或县中心核验身份，核验后才能提交申请、报名和签署。")
        .field(Field::radio("kind", "您代表谁", kinds))
        .field(Field::text("name", "姓名或单位全称").hint("与证件一致"))
        .field(Field::text("number", "身份证号或统一社会信用代码").hint("个人填 18 位身份证号；单位和集体填 18 位统一社会信用代码"))
        .field(Field::text("representative", "法定代表人姓名").hint("单位和集体填写，个人不填").when("kind", &["organisation", "collective"]))
        .field(Field::select("township", "所在乡镇", townships(cx)))
        .field(Field::select("village", "所在村或社区", villages(cx)).optional())
        .field(Field::text("address", "详细地址").autocomplete("street-address"))
        .field(Field::agree("member", "我是上面这个村集体经济组织的成员（须经核验）").when("kind", &["person"]))
        .field(Field::tel("phone", "手机号").hint("接收验证码和办理通知").autocomplete("tel"))
        .field(Field::text("bank", "本人（本单位）银行账户的开户行"))
        .field(Field::text("bank_account", "银行账号").hint("保证金从这个账户交纳，退款原路退回"))
        .field(Field::text("account", "账号").hint("4 到 32 个英文字母、数字").autocomplete("username"))
        .field(Field::new_password("password", "密码").hint("至少 8 个字符，可以用一句自己记得住的话；只有数字的至少 12 位"))
        .field(Field::new_password("again", "再输一次密码"))
        .submit("注册")
        .link("已有账号，去登录", "/login");
    cx.page("注册账号").narrow().with(with_refusal(with_typed(form, typed), refusal))
}

async fn page(cx: Cx) -> WebResult<HttpResponse> {
    cx.ok(&form(&cx, &Typed::default(), None))
}

async fn submit(post: Post) -> WebResult<HttpResponse> {
    let Post { cx, typed, .. } = post;
    if let Some(refusal) = misfit(&cx, &typed, &form(&cx, &typed, None)) {
        return cx.answer(status(&refusal), &form(&cx, &typed, Some(&refusal)));
    }
    let text = |name: &str| typed.text(name).to_owned();
    let registration = Registration {
        kind: text("kind"),
        account: text("account"),
        password: typed.raw("password").to_owned(),
        again: typed.raw("again").to_owned(),
        name: text("name"),
        number: text("number"),
        representative: text("representative"),
        phone: text("phone"),
        bank: text("bank"),
        bank_account: text("bank_account"),
        address: text("address"),
        township: text("township"),
        village: text("village"),
        member: typed.ticked("member"),
    };
    let (account, password, ip) = (text("account"), typed.raw("password").to_owned(), cx.ip.clone());
    let (first, mine) = match begin(&cx, &typed).await? {
        Begun::Mine(form) => (true, form),
        // A second click logs in to what the first one made.
        Begun::Done(_) => (false, String::new()),
    };
    let done = cx
        .run(move |app| {
            if first {
                parties::register_from(app, &registration, &ip)?;
            }
            login::login(app, &account, &password, &ip)
        })
        .await;
    end(&cx, mine, done.is_ok().then_some("/desk")).await?;
    match done {
        Ok(token) => {
            let mut response = cx.see_other_saying("/desk", "注册成功。请带证件原件到乡镇服务站或县中心核验身份。");
            response.add_cookie(&cx.session_cookie(token.expose())).map_err(|e| WebError::Fault(e.to_string()))?;
            Ok(response)
        }
        Err(WebError::Refused(refusal)) => cx.answer(status(&refusal), &form(&cx, &typed, Some(&refusal))),
        Err(other) => Err(other),
    }
}

fn setup_form(cx: &Cx, typed: &Typed, refusal: Option<&Refusal>) -> Page {
    let form = Form::post("/setup", cx.csrf())
        .nonce(cx.nonce())
        .page_title("系统初始化")
        .intro(
            Rich::new()
                .text("用初始化码建立第一个系统管理员账号。初始化码在服务器上运行 ")
                .code("nongquan admin setup-code")
                .text(" 得到，只能用一次。"),
        )
        .field(Field::text("setup_code", "初始化码"))
        .field(Field::text("account", "管理员账号").autocomplete("username"))
        .field(Field::new_password("password", "密码"))
        .field(Field::text("name", "姓名"))
        .field(Field::text("address", "手机号或邮箱").hint("接收验证码"))
        .submit("建立管理员账号");
    cx.page("系统初始化").narrow().with(with_refusal(with_typed(form, typed), refusal))
}

async fn setup_page(cx: Cx) -> WebResult<HttpResponse> {
    cx.ok(&setup_form(&cx, &Typed::default(), None))
}

async fn setup(post: Post) -> WebResult<HttpResponse> {
    let Post { cx, typed, .. } = post;
    if let Some(refusal) = misfit(&cx, &typed, &setup_form(&cx, &typed, None)) {
        return cx.answer(status(&refusal), &setup_form(&cx, &typed, Some(&refusal)));
    }
    let first = staff::NewStaff {
        account: typed.text("account").to_owned(),
        name: typed.text("name").to_owned(),
        address: typed.text("address").to_owned(),
    };
    let (code, password, ip) = (typed.text("setup_code").to_owned(), typed.raw("password").to_owned(), cx.ip.clone());
    let mine = match begin(&cx, &typed).await? {
        Begun::Mine(form) => form,
        Begun::Done(location) => return Ok(cx.see_other(&location)),
    };
    let done = cx.run(move |app| staff::redeem_setup_code_from(app, &code, &first, &password, &ip)).await;
    end(&cx, mine, done.is_ok().then_some("/login")).await?;
    match done {
        Ok(_) => Ok(cx.see_other_saying("/login", "管理员账号已建立，请登录。")),
        Err(WebError::Refused(refusal)) => {
            let refusal = match refusal {
                Refusal::Fields { faults } => Refusal::Fields {
                    faults: faults
                        .into_iter()
                        .map(|mut f| {
                            if f.field == "code" {
                                f.field = "setup_code".into();
                            }
                            f
                        })
                        .collect(),
                },
                other => other,
            };
            cx.answer(status(&refusal), &setup_form(&cx, &typed, Some(&refusal)))
        }
        Err(other) => Err(other),
    }
}

/// What an unverified account sees on top of its workspace.
pub fn unverified_panel() -> Panel {
    Panel::attention("身份未核验")
        .say("您现在只能保存草稿。请带证件原件到乡镇服务站或县中心核验身份，或者上传扫描件等待核对；核验后可以提交申请、报名和签署文件。")
        .next(Link::new("上传身份材料", "/account/identity"))
}
