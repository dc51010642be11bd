//! Mail that goes nowhere, for tests and for the demonstration.

use std::sync::{Mutex, PoisonError};

use super::message::sender;
use super::{Mailer, Message, NotSent};

/// Keeps what would have been sent, after the same checks.
#[derive(Debug, Default)]
pub struct MemoryMailer {
    sent: Mutex<Vec<Message>>,
}

impl MemoryMailer {
    /// Everything sent so far, oldest first.
    pub fn sent(&self) -> Vec<Message> {
        self.sent.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

impl Mailer for MemoryMailer {
    fn send(&self, message: &Message) -> Result<(), NotSent> {
        message.build(&sender("nobody@localhost")?)?;
        self.sent.lock().unwrap_or_else(PoisonError::into_inner).push(message.clone());
        Ok(())
    }
}
