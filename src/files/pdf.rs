//! PDF: whole, not locked, and without anything that runs.

use std::io::Read;

use flate2::read::ZlibDecoder;

use super::kind::FileKind;
use super::refusal::FileRefusal;

/// Names that make a reader do something by itself.
const ACTIVE: [&[u8]; 3] = [b"JavaScript", b"Launch", b"RichMedia"];
/// Object streams that unpack to more are not looked into further.
const MAX_UNPACKED: u64 = 32 << 20;

/// Checks beginning, end and content of a PDF.
pub fn check(bytes: &[u8]) -> Result<(), FileRefusal> {
    if !bytes.starts_with(b"%PDF-") {
        return Err(FileRefusal::Hidden(FileKind::Pdf));
    }
    let tail = &bytes[bytes.len().saturating_sub(2048)..];
    if find(tail, b"%%EOF").is_none() || find(tail, b"startxref").is_none() {
        return Err(FileRefusal::CutOff(FileKind::Pdf));
    }
    let mut rest = bytes;
    let mut unpacked = 0;
    // Alternately the text of objects, which is read, and a stream, which is passed over unless
    // it packs further objects.
    while let Some(start) = stream_start(rest) {
        look(&rest[..start])?;
        let body = &rest[start..];
        let end = find(body, b"endstream").unwrap_or(body.len());
        if holds_objects(&rest[..start]) {
            let objects = unpack(&body[..end], MAX_UNPACKED - unpacked)?;
            unpacked += objects.len() as u64;
            look(&objects)?;
        }
        rest = &body[end..];
    }
    look(rest)
}

/// Where the bytes of the next stream begin: after `stream` and a line end, as the format wants it.
fn stream_start(bytes: &[u8]) -> Option<usize> {
    let mut from = 0;
    while let Some(at) = find(&bytes[from..], b"stream") {
        let after = from + at + 6;
        let is_end = bytes[..from + at].ends_with(b"end");
        if !is_end && matches!(bytes.get(after), Some(b'\r' | b'\n')) {
            return Some(after + 1);
        }
        from = after;
    }
    None
}

/// Whether the dictionary before this stream says that it packs objects.
fn holds_objects(before: &[u8]) -> bool {
    let from = before.windows(4).rposition(|w| w == b" obj").unwrap_or(0);
    names(&before[from..]).any(|n| n == b"ObjStm")
}

/// Unpacks as far as it goes: readers, too, use what comes before damage. More than `limit` is
/// a bomb.
fn unpack(packed: &[u8], limit: u64) -> Result<Vec<u8>, FileRefusal> {
    let packed = packed.strip_prefix(b"\n").unwrap_or(packed);
    let mut out = Vec::new();
    let _damaged = ZlibDecoder::new(packed).take(limit + 1).read_to_end(&mut out);
    if out.len() as u64 > limit { Err(FileRefusal::Damaged(FileKind::Pdf)) } else { Ok(out) }
}

fn look(objects: &[u8]) -> Result<(), FileRefusal> {
    for name in names(objects) {
        if ACTIVE.contains(&name.as_slice()) {
            return Err(FileRefusal::ActiveContent);
        }
        if name == b"Encrypt" {
            return Err(FileRefusal::Encrypted);
        }
    }
    Ok(())
}

/// The names in these bytes, `#41` escapes resolved, since `/Java#53cript` is the same name.
fn names(bytes: &[u8]) -> impl Iterator<Item = Vec<u8>> + '_ {
    bytes.split(|b| *b == b'/').skip(1).map(|part| {
        let ends = |b: &u8| {
            b.is_ascii_whitespace() || matches!(b, 0 | b'(' | b')' | b'<' | b'>' | b'[' | b']' | b'{' | b'}' | b'%')
        };
        let len = part.iter().position(ends).unwrap_or(part.len());
        plain(&part[..len.min(127)])
    })
}

fn plain(name: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(name.len());
    let mut rest = name;
    while let Some((first, after)) = rest.split_first() {
        let code = after.get(..2).filter(|_| *first == b'#').and_then(|h| std::str::from_utf8(h).ok());
        match code.and_then(|h| u8::from_str_radix(h, 16).ok()) {
            Some(byte) => {
                out.push(byte);
                rest = &after[2..];
            }
            None => {
                out.push(*first);
                rest = after;
            }
        }
    }
    out
}

/// Position of `needle`, looking for its first byte first.
pub(super) fn find(bytes: &[u8], needle: &[u8]) -> Option<usize> {
    let first = *needle.first()?;
    let mut from = 0;
    while let Some(at) = bytes.get(from..)?.iter().position(|b| *b == first) {
        if bytes[from + at..].starts_with(needle) {
            return Some(from + at);
        }
        from += at + 1;
    }
    None
}
