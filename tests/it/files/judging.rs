//! What a file is, by its content.

use nongquan::files::kind::{FileKind, agree, judge};
use nongquan::files::{FileRefusal, Slot, decode_text};

use super::samples::{csv, jpeg, pdf, pdf_packed, pdf_with, png, xlsx};

/// Takes everything.
const ANY: Slot = Slot { kinds: &FileKind::ALL, max_bytes: 1 << 20, max_megapixels: 60 };

fn refused(bytes: &[u8], slot: &Slot) -> FileRefusal {
    judge(bytes, slot).unwrap_err()
}

#[test]
fn whole_files_are_told_by_content() {
    for (bytes, kind) in [
        (pdf(), FileKind::Pdf),
        (pdf_packed(b"<< /Type /Catalog >>"), FileKind::Pdf),
        (png(640, 480), FileKind::Png),
        (jpeg(640, 480), FileKind::Jpeg),
        (xlsx(&[]), FileKind::Xlsx),
        (csv(), FileKind::Csv),
    ] {
        assert_eq!(judge(&bytes, &ANY), Ok(kind));
        assert_eq!(FileKind::from_code(kind.code()), Some(kind));
    }
}

#[test]
fn s048_every_cut_off_file_is_refused() {
    for (bytes, kind) in [(png(640, 480), FileKind::Png), (jpeg(640, 480), FileKind::Jpeg)] {
        for end in 16..bytes.len() {
            let refusal = refused(&bytes[..end], &ANY);
            assert_eq!(refusal, FileRefusal::CutOff(kind), "{kind:?} cut at {end}");
        }
    }
    let whole = pdf();
    for end in 9..whole.len() - 6 {
        assert_eq!(refused(&whole[..end], &ANY), FileRefusal::CutOff(FileKind::Pdf), "PDF cut at {end}");
    }
    let book = xlsx(&[]);
    for end in [book.len() / 2, book.len() - 10] {
        assert!(judge(&book[..end], &Slot::TABLE).is_err(), "XLSX cut at {end}");
    }
    assert_eq!(refused(b"", &ANY), FileRefusal::Empty);
}

#[test]
fn s048_a_file_of_the_wrong_kind_is_named() {
    let allowed = Slot::PAPER.kinds;
    for (bytes, found) in [
        (b"MZ\x90\x00\x03\x00\x00\x00".to_vec(), Some("exe")),
        (b"GIF89a\x01\x00\x01\x00".to_vec(), Some("gif")),
        (b"<!DOCTYPE html><html><body>x</body></html>".to_vec(), Some("html")),
        (b"<svg xmlns=\"http://www.w3.org/2000/svg\"><script>1</script></svg>".to_vec(), None),
        (xlsx(&[]), Some("xlsx")),
        (csv(), None),
        (b"\x00\x00\x00\x18ftypheic\x00\x00\x00\x00mif1heic".to_vec(), Some("heif")),
    ] {
        let refusal = refused(&bytes, &Slot::PAPER);
        let FileRefusal::WrongKind { found: told, allowed: kinds } = &refusal else { panic!("{refusal:?}") };
        assert_eq!(*kinds, allowed);
        assert!(found.is_none() || *told == found, "{refusal:?}");
        let text = refusal.zh();
        assert!(
            text.contains("PDF、JPG 图片、PNG 图片") && text.ends_with("后上传。") || text.ends_with("再上传。"),
            "{text}"
        );
    }
    let heic = refused(b"\x00\x00\x00\x18ftypheic\x00\x00\x00\x00mif1heic", &Slot::PAPER).zh();
    assert!(heic.contains("兼容性最佳"), "{heic}");
}

#[test]
fn s048_active_and_locked_pdfs_are_refused() {
    let action = |text: &[u8]| pdf_with(&[b"1 0 obj\n<< /OpenAction << ", text, b" >> >>\nendobj\n"].concat());
    for text in [
        &b"/S /JavaScript /JS (app.alert(1))"[..],
        b"/S/JavaScript/JS(1)",
        b"/S /Java#53cript /JS (1)",
        b"/S /#4a#61#76#61#53#63#72#69#70#74 /JS (1)",
        b"/S /Launch /F (cmd.exe)",
        b"/Subtype /RichMedia",
    ] {
        assert_eq!(refused(&action(text), &ANY), FileRefusal::ActiveContent, "{}", String::from_utf8_lossy(text));
        assert_eq!(refused(&pdf_packed(text), &ANY), FileRefusal::ActiveContent, "packed");
    }
    assert_eq!(refused(&action(b"/Encrypt 5 0 R"), &ANY), FileRefusal::Encrypted);
    // Opening on page one is harmless, and so are these words in text and in page content.
    assert_eq!(judge(&action(b"/S /GoTo /D [3 0 R /Fit]"), &ANY), Ok(FileKind::Pdf));
    assert_eq!(judge(&pdf_with(b"1 0 obj\n<< /Title (JavaScript) >>\nendobj\n"), &ANY), Ok(FileKind::Pdf));
    let page = b"1 0 obj\n<< /Length 20 >>\nstream\n/JavaScript /Launch \nendstream\nendobj\n";
    assert_eq!(judge(&pdf_with(page), &ANY), Ok(FileKind::Pdf));
}

#[test]
fn f13_a_pdf_bomb_is_refused() {
    let bomb = pdf_packed(&vec![b' '; 40 << 20]);
    assert!(bomb.len() < 100_000);
    assert_eq!(refused(&bomb, &ANY), FileRefusal::Damaged(FileKind::Pdf));
}

#[test]
fn s048_two_files_in_one_are_refused() {
    let html = b"<html><script>alert(1)</script></html>";
    assert_eq!(refused(&[&jpeg(4, 4)[..], html].concat(), &ANY), FileRefusal::Hidden(FileKind::Jpeg));
    assert_eq!(refused(&[png(4, 4), xlsx(&[])].concat(), &ANY), FileRefusal::Hidden(FileKind::Png));
    assert_eq!(refused(&[jpeg(4, 4), pdf()].concat(), &ANY), FileRefusal::Hidden(FileKind::Jpeg));
    let mut comment = jpeg(4, 4);
    comment.splice(2..2, *b"\xFF\xFE\x00\x0A%PDF-1.4");
    assert_eq!(refused(&comment, &ANY), FileRefusal::Hidden(FileKind::Jpeg));
    assert_ne!(judge(&[b"#!/bin/sh\n".as_slice(), &pdf()].concat(), &Slot::PAPER), Ok(FileKind::Pdf));
    // What phones append is no fault: a second picture, a short film.
    assert_eq!(judge(&[jpeg(4, 4), jpeg(2, 2)].concat(), &ANY), Ok(FileKind::Jpeg));
    assert_eq!(judge(&[&jpeg(4, 4)[..], b"\x00\x00\x00\x18ftypmp42"].concat(), &ANY), Ok(FileKind::Jpeg));
}

#[test]
fn s051_pixel_bombs_are_refused_by_their_header() {
    assert_eq!(refused(&png(50_000, 50_000), &ANY), FileRefusal::TooManyPixels(60));
    assert_eq!(refused(&jpeg(65_000, 65_000), &ANY), FileRefusal::TooManyPixels(60));
    assert_eq!(refused(&png(u32::MAX, u32::MAX), &ANY), FileRefusal::TooManyPixels(60));
    assert_eq!(judge(&jpeg(9_000, 6_600), &ANY), Ok(FileKind::Jpeg));
    assert_eq!(refused(&png(0, 5), &ANY), FileRefusal::Damaged(FileKind::Png));
}

#[test]
fn s049_workbooks_are_looked_into_without_unpacking() {
    assert_eq!(refused(&xlsx(&["xl/vbaProject.bin"]), &ANY), FileRefusal::Macros);
    assert_eq!(refused(&xlsx(&["../../etc/passwd"]), &ANY), FileRefusal::Hidden(FileKind::Xlsx));
    let names: Vec<String> = (0..2_100).map(|i| format!("xl/media/{i}")).collect();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    assert_eq!(refused(&xlsx(&names), &ANY), FileRefusal::UnpacksTooBig);
}

#[test]
fn bank_statements_come_in_three_encodings() {
    let text = String::from_utf8(csv()).unwrap();
    let gbk = encoding_rs::GB18030.encode(&text).0.into_owned();
    let utf16: Vec<u8> = [0xFF, 0xFE].into_iter().chain(text.encode_utf16().flat_map(u16::to_le_bytes)).collect();
    let marked = [b"\xEF\xBB\xBF".as_slice(), text.as_bytes()].concat();
    for bytes in [text.as_bytes(), &gbk, &utf16, &marked] {
        assert_eq!(decode_text(bytes).unwrap(), text);
        assert_eq!(judge(bytes, &Slot::STATEMENT), Ok(FileKind::Csv));
    }
    for bad in [&b"a,b\n1,\x00\n"[..], b"a,b\x1B[31m\n", b"\xFF\xFF\xFF", b"  <html>", b" \n", &[0x81, 0x20]] {
        assert!(judge(bad, &Slot::STATEMENT).is_err(), "{bad:?}");
    }
}

#[test]
fn s048_name_and_declared_type_must_agree_with_the_content() {
    for (kind, name, declared) in [
        (FileKind::Pdf, "承包合同.PDF", Some("application/pdf")),
        (FileKind::Jpeg, "照片.jpeg", Some("image/jpeg; charset=binary")),
        (FileKind::Jpeg, "照片", None),
        (FileKind::Csv, "流水.csv", Some("application/vnd.ms-excel")),
        (FileKind::Png, "图.png", Some("application/octet-stream")),
    ] {
        assert_eq!(agree(kind, name, declared), Ok(()), "{name}");
    }
    for (kind, name, declared) in [
        (FileKind::Pdf, "a.jpg", None),
        (FileKind::Jpeg, "a.jpg.exe", None),
        (FileKind::Png, "a.png", Some("text/html")),
        (FileKind::Csv, "a.html", None),
    ] {
        let refusal = agree(kind, name, declared).unwrap_err();
        assert_eq!(refusal.code(), "FILE_MISMATCH");
    }
}
