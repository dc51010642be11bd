//! File names are shown, never used.

use nongquan::files::{FileKind, FileRefusal, Slot, display_name, disposition};

#[test]
fn s052_names_lose_folders_and_tricks() {
    let name = |given: &str| display_name(given, FileKind::Pdf);
    assert_eq!(name("承包合同.pdf").unwrap(), "承包合同.pdf");
    assert_eq!(name("../../etc/passwd.pdf").unwrap(), "passwd.pdf");
    assert_eq!(name("C:\\Users\\盘\\合同.PDF").unwrap(), "合同.pdf");
    assert_eq!(name("合\u{202E}fdp.exe\u{0}同.pdf").unwrap(), "合fdp.exe同.pdf");
    assert_eq!(name("无扩展名").unwrap(), "无扩展名.pdf");
    assert_eq!(name("䶮\u{20BB7}村.pdf").unwrap(), "䶮\u{20BB7}村.pdf");
    assert_eq!(name(".pdf").unwrap(), "pdf.pdf");
    assert_eq!(name(&format!("{}.pdf", "长".repeat(300))).unwrap().chars().count(), 104);
    for bad in ["", "/", "..", "\u{200B}\u{202E}", "a/"] {
        assert_eq!(name(bad), Err(FileRefusal::BadName), "{bad:?}");
    }
}

#[test]
fn s053_download_headers_cannot_be_broken_out_of() {
    assert_eq!(
        disposition("合同 1.pdf", false),
        "attachment; filename=\"___1.pdf\"; filename*=UTF-8''%E5%90%88%E5%90%8C%201.pdf"
    );
    let tricky = disposition("a\"; filename=b.exe\r\nX: y.pdf", true);
    assert!(tricky.starts_with("inline; ") && !tricky.contains(['\r', '\n']), "{tricky}");
    assert_eq!(tricky.matches('"').count(), 2, "{tricky}");
}

#[test]
fn the_file_field_offers_what_the_place_takes() {
    assert_eq!(Slot::PAPER.accept(), ".pdf,.jpg,.jpeg,.jpe,.jfif,.png");
}
