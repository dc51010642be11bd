#![allow(clippy::unwrap_used, clippy::expect_used)]
use super::*;

#[test]
fn the_built_in_market_loads() {
    let faults = Market::embedded().map_err(|f| f.iter().map(ToString::to_string).collect::<Vec<_>>());
    assert_eq!(faults.err(), None);
}
