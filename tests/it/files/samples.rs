//! The smallest files that are whole.

use std::io::{Cursor, Write};

use flate2::Compression;
use flate2::write::ZlibEncoder;
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

pub fn pdf() -> Vec<u8> {
    pdf_with(
        b"1 0 obj\n<< /Type /Catalog /Pages 2 0 R >>\nendobj\n2 0 obj\n<< /Type /Pages /Kids [] /Count 0 >>\nendobj\n",
    )
}

pub fn pdf_with(objects: &[u8]) -> Vec<u8> {
    [b"%PDF-1.7\n%\xE2\xE3\xCF\xD3\n", objects, b"trailer\n<< /Root 1 0 R /Size 3 >>\nstartxref\n0\n%%EOF\n"].concat()
}

/// A PDF whose objects stand packed in an object stream, as most programs write them today.
pub fn pdf_packed(objects: &[u8]) -> Vec<u8> {
    let mut packer = ZlibEncoder::new(Vec::new(), Compression::default());
    packer.write_all(objects).unwrap();
    let packed = packer.finish().unwrap();
    let head =
        format!("1 0 obj\n<< /Type /ObjStm /N 1 /First 4 /Filter /FlateDecode /Length {} >>\nstream\r\n", packed.len());
    pdf_with(&[head.as_bytes(), &packed, b"\nendstream\nendobj\n"].concat())
}

pub fn png(width: u32, height: u32) -> Vec<u8> {
    let mut out = b"\x89PNG\r\n\x1a\n".to_vec();
    let size = [width.to_be_bytes(), height.to_be_bytes()].concat();
    chunk(&mut out, b"IHDR", &[&size[..], &[8, 2, 0, 0, 0]].concat());
    chunk(&mut out, b"IDAT", &[0x78, 0x9C, 3, 0, 0, 0, 0, 1]);
    chunk(&mut out, b"IEND", &[]);
    out
}

fn chunk(out: &mut Vec<u8>, name: &[u8; 4], body: &[u8]) {
    out.extend_from_slice(&(body.len() as u32).to_be_bytes());
    out.extend_from_slice(name);
    out.extend_from_slice(body);
    out.extend_from_slice(&[0; 4]);
}

/// A progressive photograph: two scans, a restart mark and a stuffed FF in the data.
pub fn jpeg(width: u16, height: u16) -> Vec<u8> {
    let mut out = b"\xFF\xD8\xFF\xE0\x00\x10JFIF\x00\x01\x01\x00\x00\x01\x00\x01\x00\x00".to_vec();
    out.extend_from_slice(b"\xFF\xC2\x00\x0B\x08");
    out.extend_from_slice(&height.to_be_bytes());
    out.extend_from_slice(&width.to_be_bytes());
    out.extend_from_slice(b"\x01\x01\x11\x00");
    for _ in 0..2 {
        out.extend_from_slice(b"\xFF\xDA\x00\x08\x01\x01\x00\x00\x3F\x00");
        out.extend_from_slice(b"\x12\xFF\x00\x34\xFF\xD0\x56\x78");
    }
    out.extend_from_slice(b"\xFF\xD9");
    out
}

pub fn xlsx(further: &[&str]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for name in ["[Content_Types].xml", "_rels/.rels", "xl/workbook.xml"].iter().chain(further) {
        zip.start_file(*name, SimpleFileOptions::default()).unwrap();
        zip.write_all(b"<xml/>").unwrap();
    }
    zip.finish().unwrap().into_inner()
}

pub fn csv() -> Vec<u8> {
    "流水号,记账时间,付款人,金额\n1,2026-11-22 09:00:00,盘三妹,42000.00\n".as_bytes().to_vec()
}
