//! Templates: each has one struct or one parent, no inline script or style, no English.

use std::collections::{BTreeMap, BTreeSet};

use super::tree::{self, Source, none};

/// Text that may stand in Latin letters: names of formats, tokens and laws of the web.
const LATIN: &[&str] = &["SM2", "SM3", "PDF", "CSV", "ZIP", "QR", "JPG", "PNG", "JPEG"];

/// Templates where a filter other than HTML escaping was reviewed: path and reason.
const UNESCAPED: &[(&str, &str)] = &[];

fn templates() -> Vec<Source> {
    tree::files("templates", &[".html", ".txt", ".xml", ".svg"])
}

/// Names quoted after one of `words` in a text.
fn quoted_after(text: &str, words: &[&str]) -> Vec<String> {
    let mut found = Vec::new();
    for word in words {
        for (at, _) in text.match_indices(word) {
            let rest = text[at + word.len()..].trim_start();
            if let Some(name) = rest.strip_prefix('"').and_then(|r| r.split('"').next()) {
                found.push(name.to_owned());
            }
        }
    }
    found
}

#[test]
fn every_template_has_one_owner() {
    let mut structs: BTreeMap<String, usize> = BTreeMap::new();
    for source in tree::files("src", &[".rs"]) {
        for name in quoted_after(&source.text, &["template(path ="]) {
            *structs.entry(name).or_default() += 1;
        }
    }
    let used: BTreeSet<String> =
        templates().iter().flat_map(|t| quoted_after(&t.text, &["extends", "include", "import"])).collect();
    let mut offenders = Vec::new();
    let mut known = BTreeSet::new();
    for template in templates() {
        let name = template.path.trim_start_matches("templates/").to_owned();
        match (structs.get(&name).copied().unwrap_or(0), used.contains(&name)) {
            (0, false) => offenders.push(format!("{name} is used by nothing")),
            (0 | 1, _) => {}
            (n, _) => offenders.push(format!("{name} has {n} structs")),
        }
        known.insert(name);
    }
    for name in structs.keys().chain(&used).filter(|name| !known.contains(*name)) {
        offenders.push(format!("{name} is named but is not there"));
    }
    none("templates and structs that do not match", offenders);
}

#[test]
fn s004_no_inline_script_or_style() {
    let mut offenders = Vec::new();
    for template in templates() {
        let lower = template.text.to_lowercase();
        for (at, _) in lower.match_indices("<script") {
            let tag = lower[at..].split('>').next().unwrap_or_default();
            if !tag.contains("src=") && !tag.contains("application/json") && !tag.contains("application/ld+json") {
                offenders.push(format!("{}: <script> without src", template.path));
            }
        }
        for word in ["<style", " style=", "javascript:"] {
            if lower.contains(word) {
                offenders.push(format!("{}: {word}", template.path));
            }
        }
        for tag in tags(&lower) {
            let handler = tag.split_whitespace().skip(1).any(|a| {
                a.strip_prefix("on")
                    .and_then(|a| a.split_once('='))
                    .is_some_and(|(n, _)| n.chars().all(char::is_alphabetic))
            });
            if handler {
                offenders.push(format!("{}: an on… attribute in <{tag}>", template.path));
            }
        }
    }
    none("script or style inside a page (the content policy forbids both)", offenders);
}

#[test]
fn s002_everything_is_escaped() {
    let mut offenders = Vec::new();
    for template in templates() {
        let excused = UNESCAPED.iter().any(|(path, reason)| *path == template.path && reason.len() > 20);
        for (n, line) in template.lines() {
            let compact: String = line.chars().filter(|c| !c.is_whitespace()).collect();
            if !excused
                && (compact.contains("|safe")
                    || compact.contains("autoescapefalse")
                    || compact.contains("escape(\"none"))
            {
                offenders.push(format!("{}:{n}: {}", template.path, line.trim()));
            }
        }
    }
    for source in tree::files("src", &[".rs"]) {
        if source.text.contains("escape = \"none\"") {
            offenders.push(format!("{}: escape = \"none\"", source.path));
        }
    }
    none("values that reach a page unescaped", offenders);
}

#[test]
fn the_interface_is_chinese() {
    let mut offenders = Vec::new();
    for template in templates() {
        for piece in spoken(&template.text) {
            if is_english(&piece) {
                offenders.push(format!("{}: {}", template.path, piece.trim()));
            }
        }
    }
    none("English in the interface", offenders);
}

/// What is inside `<…>`, without the brackets.
fn tags(html: &str) -> Vec<&str> {
    html.split('<').skip(1).filter_map(|rest| rest.split('>').next()).collect()
}

/// Text between tags and in spoken attributes, with template expressions taken out.
fn spoken(html: &str) -> Vec<String> {
    let plain = strip(&strip(&strip(&strip(html, "{#", "#}"), "{%", "%}"), "{{", "}}"), "<!--", "-->");
    let plain = strip(&strip(&plain, "<script", "</script>"), "<code", "</code>");
    let mut pieces = Vec::new();
    for part in plain.split('<') {
        match part.split_once('>') {
            Some((tag, text)) => {
                pieces.push(text.to_owned());
                pieces.extend(quoted_after(tag, &["aria-label=", "title=", "placeholder=", "alt="]));
            }
            None => pieces.push(part.to_owned()),
        }
    }
    pieces
}

fn strip(text: &str, from: &str, to: &str) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once(from) {
        out.push_str(before);
        out.push(' ');
        rest = after.split_once(to).map_or("", |(_, after)| after);
    }
    out + rest
}

/// Two Latin words side by side, or a lone one that fills the whole text.
fn is_english(piece: &str) -> bool {
    let text = strip(piece, "&", ";");
    let words: Vec<&str> = text.split_whitespace().collect();
    let latin = |w: &str| {
        let letters = w.chars().filter(char::is_ascii_alphabetic).count();
        letters >= 2
            && w.is_ascii()
            && !w.contains(['/', '@', '_', '='])
            && !LATIN.contains(&w.trim_matches(|c: char| !c.is_alphanumeric()))
    };
    let pair = words.windows(2).any(|w| latin(w[0]) && latin(w[1]));
    pair || (words.len() == 1 && latin(words[0]) && words[0].chars().all(|c| c.is_ascii_alphabetic()))
}

#[test]
fn the_reader_of_words_reads() {
    assert!(is_english("Log in"));
    assert!(is_english("Submit"));
    assert!(!is_english("竞价 &nbsp; SM2 签名"));
    assert!(!is_english(" 下载 PDF "));
    assert_eq!(spoken("<p title=\"你好\">{{ name }} 您</p>").join("|").trim(), "|  您|你好|".trim());
}
