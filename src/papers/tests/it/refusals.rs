//! What people type stays text, and what cannot be printed is refused.

use nongquan_papers::{Paper, PapersError, sample};

use crate::reader;
use crate::samples::PAPERS;

fn certificate_for(name: &str) -> Paper {
    let mut paper = sample::certificate();
    paper.transferee.name = name.to_owned();
    Paper::Certificate(Box::new(paper))
}

#[test]
fn typst_markup_in_data_is_printed_as_it_stands() {
    for name in
        ["张三#丰", "#include\"/base.typ\"", "*王*_五_$x$@a<b>", "#panic(1)\\u{5927}", "[李]#read(\"/data.json\")"]
    {
        let text = reader::text(&PAPERS.render(&certificate_for(name), "i").unwrap());
        assert!(text.contains(name), "{name}");
    }
}

#[test]
fn rare_characters_of_names_are_printed() {
    let text = reader::text(&PAPERS.render(&certificate_for("䶮㛃𠮷"), "i").unwrap());
    assert!(text.contains("䶮㛃𠮷"));
    assert!(PAPERS.missing_glyphs("䶮㛃𠮷，蓝山县〔2026〕\n① ㎡").is_empty());
}

#[test]
fn a_character_without_glyph_refuses_the_paper() {
    let refused = PAPERS.render(&certificate_for("王\u{10FFFD}一\u{202E}\u{7}"), "i").unwrap_err();
    assert!(
        matches!(&refused, PapersError::MissingGlyphs(c) if c == &['\u{7}', '\u{202E}', '\u{10FFFD}']),
        "{refused}"
    );
    assert!(refused.to_string().contains("U+10FFFD"));
    assert_eq!(PAPERS.missing_glyphs("甲\u{200B}乙\u{E000}丙\u{FEFF}"), ['\u{200B}', '\u{E000}', '\u{FEFF}']);
    assert_eq!(PAPERS.missing_glyphs("甲\u{10FFFD}乙\u{10FFFD}"), ['\u{10FFFD}']);
}

#[test]
fn without_a_font_the_operator_is_told_what_to_install() {
    let refused = PapersError::NoFont { searched: "/usr/share/fonts".to_owned() }.to_string();
    assert!(refused.contains("apt-get install fonts-noto-cjk") && refused.contains("/usr/share/fonts"));
}

#[test]
fn an_overlong_address_for_the_code_is_refused() {
    let mut paper = sample::certificate();
    paper.verify_url = "x".repeat(5000);
    assert!(matches!(PAPERS.render(&paper.into(), "i"), Err(PapersError::Qr(_))));
}
