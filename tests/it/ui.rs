//! The UI kit: escaping, forms that come back with messages, markup that a screen reader and a strict policy accept.

use std::collections::HashSet;

use actix_web::{App, test as http};
use nongquan::domain::base::{Area, Day, Fen, Instant};
use nongquan::web::ui::*;
use nongquan::web::{assets, headers};
use scraper::{Html, Selector};

const HOSTILE: &str = "\"><svg onload=alert(1)><script>alert(2)</script>'{{7*7}}";

fn now() -> Instant {
    Day::ymd(2026, 11, 23).unwrap().at(9, 30)
}

fn chrome() -> Chrome {
    Chrome::new("测试", now()).csrf("tok")
}

fn all<'a>(html: &'a Html, selector: &str) -> Vec<scraper::ElementRef<'a>> {
    let selector = Selector::parse(selector).unwrap();
    html.select(&selector).collect()
}

fn style_pages() -> Vec<(&'static str, Html)> {
    let page = |name| Html::parse_document(&style::page(name, chrome()).unwrap().html());
    style::PAGES.iter().map(|(name, _)| (*name, page(*name))).collect()
}

/// One of everything that takes words from people, each given the hostile text.
fn hostile_page() -> String {
    let h = || HOSTILE.to_owned();
    let rich = || Rich::new().text(h()).strong(h()).small(h()).code(h()).link(h(), h()).tag(Tag::new(h(), Tone::Red));
    let chrome = chrome()
        .user(h(), h())
        .nav([NavItem::new(h(), h())])
        .flash(Mood::Info, rich())
        .demo(h(), 60)
        .path(h())
        .crumb(h(), h())
        .contact(Contact { name: h(), phone: h(), address: h(), hours: h() });
    Page::new(chrome)
        .top(Hero::new(h()).lead(rich()).search(h(), h()))
        .with(Heading::new(h()).kicker(rich()).tag(rich()).lead(rich()))
        .with(Panel::error(h()).say(rich()).next(rich()))
        .with(
            Form::post(h(), h())
                .nonce(h())
                .title(h())
                .field(Field::text(h(), h()).value(h()).hint(rich()).error(h()).placeholder(h()).group(h(), rich()))
                .field(Field::textarea("t", h()).value(h()))
                .field(Field::text("w", h()).when(h(), &[HOSTILE]))
                .field(Field::select("s", h(), [Choice::new(h(), h()).group(h()).hint(h())]).value(h()))
                .field(Field::radio("r", h(), [Choice::new(h(), h())]))
                .field(Field::file("f", h(), HOSTILE, 1).have(rich()))
                .field(Field::hidden("x", h()))
                .field(Field::money("m", h()).unit(h()).value(h()))
                .also(h(), h(), h())
                .autosave(h())
                .error("", h()),
        )
        .with(Table::new(h()).columns([Column::new(h()).sort(h())]).row(Row::new().cell(h()).cell(rich())).note(rich()))
        .with(Timeline::new([Step::new(h(), State::Now).who(rich()).note(rich())]))
        .with(Phases::new([(h(), State::Now)]))
        .with(Facts::new().row(h(), rich()).hint(rich()).change(h()))
        .with(Docs::new([Doc::new(h(), h(), h()).by(h(), now()).hash(HOSTILE)]))
        .with(History::new([Entry::new(now(), rich(), h()).more(rich())]))
        .with(Checklist::new([Check::new(rich(), Verdict::Fail).why(rich()).cite(rich())]))
        .with(Actions::new([
            Action::post(Button::post(h(), h(), h()).with(h(), h()).confirm(h())),
            Action::blocked(h(), rich()),
        ]))
        .with(Todos::new([Todo::new(h(), h(), Light::Red).say(rich())]))
        .with(Bars::new(h()).bar(h(), 3, h()))
        .with(Band::new(h(), Fen(1), Fen(2), Fen(3), Fen(2)).source(rich()))
        .with(LotCards::new([LotCard::new(h(), h()).category(1, h()).fact(h()).price(h(), Fen(1), h()).foot(rich())]))
        .with(Filters::new(h()).chosen(h(), h()))
        .with(Room::new(h(), h()).holder(rich()).standing(Standing::Ready(h())).stat(h(), h()))
        .with(Ladder::new(h(), Fen(1), [Rung::new(h(), Fen(2), now()).note(rich())]))
        .with(Paper::new(h(), rich()).sign(h()).seal(h(), h()).qr(HOSTILE, h()))
        .with(Flow::new().lane(h(), [FlowStep::new(h()).branch(h())]))
        .html()
}

#[test]
fn s002_text_from_people_is_never_markup() {
    let text = hostile_page();
    let html = Html::parse_document(&text);
    for element in html.root_element().descendants().filter_map(scraper::ElementRef::wrap) {
        for (name, value) in element.value().attrs() {
            assert!(!name.starts_with("on"), "{name}={value}");
            assert!(!value.trim_start().starts_with("javascript:"), "{name}={value}");
        }
    }
    let scripts = all(&html, "script");
    assert_eq!(scripts.len(), 1, "only the module of the shell");
    assert!(scripts[0].value().attr("src").unwrap().starts_with("/assets/"));
    let seen: String = html.root_element().text().collect();
    assert!(seen.matches(HOSTILE).count() > 60, "the words themselves are shown");
    assert!(!seen.contains("49"), "no template syntax is evaluated");
}

#[test]
fn s039_addresses_stay_at_home() {
    for bad in [
        "javascript:alert(1)",
        "JAVASCRIPT:x",
        "//evil.example",
        "/\\evil.example",
        "data:text/html,x",
        "/a\r\nSet-Cookie:x",
        "",
    ] {
        assert_eq!(href(bad), "#", "{bad}");
    }
    for good in ["/lots?x=1", "#f-a", "?after=2", "tel:07462213000", "https://www.gov.cn/"] {
        assert_eq!(href(good), good);
    }
}

#[test]
fn s033_pages_hold_a_policy_without_inline() {
    assert!(headers::CSP.starts_with("default-src 'none'"));
    for wanted in
        ["script-src 'self'", "style-src 'self'", "form-action 'self'", "frame-ancestors 'none'", "base-uri 'none'"]
    {
        assert!(headers::CSP.contains(wanted), "{wanted}");
    }
    assert!(!headers::CSP.contains("unsafe"));
    assert_eq!(headers::page_headers().count(), headers::PAGE.len());
    for (name, html) in style_pages() {
        assert!(all(&html, "style, [style], iframe, object, script:not([src])").is_empty(), "{name}");
        for element in all(&html, "[src], link[href]") {
            let to = element.value().attr("src").or(element.value().attr("href")).unwrap();
            assert!(to.starts_with("/assets/"), "{name}: {to}");
        }
    }
}

#[test]
fn ids_are_unique_and_every_reference_has_a_target() {
    for (name, html) in style_pages() {
        if matches!(name, "" | "room" | "confirm" | "paper") {
            continue; // these show several states of one thing on one page
        }
        let ids: Vec<&str> = all(&html, "[id]").iter().filter_map(|e| e.value().attr("id")).collect();
        let set: HashSet<&str> = ids.iter().copied().collect();
        assert_eq!(ids.len(), set.len(), "{name}: an id stands twice");
        for element in all(&html, "[for], [aria-describedby], [aria-labelledby], .errors a") {
            let v = element.value();
            let refs =
                [v.attr("for"), v.attr("aria-describedby"), v.attr("aria-labelledby"), v.attr("href").map(|h| &h[1..])];
            for target in refs.into_iter().flatten().flat_map(str::split_whitespace) {
                assert!(set.contains(target), "{name}: {target} is missing");
            }
        }
        assert_eq!(all(&html, "h1").len(), 1, "{name}: one h1");
        assert_eq!(all(&html, "html[lang='zh-CN']").len(), 1);
        for control in all(&html, "input:not([type=hidden]), select, textarea") {
            let id = control.value().attr("id").unwrap_or_default();
            let labelled = !all(&html, &format!("label[for='{id}']")).is_empty();
            let wrapped =
                control.ancestors().filter_map(scraper::ElementRef::wrap).any(|a| a.value().name() == "label");
            assert!(labelled || wrapped, "{name}: {id} has no label");
        }
    }
}

#[test]
fn a_refused_form_keeps_what_was_typed_and_points_to_the_faults() {
    let typed = [("price", "42O"), ("mode", "b"), ("pw", "secret-typed"), ("code", "123456"), ("note", "\n第二行")];
    let form = Form::post("/x", "tok")
        .nonce("n")
        .field(Field::money("price", "单价").unit("元/亩/年").hint("按年"))
        .field(Field::radio("mode", "方式", [("a", "出租"), ("b", "入股")]))
        .field(Field::password("pw", "密码"))
        .field(Field::code("code", "验证码"))
        .field(Field::textarea("note", "说明"))
        .fill(&typed)
        .errors([("price", "金额只能填写数字。"), ("mode", "不能入股。"), ("gone", "这个项目已被修改。")]);
    assert!(form.has_errors());
    let text = form.to_string();
    let html = Html::parse_fragment(&text);
    let links: Vec<_> = all(&html, ".errors a").iter().map(|a| a.value().attr("href").unwrap()).collect();
    assert_eq!(links, ["#f-price", "#f-mode-0"]);
    assert_eq!(all(&html, ".errors li").len(), 3, "a message without a field stands in the summary");
    let price = all(&html, "#f-price")[0];
    assert_eq!(price.value().attr("value"), Some("42O"));
    assert_eq!(price.value().attr("aria-describedby"), Some("h-price e-price"));
    assert_eq!(price.value().attr("aria-invalid"), Some("true"));
    assert_eq!(all(&html, "input[value=b][checked]").len(), 1);
    assert_eq!(all(&html, "textarea")[0].text().collect::<String>(), "\n第二行");
    assert!(!text.contains("secret-typed") && !text.contains("123456"), "secrets never come back");
    assert_eq!(all(&html, "input[name=_csrf][value=tok]").len(), 1);
    assert_eq!(all(&html, "input[name=_form][value=n]").len(), 1);
}

#[test]
fn only_forms_with_papers_are_multipart_and_only_lookups_are_get() {
    let with = Form::post("/x", "t").field(Field::file("p", "材料", ".pdf", 20)).to_string();
    assert!(with.contains(r#"enctype="multipart/form-data""#) && with.contains(r#"data-max="20971520""#));
    let without = Form::post("/x", "t").field(Field::text("a", "名称")).to_string();
    assert!(!without.contains("enctype"));
    let lookup = Form::get("/verify").field(Field::text("no", "编号")).to_string();
    assert!(lookup.contains(r#"method="get""#) && !lookup.contains("_csrf"), "a token never stands in an address");
}

#[test]
fn table_cells_carry_their_column_for_small_screens() {
    let table = Table::new("表").columns([
        Column::new("项目"),
        Column::numeric("价").sort("?s=p").sorted(true),
        Column::new(""),
    ]);
    let row = Row::new()
        .cell("甲")
        .cell(Fen::yuan(1_200))
        .cell(Cell::actions([Rich::from(Link::new("办理", "/a"))]))
        .light(Light::Red);
    let html = Html::parse_fragment(&table.clone().row(row).to_string());
    let labels: Vec<_> = all(&html, "td").iter().map(|td| td.value().attr("data-label").unwrap()).collect();
    assert_eq!(labels, ["价", ""]);
    assert_eq!(all(&html, "th[aria-sort=ascending] a[href='?s=p']").len(), 1);
    assert_eq!(all(&html, "tr.row-hot").len(), 1);
    let nothing = table.empty("没有项目。").to_string();
    assert!(nothing.contains("没有项目。") && !nothing.contains("<thead>"));
}

#[test]
fn money_area_and_time_are_shown_in_full() {
    let price =
        Price::new("挂牌价", Fen(42_050), "元/亩/年").total("合同总价", Fen::yuan(532_770)).capitals().to_string();
    for wanted in ["420.50", "元/亩/年", "532,770", "伍拾叁万贰仟柒佰柒拾元整"] {
        assert!(price.contains(wanted), "{wanted}");
    }
    assert!(Rich::from(Area(125_000)).to_string().contains("12.50"));
    let running = Countdown::new("报名截止", now().plus_mins(65), now()).to_string();
    assert!(running.contains("1小时05分") && running.contains("2026年11月23日 10:35"));
    let over = Countdown::new("报名截止", now(), now()).over("已截止").to_string();
    assert!(over.contains("已截止") && !over.contains("data-until"));
    for light in [Light::Green, Light::Yellow, Light::Red] {
        assert!(light.to_string().contains('灯'), "a light always has its word");
    }
}

#[test]
fn the_price_band_says_in_words_what_it_draws() {
    let band = |ask| Band::new("元/亩/年", Fen::yuan(287), Fen::yuan(410), Fen::yuan(533), Fen::yuan(ask)).to_string();
    assert!(band(420).contains("挂牌价比基准价高2.4%，在指导区间内。"));
    assert!(band(410).contains("挂牌价与基准价相同"));
    assert!(band(200).contains("超出指导区间"));
    assert!(Band::none("没有养殖水面的价格。").to_string().contains("无基准价"));
    let wild = Band::new("元", Fen(0), Fen(0), Fen(0), Fen::MAX).to_string();
    assert!(!wild.contains("x=\"-") && !wild.contains("width=\"-"), "no place left of the picture");
}

#[test]
fn the_shell_marks_where_we_stand_and_keeps_the_way_back() {
    let nav = [NavItem::new("首页", "/"), NavItem::new("项目", "/lots"), NavItem::new("我的", "/lots/mine").count(3)];
    let page = |path: &str| {
        let chrome = chrome().path(path).nav(nav.clone()).large(true).demo("虚构", 60).refresh(5);
        Html::parse_document(&Page::new(chrome).html())
    };
    let current = |path| {
        all(&page(path), ".mainnav [aria-current]")
            .iter()
            .map(|a| a.value().attr("href").unwrap().to_owned())
            .collect::<Vec<_>>()
    };
    assert_eq!(current("/"), ["/"]);
    assert_eq!(current("/lots/7?x=1"), ["/lots"]);
    assert_eq!(current("/lots/mine/2"), ["/lots/mine"]);
    assert!(current("/lotsx").is_empty());
    let html = page("/lots?q=水田");
    assert_eq!(all(&html, "html.large").len(), 1);
    assert_eq!(all(&html, "input[name=back][value='/lots?q=水田']").len(), 1);
    assert_eq!(all(&html, ".demo").len(), 1);
    assert_eq!(all(&html, "a.skip[href='#main']").len(), 1);
    assert!(all(&html, "head noscript").len() == 1, "the page loads itself again where scripts do not run");
}

#[actix_web::test]
async fn assets_are_kept_for_a_year_and_only_under_their_hash() {
    let app = http::init_service(App::new().configure(assets::routes)).await;
    for (name, kind) in [
        ("app.css", "text/css; charset=utf-8"),
        ("app.js", "text/javascript; charset=utf-8"),
        ("hills.svg", "image/svg+xml"),
    ] {
        let answer = http::call_service(&app, http::TestRequest::get().uri(&assets::url(name)).to_request()).await;
        assert!(answer.status().is_success(), "{name}");
        let header = |h: &str| answer.headers().get(h).unwrap().to_str().unwrap().to_owned();
        assert_eq!(header("content-type"), kind);
        assert_eq!(header("cache-control"), headers::IMMUTABLE);
        assert_eq!(header("x-content-type-options"), "nosniff");
    }
    for (accept, encoded) in
        [("gzip, deflate, br", true), ("GZIP;q=0.5", true), ("br, gzip;q=0", false), ("identity", false)]
    {
        let request = http::TestRequest::get().uri(&assets::url("app.css")).insert_header(("accept-encoding", accept));
        let answer = http::call_service(&app, request.to_request()).await;
        assert_eq!(answer.headers().contains_key("content-encoding"), encoded, "{accept}");
        assert_eq!(answer.headers().get("vary").unwrap(), "accept-encoding");
    }
    for gone in ["/assets/0000000000000000/app.css".to_owned(), assets::url("nothing.css"), assets::url("..%2fapp.css")]
    {
        let answer = http::call_service(&app, http::TestRequest::get().uri(&gone).to_request()).await;
        assert_eq!(answer.status(), 404, "{gone}");
    }
}

#[test]
fn pages_are_small_on_the_wire() {
    let wire = |page: &str, parts: &[&str]| {
        let html = style::page(page, chrome()).unwrap().html().len();
        html + parts.iter().map(|name| assets::find_zipped(name).unwrap().len()).sum::<usize>()
    };
    let home = wire("home", &["app.css", "app.js", "countdown.js", "favicon.svg", "hills.svg"]);
    assert!(home < 60_000, "{home}");
    let room = wire("room", &["app.css", "app.js", "countdown.js", "live.js", "favicon.svg", "chevron.svg"]);
    assert!(room < 60_000, "{room}");
}

#[test]
fn the_hall_screen_turns_by_itself() {
    let titles: HashSet<String> = (1..=4)
        .map(|turn| {
            let html = Html::parse_document(&style::hall(turn).html());
            assert_eq!(all(&html, "h1").len(), 1);
            assert_eq!(all(&html, "body[data-next^='/style/hall?turn=']").len(), 1);
            assert!(all(&html, "style, [style], script:not([src])").is_empty());
            all(&html, "title")[0].text().collect()
        })
        .collect();
    assert_eq!(titles.len(), 4);
    assert!(
        style::hall(1).html().contains(r#"<noscript><meta http-equiv="refresh" content="12;url=/style/hall?turn=2">"#)
    );
}

/// What a form is about stands above it, with a title or without one.
#[test]
fn the_words_before_a_form_are_shown() {
    for form in [Form::post("/x", "t").intro("先读这一句。"), Form::post("/x", "t").title("标题").intro("先读这一句。")]
    {
        let html = Html::parse_document(&Page::new(chrome()).with(form).html());
        let words: Vec<String> = all(&html, "form .form-intro").iter().map(|e| e.text().collect()).collect();
        assert_eq!(words, ["先读这一句。"]);
    }
}
