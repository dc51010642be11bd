//! Files that cannot be taken, sent with the forms people send them with.

use crate::stories::pond::{Point, Pond, Winner, intake};
use crate::support::client::{Answer, css};
use crate::support::{Attachment, papers};

/// What is wrong with a file, the file, and the words beside its field.
fn bad() -> Vec<(&'static str, Attachment, &'static str)> {
    let whole = papers::pdf("t.pdf", "whole").bytes;
    let picture = papers::png("t.png", [9, 9, 9]).bytes;
    let half = |bytes: &[u8]| bytes[..bytes.len() - 30].to_vec();
    vec![
        ("a programme", Attachment::new("证.pdf", b"MZ\x90\x00\x03\x00\x00\x00".repeat(40)), "PDF"),
        ("a picture called a PDF", Attachment::new("证.pdf", picture.clone()), "改正扩展名"),
        ("a web page", Attachment::new("证.html", b"<html><script>alert(1)</script></html>".to_vec()), "PDF"),
        ("an empty file", Attachment::new("证.pdf", Vec::new()), "没有收到文件内容"),
        ("a PDF cut off", Attachment::new("证.pdf", half(&whole)), "结尾缺失"),
        ("a picture cut off", Attachment::new("证.png", half(&picture)), "结尾缺失"),
        ("more than twenty megabytes", Attachment::new("证.pdf", padded(&whole, 21 << 20)), "文件超过"),
    ]
}

/// A sound PDF with much in front of its end.
fn padded(whole: &[u8], size: usize) -> Vec<u8> {
    let mut all = whole[..9].to_vec();
    all.resize(size, b' ');
    all.extend_from_slice(&whole[9..]);
    all
}

fn incoming(pond: &Pond) -> usize {
    std::fs::read_dir(pond.world.app.data.join("files").join("incoming")).unwrap().count()
}

fn told(answer: &Answer, field: &str, words: &str, about: &str) {
    assert_eq!(answer.status, 422, "{about}: {}", answer.text());
    let html = scraper::Html::parse_document(&answer.body);
    let beside = format!("e-{field}");
    let said: String =
        html.select(&css(".field-error")).filter(|e| e.attr("id") == Some(&beside)).flat_map(|e| e.text()).collect();
    assert!(said.contains(words), "{about}: “{said}” beside {field}, not “{words}”: {}", answer.text());
    let link = format!("#f-{field}");
    assert!(html.select(&css(".errors a")).any(|a| a.attr("href") == Some(&link)), "{about}: no link in the summary");
}

#[test]
fn s047_a_file_that_cannot_be_taken_is_told_beside_its_field_and_gone() {
    let mut pond = Pond::reach(Point::Peopled, Winner::Member);
    intake::start(&mut pond);
    let page = pond.at("draft/papers");
    let collective = pond.browser("collective");
    for (about, file, words) in bad() {
        let answer = collective.upload(&page, &page, &[], &[("paper.t02", file)]);
        told(&answer, "paper.t02", words, about);
        assert_eq!(incoming(&pond), 0, "{about}: the temporary file is gone");
        assert!(collective.opened(&page).text().contains("还没有上传材料"), "{about}: nothing is kept");
    }
    // One of three is bad: the others are kept, and nobody has to send them again.
    let files = [
        ("paper.t02", papers::pdf("登记证书.pdf", "whole")),
        ("paper.t03", Attachment::new("权证.pdf", b"MZ\x90\x00".repeat(40))),
        ("paper.t06", papers::png("现状.png", [1, 2, 3])),
    ];
    let answer = collective.upload(&page, &page, &[], &files);
    told(&answer, "paper.t03", "PDF", "one of three");
    let _ = answer.says("其余 2 份已经保存，不用再传：登记证书.pdf、现状.png");
    assert_eq!(incoming(&pond), 0);
    let kept = collective.opened(&page).says("登记证书.pdf").says("现状.png");
    assert!(!kept.text().contains("权证.pdf"));
}

#[test]
fn s047_what_was_typed_beside_a_bad_file_stays() {
    let pond = Pond::reach(Point::Listed, Winner::Member);
    pond.wait_for(3, 6, 9, 0);
    let page = pond.public("/application");
    let member = pond.browser("member");
    let typed = [("intended_use", "鱼类养殖"), ("plan", "投放草鱼\u{20BB7}"), ("ability", "yes"), ("then", "save")];
    let file = Attachment::new("证.pdf", b"MZ\x90\x00".repeat(40));
    let answer = member.upload(&page, &page, &typed, &[("paper.r02", file)]);
    told(&answer, "paper.r02", "PDF", "an application");
    for words in ["鱼类养殖", "投放草鱼\u{20BB7}"] {
        assert!(answer.text().contains(words), "{words} is lost: {}", answer.text());
    }
    let html = scraper::Html::parse_document(&answer.body);
    let ticked = html.select(&css("input[name=ability][checked]")).next().and_then(|e| e.attr("value"));
    assert_eq!(ticked, Some("yes"));
    assert_eq!(incoming(&pond), 0);
    // Nothing is kept of it: the form is as it was before.
    assert!(!member.opened(&page).text().contains("鱼类养殖"));
    // With a sound file beside the bad one the draft is kept with that file.
    let files = [
        ("paper.r02", papers::pdf("身份证.pdf", "whole")),
        ("paper.r05", Attachment::new("承诺.png", papers::png("t.png", [4, 5, 6]).bytes[..60].to_vec())),
    ];
    let answer = member.upload(&page, &page, &typed, &files);
    told(&answer, "paper.r05", "结尾缺失", "one of two");
    let _ = answer.says("其余 1 份已经保存，不用再传：身份证.pdf");
    let _ = member.opened(&page).says("身份证.pdf").says("鱼类养殖");
}

#[test]
fn s047_a_desk_tells_of_a_bad_file_before_anything_is_done() {
    let pond = Pond::reach(Point::Peopled, Winner::Member);
    let page = "/desk/finance";
    let finance = pond.browser("finance");
    let picture = papers::png("流水.csv", [7, 7, 7]);
    let answer = finance.upload(page, "/desk/finance/statements", &[], &[("statement", picture)]);
    told(&answer, "statement", "CSV", "a statement");
    let letters = Attachment::new("流水.csv", "流水号,金额\n1,一百\n".as_bytes().to_vec());
    let answer = finance.upload(page, "/desk/finance/statements", &[], &[("statement", letters)]);
    told(&answer, "statement", "", "a table with wrong columns");
    // The sample beside the field says what the columns are; its one row is an example, and is not taken.
    let link = finance.opened(page).links("/desk/finance/statement-sample").remove(0);
    let sample = finance.opened(&link);
    assert!(sample.media_type.starts_with("text/csv"), "{}", sample.media_type);
    let text = String::from_utf8(sample.bytes.clone()).expect("text");
    assert!(text.starts_with("\u{FEFF}流水号,记账时间,") && text.lines().count() == 2, "{text}");
    assert!(text.contains("示例付款人（导入前请删除本行）"), "{text}");
    let left_in = Attachment::new("statement-sample.csv", sample.bytes);
    let answer = finance.upload(page, "/desk/finance/statements", &[], &[("statement", left_in)]);
    told(&answer, "statement", "不是交易资金结算账户", "the sample as it is");
    assert_eq!(pond.browser("review").get(&link).status, 403, "only who imports statements");
    assert_eq!(incoming(&pond), 0);
    let _ = finance.opened(page).says("还没有导入过流水");
}

/// A sound file beside a fault in the text cannot stay in the page: it says which must be chosen again.
#[test]
fn a_sound_file_that_goes_with_a_refused_form_is_told() {
    let pond = Pond::reach(Point::Listed, Winner::Member);
    pond.wait_for(3, 6, 9, 0);
    let page = pond.public("/application");
    let member = pond.browser("member");
    let typed = [("intended_use", "鱼类\u{7}养殖"), ("then", "save")];
    let files = [("paper.r02", papers::pdf("身份证.pdf", "whole"))];
    let answer = member.upload(&page, &page, &typed, &files);
    told(&answer, "paper.r02", "“身份证.pdf”没有保存，请重新选择文件", "beside a fault in the text");
    assert_eq!(incoming(&pond), 0);
    // An officer's letter likewise, when something else is missing.
    let officer = pond.browser("officer");
    let letter = [("paper.t08", papers::pdf("授权委托书.pdf", "Letter"))];
    let answer =
        officer.upload("/projects/new", "/projects", &[("variety", "0101"), ("place", ""), ("party", "")], &letter);
    told(&answer, "paper.t08", "请重新选择文件", "without a party");
    assert_eq!(incoming(&pond), 0);
}
