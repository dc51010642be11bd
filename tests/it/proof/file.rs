//! The log as an exported file, and receipts, checked without the database.

use std::io::Cursor;

use nongquan::acts::checkpoint;
use nongquan::acts::verify::{self, Checked, Report};
use nongquan::crypto::journal::SignedHead;
use nongquan::crypto::keys::PublicBundle;
use proptest::prelude::*;

use super::world::Sold;

fn export(sold: &Sold) -> String {
    let mut out = Vec::new();
    checkpoint::export(&sold.app.store, &sold.app.keys, sold.app.clock.now(), &mut out).unwrap();
    String::from_utf8(out).unwrap()
}

fn check(text: &str, keys: Option<&PublicBundle>, head: Option<&SignedHead>) -> (Report, Option<Checked>) {
    verify::journal_file(Cursor::new(text), keys, head, None).unwrap()
}

#[test]
fn an_exported_log_proves_the_whole_auction() {
    let sold = Sold::new();
    let kept = checkpoint::newest(&sold.app).unwrap().unwrap();
    let text = export(&sold);
    let public = sold.app.keys.public_bundle();
    let (report, checked) = check(&text, Some(&public), Some(&kept));
    assert!(report.is_green(), "{:?}", report.broken);
    assert_eq!(report.count("重新运行的竞价场次"), 1);
    assert!(report.count("日志叶") > 20 && report.count("签名树头") >= 2, "{report:?}");
    // One lot alone, and one that is not there.
    let of = |lot| verify::journal_file(Cursor::new(&text), Some(&public), None, Some(lot)).unwrap().0;
    assert_eq!(of(&sold.room.lot_no).count("重新运行的竞价场次"), 1);
    assert!(!of("431127100N26990001-1").is_green());
    // Keys from elsewhere are trusted, the file's own only with a word of warning.
    assert!(check(&text, None, None).0.notes.iter().any(|n| n.contains("公钥取自文件本身")));
    let others = nongquan::crypto::Keys::ephemeral(nongquan::crypto::Suite::Intl).unwrap().public_bundle();
    let (foreign, _) = check(&text, Some(&others), None);
    assert!(foreign.broken[0].what.contains("不在可信"), "{:?}", foreign.broken);
    receipts(&sold, &public, &checked.unwrap());
}

fn receipts(sold: &Sold, public: &PublicBundle, log: &Checked) {
    let receipt = sold.market.last_receipt(&sold.app, &sold.room);
    let text = serde_json::to_string(&receipt).unwrap();
    assert!(verify::receipt(&text, public, Some(log)).unwrap().is_green());
    assert!(verify::receipt(&text, public, None).unwrap().is_green());
    let mut forged = receipt.clone();
    forged.payload.amount_fen.0 += 100;
    let text = serde_json::to_string(&forged).unwrap();
    let report = verify::receipt(&text, public, Some(log)).unwrap();
    assert!(report.broken[0].what.contains("签名与内容不符"), "{:?}", report.broken);
    assert!(!verify::receipt("{}", public, None).unwrap().is_green());
    // Signed by the right key, but of a bid that the log has otherwise.
    let mut other = receipt.payload.clone();
    other.seq -= 1;
    let signed = nongquan::crypto::statement::Signed::sign(other, sold.app.keys.receipt()).unwrap();
    let text = serde_json::to_string(&signed).unwrap();
    assert!(verify::receipt(&text, public, Some(log)).unwrap().broken[0].what.contains("不同"));
}

#[test]
fn a_log_that_lost_or_changed_a_line_is_seen() {
    let sold = Sold::new();
    let text = export(&sold);
    let public = sold.app.keys.public_bundle();
    let lines: Vec<&str> = text.lines().collect();
    let broken = |lines: &[String]| check(&lines.join("\n"), Some(&public), None).0.broken;
    let own = |skip: usize| -> Vec<String> {
        lines.iter().enumerate().filter(|(n, _)| *n != skip).map(|(_, l)| (*l).to_owned()).collect()
    };
    // Line 1 is the beginning: leaf n stands in line n + 2 while no head comes before it.
    assert!(broken(&own(6))[0].place.contains("日志第 5 号叶"), "{:?}", broken(&own(6)));
    assert!(broken(&own(lines.len() - 1))[0].what.contains("没有结束行"));
    assert!(broken(&own(0))[0].place.contains("第 1 行"));
    let mut changed: Vec<String> = lines.iter().map(|l| (*l).to_owned()).collect();
    changed[6] = changed[6].replacen("\"kind\":\"", "\"kind\":\"x", 1);
    assert!(broken(&changed)[0].place.contains("日志第 5 号叶"), "{:?}", broken(&changed));
    assert!(check("", None, None).0.broken[0].place.contains("第 1 行"));
    // A tail cut off cleanly is seen by whoever kept a head.
    let head = checkpoint::newest(&sold.app).unwrap().unwrap();
    let cut = lines.iter().position(|l| l.contains("\"line\":\"head\"")).unwrap();
    let mut short: Vec<String> = lines[..=cut].iter().map(|l| (*l).to_owned()).collect();
    short.push(format!("{{\"line\":\"end\",\"size\":{}}}", cut - 1));
    let (report, _) = check(&short.join("\n"), Some(&public), None);
    assert!(report.is_green(), "{:?}", report.broken);
    let (report, _) = check(&short.join("\n"), Some(&public), Some(&head));
    assert!(report.broken[0].what.contains("末尾被删除过"), "{:?}", report.broken);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    /// No character of a leaf or head can be changed without being seen.
    #[test]
    fn t01_no_byte_of_the_log_can_be_changed(at in any::<prop::sample::Index>(), by in 1u8..=9) {
        let (text, public) = SAMPLE.with(Clone::clone);
        let first = text.find('\n').unwrap() + 1;
        let last = text.trim_end().rfind('\n').unwrap();
        let mut bytes = text.clone().into_bytes();
        let at = first + at.index(last - first);
        let old = bytes[at];
        bytes[at] = if old.is_ascii_digit() { b'0' + (old - b'0' + by) % 10 } else { old ^ by };
        prop_assume!(bytes[at] != old);
        let Ok(changed) = String::from_utf8(bytes) else { return Ok(()) };
        let same = changed.lines().zip(text.lines()).all(|(a, b)| {
            serde_json::from_str::<serde_json::Value>(a).ok() == serde_json::from_str(b).ok()
        });
        prop_assume!(!same || changed.lines().count() != text.lines().count());
        prop_assert!(!check(&changed, Some(&public), None).0.is_green(), "{at}: {}", &changed[first..]);
    }
}

thread_local! {
    static SAMPLE: (String, PublicBundle) = {
        let sold = Sold::new();
        (export(&sold), sold.app.keys.public_bundle())
    };
}
