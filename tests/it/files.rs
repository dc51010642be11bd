//! Files: what is taken in, what is refused and why, and that nothing of a refused one stays.

mod judging;
mod names;
mod samples;
mod storing;
