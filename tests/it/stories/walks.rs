//! One right goes all the way, twice: to a member of the collective, and to an outsider.

use super::pond::{Point, Pond, Winner};

#[test]
fn a_pond_goes_to_a_member_of_the_collective() {
    Pond::reach(Point::Settled, Winner::Member).proven();
}

#[test]
fn a_pond_goes_to_an_outsider() {
    Pond::reach(Point::Settled, Winner::Outsider).proven();
}
