//! Secrets, signatures and proof.

mod codes;
mod journal;
mod keys;
mod openssl;
mod passwords;
mod sealing;
mod statements;
mod vectors;
