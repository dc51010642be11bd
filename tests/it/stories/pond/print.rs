//! The printed papers, read by programs that are not ours: held against the public notice, the
//! certificate checked by the offline command and by OpenSSL, the file's list counted.

use std::process::ExitCode;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use nongquan::store::documents::{self, Owner};
use nongquan::store::rounds;

use super::{Pond, Winner, deal::key};
use crate::support::outside::{OpenSsl, VERIFY_SM2, pdf_text, sorted};
use crate::support::{Answer, Client};

/// What the notice says of the object: every later paper repeats it.
const OBJECT: [&str; 3] = ["塔峰镇界头村门口塘五年承包经营", "2026年6月1日", "2031年5月31日"];

/// The same of its size, for the papers that describe it.
pub const SIZE: &str = "32.6亩";

/// Without white space, as the text of a PDF is compared.
fn bare(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).collect()
}

/// A paper that its reader opens, as text.
fn paper(answer: &Answer) -> Option<String> {
    assert!(answer.bytes.starts_with(b"%PDF"), "{}: {}", answer.page, answer.media_type);
    pdf_text(&answer.bytes)
}

/// The paper says all of this.
pub fn holds(answer: &Answer, words: impl IntoIterator<Item = String>) {
    let Some(text) = paper(answer) else { return };
    let missing: Vec<String> = words.into_iter().filter(|w| !text.contains(&bare(w))).collect();
    assert!(missing.is_empty(), "{} does not say {missing:?}: {text}", answer.page);
}

fn object() -> impl Iterator<Item = String> {
    OBJECT.map(str::to_owned).into_iter()
}

/// The application as PDF says what was handed in.
pub fn application(pond: &Pond, path: &str) {
    let number = pond.person("collective").number.clone();
    let said = [SIZE, "3组，村委会东侧", "成员大会", "登记证书.pdf", "农村产权转出交易申请书", &number];
    let said = said.map(str::to_owned);
    holds(&pond.browser("collective").opened(path), object().chain(said));
}

/// The notice as PDF says what its page says, line by line.
pub fn notice(pond: &Pond) {
    let visitor = Client::new(&pond.world);
    let page = visitor.opened(&pond.public(""));
    let published = pond.world.app.store.read(|db| rounds::latest(db, pond.lot().id)).expect("read").expect("a notice");
    let mut words: Vec<String> = object().collect();
    for line in published.notice.notice.chapters.iter().flat_map(|c| &c.lines) {
        assert!(page.text().contains(&line.value), "{} is not on the page: {}", line.value, page.text());
        words.push(format!("{}{}", line.label, line.value));
    }
    words.push("报名和保证金截止2026年3月18日17:00".to_owned());
    holds(&visitor.opened(&pond.public("/notice.pdf")), words);
    assert!(page.text().contains("电话 0746-2213000"), "the station can be called: {}", page.text());
    attachments(pond, &visitor, &page);
}

/// What the notice names as attached is there, and tells nothing of anybody.
fn attachments(pond: &Pond, visitor: &Client, page: &Answer) {
    let said: [(&str, &[&str]); 3] = [
        ("F09C", &["草案", SIZE, "鱼类养殖", "成交后填写", "按挂牌价示例"]),
        ("R03", &["声明与保证"]),
        ("XZ", &["竞价须知", "自由竞价60分钟", "限时竞价每轮180秒"]),
    ];
    for (code, words) in said {
        let path = pond.public(&format!("/papers/{code}.pdf"));
        assert!(page.links(&pond.public("/papers/")).contains(&path), "{path}: {}", page.text());
        let printed = visitor.opened(&path);
        holds(&printed, words.iter().map(|w| (*w).to_owned()));
        let text = paper(&printed).unwrap_or_default();
        for who in ["collective", "member", "outsider"] {
            let person = pond.person(who);
            assert!(!text.contains(&person.number) && !text.contains(&person.phone), "{path} names {who}");
        }
    }
}

/// Confirmation, contract or certificate: the object of the notice at the price of the result.
pub fn of_the_deal(pond: &Pond, who: &str, path: &str, further: &[&str]) -> Option<String> {
    let answer = pond.browser(who).opened(path);
    let outcome = pond.lot().outcome.expect("a result");
    let total = outcome.total;
    let money = [outcome.price.short(), total.figures(), total.capitals()];
    let parties = ["蓝山县塔峰镇界头村股份经济合作社".to_owned(), pond.person(who).name.clone()];
    let further = further.iter().map(|w| (*w).to_owned());
    holds(&answer, object().chain(money).chain(parties).chain(further));
    paper(&answer)
}

/// The contract repeats what the notice says of the pond itself, word for word.
pub fn of_the_object(pond: &Pond, who: &str, path: &str) {
    let round = pond.world.app.store.read(|db| rounds::latest(db, pond.lot().id)).expect("read").expect("a notice");
    let own: Vec<String> = round
        .notice
        .notice
        .chapters
        .iter()
        .flat_map(|c| &c.lines)
        .filter(|l| l.key.starts_with("f.") || l.key == "present_use")
        .map(|l| format!("{}{}", l.label, l.value))
        .collect();
    for words in ["平均水深1.8 米", "水源山溪、河流引水", "水面名称门口塘"] {
        assert!(own.iter().any(|line| line == words), "{words}: {own:?}");
    }
    holds(&pond.browser(who).opened(path), own);
}

/// The certificate as its holder has it on paper: its check code.
pub fn certificate(pond: &Pond, winner: Winner) -> String {
    let who = key(winner);
    let number = pond.lot().certificate.number.expect("a number");
    let case = pond.browser(who).opened(&pond.case);
    let name = format!("{number}.pdf");
    let path = case.link_saying("交易鉴证书").unwrap_or_else(|| panic!("no {name}: {}", case.text()));
    let Some(text) = of_the_deal(pond, who, &path, &[SIZE, "界头村", &number]) else {
        return pond.world.app.keys.checks().code(&number);
    };
    assert!(text.contains(&number), "{text}");
    check_code(&text).unwrap_or_else(|| panic!("no check code: {text}"))
}

/// The first `XXXX-XXXX-XXXX` that stands by itself.
fn check_code(text: &str) -> Option<String> {
    let part = |c: char| c.is_ascii_uppercase() || c.is_ascii_digit() || c == '-';
    let groups = |word: &&str| {
        let parts: Vec<&str> = word.split('-').collect();
        parts.len() == 3 && parts.iter().all(|p| p.len() == 4)
    };
    text.split(|c| !part(c)).find(groups).map(str::to_owned)
}

/// Anybody checks the certificate's public data: by the command without a database, and by OpenSSL alone.
pub fn certificate_is_checked(pond: &Pond, page: &str) {
    let visitor = Client::new(&pond.world);
    let shown = visitor.opened(page);
    let data = visitor.opened(&shown.links("/api/v1/certificates/")[0]);
    let keys = visitor.opened("/keys.json");
    let folder = tempfile::tempdir().expect("a folder");
    let file = |name: &str, bytes: &[u8]| {
        let path = folder.path().join(name);
        std::fs::write(&path, bytes).expect("written");
        path.into_os_string()
    };
    let keys_file = file("public-keys.json", &keys.bytes);
    let checked = |certificate| {
        let words = ["nongquan".into(), "verify".into(), "--certificate".into(), certificate];
        nongquan::cli::main(words.into_iter().chain(["--public-keys".into(), keys_file.clone()]))
    };
    assert_eq!(checked(file("certificate.json", &data.bytes)), ExitCode::SUCCESS);
    let forged = data.body.replacen("32.6", "36.2", 1);
    assert_ne!(forged, data.body);
    assert_eq!(checked(file("forged.json", forged.as_bytes())), ExitCode::FAILURE);

    let Some(openssl) = OpenSsl::find() else { return };
    let certificate: serde_json::Value = serde_json::from_str(&data.body).expect("JSON");
    let keys: serde_json::Value = serde_json::from_str(&keys.body).expect("JSON");
    let id = &certificate["signature"]["key_id"];
    let key = keys["keys"].as_array().expect("keys").iter().find(|k| k["key_id"] == *id).expect("its key");
    openssl.write("key.pem", key["pem"].as_str().expect("a key"));
    let signature = certificate["signature"]["value"].as_str().expect("a signature");
    openssl.write("signature", STANDARD.decode(signature).expect("base64"));
    openssl.write("message", sorted(&certificate["payload"]));
    let done = openssl.run(VERIFY_SM2);
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    let payload: serde_json::Value = serde_json::from_str(&sorted(&certificate["payload"])).expect("JSON");
    assert_eq!(payload["lot_no"], pond.lot_no.as_str());
}

/// The file's own list names every paper of the case, each once, and says how many they are.
pub fn archive_is_counted(pond: &Pond) {
    let lot = pond.lot();
    let all = pond.world.app.store.read(|db| {
        let mut all = documents::of(db, Owner::Project(lot.project))?;
        all.extend(documents::of(db, Owner::Lot(lot.id))?);
        all.extend(documents::of(db, Owner::Application(lot.outcome.as_ref().expect("a result").application))?);
        Ok(all)
    });
    let (lists, papers): (Vec<_>, Vec<_>) = all.expect("documents").into_iter().partition(|d| d.code == "JN");
    assert_eq!(lists.len(), 1, "one list");
    for code in ["F01", "F03", "F06", "F07", "F08", "F11", "F15", "F16", "F17-01", "r02", "r05"] {
        assert_eq!(papers.iter().filter(|d| d.code == code).count(), 1, "{code} in {:?}", codes(&papers));
    }
    let list = pond.browser("archive").opened(&format!("/documents/{}", lists[0].id));
    let Some(text) = paper(&list) else { return };
    for paper in &papers {
        // The list prints the first half of a digest.
        let digest = &paper.sm3[..16];
        let times = papers.iter().filter(|d| d.sm3 == paper.sm3).count();
        assert_eq!(text.matches(digest).count(), times, "{} ({}) in {text}", paper.name, paper.code);
    }
    assert!(text.contains(&format!("件数{}件", papers.len())), "{} papers: {text}", papers.len());
    assert!(text.contains("异议异议答复书01.pdf"), "the objection has a part of its own: {text}");
    // What the room refused is counted by reason, and nobody's number stands beside it.
    let record = papers.iter().find(|d| d.code == "F06").expect("the bid record");
    let record = pond.browser("archive").opened(&format!("/documents/{}", record.id));
    let refused = ["未接受的报价", "提交前已有新的报价1次", "大幅报价未作第二次确认1次", "记载范围"];
    holds(&record, refused.map(str::to_owned));
    let answer = papers.iter().find(|d| d.code == "F17-01").expect("the answer to the objection");
    let answer = pond.browser("archive").opened(&format!("/documents/{}", answer.id));
    holds(&answer, ["何大年", "照片张贴位置不明显", "异议不成立", "位置明显"].map(str::to_owned));
}

/// The application holds the transferor's number and telephone: the other side does not read it.
pub fn the_application_stays_with_its_side(pond: &Pond) {
    let application = pond.at("papers/F01.pdf");
    for (who, status) in [("collective", 200), ("review", 200), ("member", 404), ("outsider", 404)] {
        assert_eq!(pond.browser(who).status(&application), status, "{who}");
    }
}

fn codes(papers: &[documents::Document]) -> Vec<&str> {
    papers.iter().map(|d| d.code.as_str()).collect()
}
