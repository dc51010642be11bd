//! Photographs and scans: whole, of bearable size, and nothing else besides.
//! Nothing is decoded; the size is read from the header first (checklist S051).

use super::kind::FileKind;
use super::pdf::find;
use super::refusal::FileRefusal;

const PNG_HEAD: &[u8] = b"\x89PNG\r\n\x1a\n";

/// Walks the chunks of a PNG from the header to IEND.
pub fn check_png(bytes: &[u8], max_megapixels: u64) -> Result<(), FileRefusal> {
    let damaged = FileRefusal::Damaged(FileKind::Png);
    let cut_off = FileRefusal::CutOff(FileKind::Png);
    let mut rest = bytes.strip_prefix(PNG_HEAD).ok_or(damaged.clone())?;
    let (mut first, mut data) = (true, false);
    loop {
        let (head, after) = rest.split_at_checked(8).ok_or(cut_off.clone())?;
        let len = be32(&head[..4]) as usize;
        let body = after.get(..len).ok_or(cut_off.clone())?;
        match &head[4..] {
            b"IHDR" if first && len == 13 => {
                pixels(be32(&body[..4]), be32(&body[4..8]), max_megapixels, FileKind::Png)?
            }
            _ if first => return Err(damaged),
            b"IDAT" => data = true,
            _ => {}
        }
        first = false;
        let end = len.checked_add(4).ok_or(damaged.clone())?;
        rest = after.get(end..).ok_or(cut_off.clone())?;
        if &head[4..] == b"IEND" {
            break;
        }
    }
    if !data {
        return Err(damaged);
    }
    nothing_hidden(bytes, rest, FileKind::Png)
}

/// Walks the segments of a JPEG from the header through every scan to the end mark.
pub fn check_jpeg(bytes: &[u8], max_megapixels: u64) -> Result<(), FileRefusal> {
    let damaged = FileRefusal::Damaged(FileKind::Jpeg);
    let cut_off = FileRefusal::CutOff(FileKind::Jpeg);
    let mut rest = bytes.strip_prefix(b"\xFF\xD8").ok_or(damaged.clone())?;
    let (mut sized, mut scanned) = (false, false);
    loop {
        let at = rest.iter().position(|b| *b != 0xFF).ok_or(cut_off.clone())?;
        if at == 0 {
            return Err(damaged);
        }
        let marker = rest[at];
        rest = &rest[at + 1..];
        match marker {
            0xD9 if sized && scanned => return nothing_hidden(bytes, rest, FileKind::Jpeg),
            0xD8 | 0xD9 | 0x00 => return Err(damaged),
            0x01 | 0xD0..=0xD7 => continue,
            _ => {}
        }
        let len = be16(rest.get(..2).ok_or(cut_off.clone())?);
        let body = rest.get(2..len.max(2)).ok_or(cut_off.clone())?;
        // SOF0 to SOF15 without DHT (C4), JPG (C8) and DAC (CC).
        if matches!(marker, 0xC0..=0xCF) && !matches!(marker, 0xC4 | 0xC8 | 0xCC) {
            let size = body.get(1..5).ok_or(damaged.clone())?;
            pixels(be16(&size[2..]) as u32, be16(&size[..2]) as u32, max_megapixels, FileKind::Jpeg)?;
            sized = true;
        }
        rest = &rest[len.max(2)..];
        if marker == 0xDA {
            scanned = true;
            rest = &rest[scan_end(rest).ok_or(cut_off.clone())?..];
        }
    }
}

/// Where the packed data of a scan ends: at the next marker that is no restart and no stuffed FF.
fn scan_end(data: &[u8]) -> Option<usize> {
    data.windows(2).position(|w| w[0] == 0xFF && !matches!(w[1], 0x00 | 0xD0..=0xD7 | 0xFF))
}

fn pixels(width: u32, height: u32, max_megapixels: u64, kind: FileKind) -> Result<(), FileRefusal> {
    let count = u64::from(width) * u64::from(height);
    if count == 0 {
        Err(FileRefusal::Damaged(kind))
    } else if count > max_megapixels * 1_000_000 {
        Err(FileRefusal::TooManyPixels(max_megapixels))
    } else {
        Ok(())
    }
}

/// Phones append further pictures, depth maps and short films to a photograph, so a tail is no
/// fault in itself; another kind of document in it is, and so is a PDF head at the front, which
/// some readers accept within the first kilobyte.
fn nothing_hidden(bytes: &[u8], tail: &[u8], kind: FileKind) -> Result<(), FileRefusal> {
    const DOCUMENTS: [&[u8]; 6] = [b"%PDF-", b"PK\x03\x04", b"<script", b"<html", b"<svg", b"<!DOCTYPE"];
    let head = &bytes[..bytes.len().min(1024)];
    let in_tail = DOCUMENTS.iter().any(|d| find(tail, d).is_some()) || tail.starts_with(b"MZ");
    if find(head, b"%PDF-").is_some() || in_tail { Err(FileRefusal::Hidden(kind)) } else { Ok(()) }
}

fn be32(b: &[u8]) -> u32 {
    b.iter().take(4).fold(0, |n, b| n << 8 | u32::from(*b))
}

fn be16(b: &[u8]) -> usize {
    b.iter().take(2).fold(0, |n, b| n << 8 | usize::from(*b))
}
