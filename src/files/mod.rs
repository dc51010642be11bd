//! Uploaded and produced files: taken in while they stream, judged by content,
//! kept sealed under the hash of their bytes outside the web root.
//!
//! [`store::FileStore`] is the port; [`slot::Slot`] says what one place accepts;
//! [`refusal::FileRefusal`] is what the person is told. A file whose bytes were
//! accepted is never changed: its name is its SM3.

mod image;
pub mod kind;
pub mod name;
mod pdf;
pub mod refusal;
mod sealed;
pub mod slot;
pub mod store;
mod table;

pub use kind::FileKind;
pub use name::{display_name, disposition};
pub use refusal::{FileFault, FileRefusal, NotTaken};
pub use slot::Slot;
pub use store::{FileStore, Incoming, Received};
pub use table::decode_text;
