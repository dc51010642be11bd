//! Numbers with check digits, figures in full width, and characters of names that few keyboards have.

use nongquan::domain::actor::Role;
use nongquan::store::accounts;

use crate::stories::pond::{Point, Pond, Winner, intake};
use crate::support::client::{Answer, css};
use crate::support::{Client, World, numbers, people};

/// A registration that is right but for what `typed` says.
fn registration(kind: &str, number: &str, typed: &[(&str, &str)]) -> Vec<(String, String)> {
    let right = [
        ("kind", kind),
        ("name", "盘三妹"),
        ("number", number),
        ("representative", "李长根"),
        ("township", people::TOWNSHIP),
        ("village", people::VILLAGE),
        ("address", "界头村2组"),
        ("phone", "13874612346"),
        ("bank", "蓝山农商银行"),
        ("bank_account", "6222021234561243"),
        ("account", "newcomer"),
        ("password", people::PASSWORD),
        ("again", people::PASSWORD),
    ];
    let kept = right.iter().filter(|(name, _)| !typed.iter().any(|(n, _)| n == name));
    kept.chain(typed).map(|(n, v)| ((*n).to_owned(), (*v).to_owned())).collect()
}

fn register(visitor: &Client, typed: &[(String, String)]) -> Answer {
    let typed: Vec<(&str, &str)> = typed.iter().map(|(n, v)| (n.as_str(), v.as_str())).collect();
    visitor.submit("/register", "/register", &typed)
}

/// The message beside a field.
fn beside(answer: &Answer, field: &str) -> String {
    let html = scraper::Html::parse_document(&answer.body);
    html.select(&css(&format!("#e-{field}"))).flat_map(|e| e.text()).collect()
}

/// The value that stands in a field.
fn value(answer: &Answer, field: &str) -> String {
    let html = scraper::Html::parse_document(&answer.body);
    let shown = html.select(&css(&format!("#f-{field}"))).next().and_then(|e| e.attr("value"));
    shown.unwrap_or_default().to_owned()
}

/// The same number with a last character that cannot be.
fn wrong_end(number: &str) -> String {
    let (body, last) = number.split_at(number.len() - 1);
    format!("{body}{}", if last == "1" { "2" } else { "1" })
}

#[test]
fn s019_numbers_that_cannot_be_are_told_beside_their_field() {
    let world = World::open();
    let visitor = Client::new(&world);
    let (id, code) = (numbers::resident("19851112", "024"), numbers::credit_code("91", "MA4L1234"));
    let id_wrong = wrong_end(&id);
    let code_wrong = wrong_end(&code);
    let tries: [(&str, &str, &str, &str); 19] = [
        ("person", "number", &id_wrong, "最后一位校验不符"),
        ("person", "number", &id[..17], "应为 18 位"),
        ("person", "number", "43119919851312024X", "出生日期"),
        ("person", "number", "431199209901010249", "身份证号码"),
        ("person", "number", "４３１１９９甲", "身份证号码"),
        ("person", "number", &code, "身份证号码"),
        ("organisation", "number", &code_wrong, "校验"),
        ("organisation", "number", &code[..17], "18"),
        ("organisation", "number", "914311990OIZSV0000", "统一社会信用代码"),
        ("person", "phone", "1387461234", "11"),
        ("person", "phone", "23874612345", "手机"),
        ("person", "phone", "一三八", "数字"),
        ("person", "bank_account", "62220212", "位"),
        ("person", "bank_account", "62220212345612AB", "数字"),
        ("person", "name", "王3", "姓名"),
        ("organisation", "representative", "李<长根>", "姓名"),
        ("person", "account", "新来的人", "账号"),
        ("person", "account", "13874612345", "不能是手机号、身份证号"),
        ("person", "account", &id, "不能是手机号、身份证号"),
    ];
    for (kind, field, typed, words) in tries {
        let number = if kind == "person" { &id } else { &code };
        let answer = register(&visitor, &registration(kind, number, &[(field, typed)]));
        assert_eq!(answer.status, 422, "{field} {typed}: {}", answer.text());
        let said = beside(&answer, field);
        assert!(said.contains(words), "{field} {typed}: “{said}”, not “{words}”");
        assert_eq!(value(&answer, field), typed, "what was typed stays");
        assert_eq!(value(&answer, "bank"), "蓝山农商银行", "what else was typed stays");
        assert!(!answer.body.contains(people::PASSWORD), "no password comes back");
        assert_eq!(answer.body.matches("class=\"field-error\"").count(), 1, "{field} {typed}: {}", answer.text());
    }
    assert_eq!(world.app.store.read(|db| accounts::count(db)).unwrap(), 0, "nobody was registered");
}

#[test]
fn s009_rare_characters_and_full_width_digits_are_taken() {
    let world = World::open();
    let admin = people::admin(&world);
    people::staff(&world, &admin, Role::Acceptance);
    let id = numbers::resident("19851112", "024");
    let wide = |text: &str| -> String {
        text.chars()
            .map(|c| char::from_u32(u32::from(c) + 0xFEE0).filter(|_| c.is_ascii_graphic()).unwrap_or(c))
            .collect()
    };
    let (number, phone, account) = (wide(&id), wide("13874612346"), wide("6222021234561243"));
    let typed = [
        ("name", "\u{20BB7}\u{36C3}"),
        ("address", "\u{30EDE}家村1组"),
        ("phone", phone.as_str()),
        ("bank_account", account.as_str()),
    ];
    let visitor = Client::new(&world);
    let slip: Vec<(&str, &str)> = typed.iter().copied().chain([("again", "another")]).collect();
    let again = register(&visitor, &registration("person", &number, &slip));
    assert_eq!(again.status, 422);
    for (field, typed) in typed {
        assert_eq!(value(&again, field), typed, "shown again as it was typed");
    }
    assert_eq!(register(&visitor, &registration("person", &number, &typed)).leads(), "/desk");
    // The counter finds him by the number as the card has it, and reads his name unbroken.
    let counter = Client::new(&world).login("acceptance", people::PASSWORD);
    let found = counter.does("/desk/verification", "/desk/verification/search", &[("number", &id)]);
    assert_eq!(found.fact("名称").as_deref(), Some("\u{20BB7}\u{36C3}"));
    assert_eq!(found.fact("证件号码"), Some(format!("{}********{}", &id[..6], &id[14..])));
    assert_eq!(found.fact("手机").as_deref(), Some("138****2346"));
}

#[test]
fn figures_and_days_in_full_width_count_as_what_they_say() {
    let mut pond = Pond::reach(Point::Peopled, Winner::Member);
    intake::start(&mut pond);
    intake::write(&pond);
    let wide = [
        ("object", "o.quantity", "３２．６"),
        ("object", "o.title", "\u{20BB7}家村门口塘五年承包经营"),
        ("price", "p.price", "６００"),
        ("price", "p.step", "１０"),
        ("price", "p.years", "５"),
        ("price", "p.starts", "２０２６年６月１日"),
        ("decision", "d.eligible", "３００"),
        ("decision", "d.floor", "６００．００"),
        ("variety", "f.bank_area", "２．５"),
    ];
    let collective = pond.browser("collective");
    for (topic, field, typed) in wide {
        let page = pond.at(&format!("draft/{topic}"));
        let _ = collective.does(&page, &page, &[(field, typed)]).says("已保存");
    }
    intake::hand_over_papers(&pond, &[]);
    let shown = collective.opened(&pond.at("submission"));
    for words in ["97,800.00", "19,560.00", "1,956.00", "玖万柒仟捌佰元整", "\u{20BB7}家村门口塘"] {
        assert!(shown.text().contains(words), "{words}: {}", shown.text());
    }
    let submission = pond.at("submission");
    let _ = collective.does(&submission, &submission, &[("truth", "yes")]).says("等待乡镇服务站初审");
    let terms = pond.lot().terms.unwrap();
    assert_eq!(terms.title, "\u{20BB7}家村门口塘五年承包经营");
    assert_eq!(terms.price, nongquan::domain::base::Fen::yuan(600));
}
