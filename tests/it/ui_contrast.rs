//! Contrast of every pair of text and ground that the style sheet uses, in both versions (WCAG 2.2).

use std::collections::HashMap;

use nongquan::web::assets;

/// Relative luminance after WCAG 2.2.
fn luminance(hex: &str) -> f64 {
    let channel = |i: usize| {
        let v = f64::from(u8::from_str_radix(&hex[i..i + 2], 16).unwrap()) / 255.0;
        if v <= 0.04045 { v / 12.92 } else { ((v + 0.055) / 1.055).powf(2.4) }
    };
    0.2126 * channel(1) + 0.7152 * channel(3) + 0.0722 * channel(5)
}

fn tokens(css: &str, selector: &str) -> HashMap<String, String> {
    let body = css.split_once(&format!("{selector} {{")).unwrap().1.split_once('}').unwrap().0;
    let pairs = body.split(';').filter_map(|line| line.trim().strip_prefix("--")?.split_once(": "));
    pairs.filter(|(_, v)| v.starts_with('#')).map(|(k, v)| (k.to_owned(), v.to_owned())).collect()
}

#[test]
fn ax02_every_pair_of_text_and_ground_has_contrast() {
    let css = std::str::from_utf8(assets::find("app.css").unwrap().0).unwrap();
    let normal = tokens(css, ":root");
    let mut large = normal.clone();
    large.extend(tokens(css, ".large"));
    let pairs = [
        ("ink", "paper", 7.0),
        ("ink", "paper-sunk", 7.0),
        ("ink-2", "paper", 7.0),
        ("ink-2", "paper-sunk", 7.0),
        ("ink-3", "paper", 4.5),
        ("ink-3", "paper-raised", 4.5),
        ("ink-3", "paper-sunk", 4.5),
        ("green", "paper", 4.5),
        ("green", "paper-raised", 4.5),
        ("green", "green-tint", 4.5),
        ("green-deep", "green-tint", 4.5),
        ("on-green", "green", 4.5),
        ("ochre", "ochre-tint", 4.5),
        ("ochre", "paper-raised", 4.5),
        ("ink-2", "ochre-tint", 4.5),
        ("ink-3", "ochre-tint", 4.5),
        ("ink-3", "red-tint", 4.5),
        ("ink-3", "green-tint", 4.5),
        ("red", "red-tint", 4.5),
        ("red", "paper-raised", 4.5),
        ("on-red", "red", 4.5),
        ("on-night", "night", 7.0),
        ("on-night-2", "night", 4.5),
        ("on-night-2", "night-2", 4.5),
        ("gold", "night", 4.5),
        ("gold", "night-2", 4.5),
        ("line-strong", "paper-raised", 3.0),
        ("line-strong", "paper", 3.0),
        ("focus", "paper", 3.0),
        ("ochre-bright", "night", 3.0),
    ];
    for (version, tokens) in [("normal", &normal), ("large", &large)] {
        for (text, ground, least) in pairs {
            let (a, b) = (luminance(&tokens[text]), luminance(&tokens[ground]));
            let ratio = (a.max(b) + 0.05) / (a.min(b) + 0.05);
            assert!(ratio >= least, "{version}: {text} on {ground} is {ratio:.2}, wanted {least}");
        }
    }
}
