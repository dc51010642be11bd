//! Long, short and empty content keeps its shape.

use nongquan_papers::{Fact, Head, LetterPaper, Paper, TablePaper, sample};

use crate::reader;
use crate::samples::PAPERS;

fn pages(paper: &Paper) -> Vec<String> {
    reader::pages(&PAPERS.render(paper, "i").unwrap())
}

#[test]
fn a_long_bid_table_repeats_its_head_and_numbers_its_pages() {
    let pages = pages(&sample::bid_record(60).into());
    assert!(pages.len() >= 2, "{} pages", pages.len());
    for (i, page) in pages[..2].iter().enumerate() {
        assert!(page.contains("服务器收到时间"), "page {} lacks the table's head", i + 1);
    }
    for (i, page) in pages.iter().enumerate() {
        assert!(page.contains(&format!("第{}页共{}页", i + 1, pages.len())));
        assert!(page.contains("LSNC431127100-05-202611-0007-01P01"), "page {} lacks the number", i + 1);
    }
    assert!(pages.concat().contains("1200.00元/亩/年"), "the last bid is missing");
}

#[test]
fn a_room_without_bids_says_so() {
    assert!(pages(&sample::bid_record(0).into()).concat().contains("（无）"));
}

#[test]
fn demo_papers_say_so_on_every_page_and_real_ones_do_not() {
    let mut paper = sample::lease();
    for page in pages(&paper.clone().into()) {
        assert!(page.contains("演示数据，不具有法律效力"));
    }
    paper.head.demo = false;
    assert!(!pages(&paper.into()).concat().contains("演示"));
}

#[test]
fn optional_parts_that_are_absent_leave_no_trace() {
    let mut paper = sample::lease();
    let full = pages(&paper.clone().into()).concat();
    assert!(full.contains("履约保证：") && full.contains("收款账户：") && full.contains("租金调整："));
    paper.bond = None;
    paper.account = None;
    paper.rent.adjustment = None;
    paper.assets.clear();
    paper.approvals.clear();
    let bare = pages(&paper.into()).concat();
    for gone in ["履约保证：", "收款账户：", "租金调整：", "本次流转已办理", "提灌站", "none", "（）"]
    {
        assert!(!bare.contains(gone), "{gone}");
    }
    assert!(bare.contains("（二）交易保证金") || bare.contains("（一）交易保证金"), "points are numbered without gaps");
}

#[test]
fn an_ordinary_certificate_is_one_page() {
    assert_eq!(pages(&sample::certificate().into()).len(), 1);
}

#[test]
fn long_names_and_texts_are_printed_whole() {
    let name = "蓝山县塔峰镇".to_owned() + &"示例村民小组联合".repeat(14);
    let mut paper = sample::certificate();
    paper.transferee.name = name.clone();
    paper.object = name.clone();
    paper.remark = Some("备".repeat(200));
    paper.verify_url = format!("https://nongquan.example/verify/{}", "a1".repeat(60));
    let text = pages(&paper.clone().into()).concat();
    assert!(text.contains(&name) && text.contains(&"备".repeat(200)) && text.contains(&paper.verify_url));
}

#[test]
fn rows_are_cut_or_padded_to_the_columns() {
    let columns = sample::correction();
    let mut letter = LetterPaper::from(columns);
    let head = letter.table.take().map(|t| t.columns).unwrap_or_default();
    let rows = vec![vec!["甲".to_owned()], ["一", "二", "三", "四", "多余"].map(str::to_owned).to_vec()];
    letter.table = Some(TablePaper::new(head, rows));
    let text = pages(&letter.into()).concat();
    assert!(text.contains("一二三四") && !text.contains("多余"));
}

#[test]
fn an_empty_letter_still_names_organ_and_day() {
    let head =
        Head { number: "A-1".into(), organ: "示例机关".into(), date: "2026年11月22日".into(), demo: false };
    let mut letter = LetterPaper::new(head, "通知");
    letter.facts = vec![Fact::new("有值", "甲"), Fact::new("无值", "")];
    let text = pages(&letter.into()).concat();
    assert!(text.contains("示例机关") && text.contains("2026年11月22日") && text.contains("有值甲"));
    assert!(!text.contains("无值"));
}
