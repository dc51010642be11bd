//! Where a request came from. Forwarding headers are believed from trusted proxies only.

use std::net::IpAddr;

use actix_web::HttpRequest;

use crate::config::Network;

/// The caller's address: the peer, or, when the peer is a trusted proxy, the last untrusted hop it names.
///
/// Every line of the header counts, joined in their order: a proxy may add a line of its own below one that the
/// client wrote. Hops are walked from the nearest on, and one that is no address ends the walk with the peer:
/// whatever stands beyond it may be the client's own invention.
pub fn address(req: &HttpRequest, proxies: &[Network]) -> String {
    let Some(peer) = req.peer_addr().map(|a| a.ip()) else { return "unknown".to_owned() };
    let trusted = |ip: &IpAddr| proxies.iter().any(|n| n.contains(*ip));
    if !trusted(&peer) {
        return peer.to_string();
    }
    let lines: Vec<&[u8]> = req.headers().get_all("x-forwarded-for").map(|line| line.as_bytes()).collect();
    let hops = lines.iter().rev().flat_map(|line| line.rsplit(|byte| *byte == b','));
    for hop in hops {
        let read = std::str::from_utf8(hop).ok().and_then(|hop| hop.trim().parse::<IpAddr>().ok());
        match read {
            Some(ip) if trusted(&ip) => {}
            Some(ip) => return ip.to_string(),
            None => break,
        }
    }
    peer.to_string()
}
