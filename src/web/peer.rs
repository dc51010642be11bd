//! Where a request came from. Forwarding headers are believed from trusted proxies only.

use std::net::IpAddr;

use actix_web::HttpRequest;

use crate::config::Network;

/// The caller's address: the peer, or, when the peer is a trusted proxy, the last untrusted hop
/// it names.
pub fn address(req: &HttpRequest, proxies: &[Network]) -> String {
    let Some(peer) = req.peer_addr().map(|a| a.ip()) else { return "unknown".to_owned() };
    let trusted = |ip: &IpAddr| proxies.iter().any(|n| n.contains(*ip));
    if !trusted(&peer) {
        return peer.to_string();
    }
    let hops = req.headers().get("x-forwarded-for").and_then(|v| v.to_str().ok()).unwrap_or_default();
    hops.split(',')
        .rev()
        .filter_map(|hop| hop.trim().parse::<IpAddr>().ok())
        .find(|ip| !trusted(ip))
        .unwrap_or(peer)
        .to_string()
}
