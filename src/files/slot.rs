//! What one upload place accepts (checklist S046).

use super::kind::FileKind;

/// Limits of an upload place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Slot {
    /// Kinds taken here.
    pub kinds: &'static [FileKind],
    /// Largest file in bytes.
    pub max_bytes: u64,
    /// Largest picture in million pixels.
    pub max_megapixels: u64,
}

const MIB: u64 = 1 << 20;

impl Slot {
    /// Papers of an application: PDF, photographs, scans; 20 MB, 60 million pixels.
    pub const PAPER: Slot =
        Slot { kinds: &[FileKind::Pdf, FileKind::Jpeg, FileKind::Png], max_bytes: 20 * MIB, max_megapixels: 60 };
    /// Pictures of the object; 20 MB, 60 million pixels.
    pub const PICTURE: Slot = Slot { kinds: &[FileKind::Jpeg, FileKind::Png], max_bytes: 20 * MIB, max_megapixels: 60 };
    /// The scan of a paper signed by hand: what a paper may be, but 40 MB.
    pub const SCAN: Slot = Slot { max_bytes: 40 * MIB, ..Slot::PAPER };
    /// A bank statement as CSV; 5 MB.
    pub const STATEMENT: Slot = Slot { kinds: &[FileKind::Csv], max_bytes: 5 * MIB, max_megapixels: 0 };
    /// Lists to import; 10 MB.
    pub const TABLE: Slot = Slot { kinds: &[FileKind::Csv, FileKind::Xlsx], max_bytes: 10 * MIB, max_megapixels: 0 };

    /// The same with another size limit, as the operator set it.
    #[must_use]
    pub const fn with_max_bytes(self, max_bytes: u64) -> Slot {
        Slot { max_bytes, ..self }
    }

    /// The `accept` attribute of the file field.
    pub fn accept(&self) -> String {
        let dotted = |k: &FileKind| k.endings().iter().map(|e| format!(".{e}")).collect::<Vec<_>>();
        self.kinds.iter().flat_map(dotted).collect::<Vec<_>>().join(",")
    }
}
