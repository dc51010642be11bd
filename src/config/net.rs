//! Addresses: where to listen, what people type, whom to believe.

use std::fmt;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr, UdpSocket};

use super::fault::{Fault, fault};

/// Reads `127.0.0.1:8080`, `[::1]:8080` or `localhost:8080`.
pub(super) fn listen(typed: &str) -> Result<SocketAddr, Fault> {
    let typed = typed.trim();
    let numeric = typed.strip_prefix("localhost:").map(|port| format!("127.0.0.1:{port}"));
    numeric.as_deref().unwrap_or(typed).parse().map_err(|_| {
        fault(
            "NONGQUAN_LISTEN",
            format!("看不懂监听地址“{typed}”"),
            "写成“地址:端口”，例如 127.0.0.1:8080；让其他机器也能访问写 0.0.0.0:8080",
        )
    })
}

/// Where others reach this machine when it listens on all of its addresses: the one from which it
/// would speak to the world. Nothing is sent. A machine without a network is reached from itself.
pub(super) fn reachable(listen: SocketAddr) -> SocketAddr {
    if !listen.ip().is_unspecified() {
        return listen;
    }
    let (any, there, own): (&str, &str, IpAddr) = match listen {
        SocketAddr::V4(_) => ("0.0.0.0:0", "192.0.2.1:9", Ipv4Addr::LOCALHOST.into()),
        SocketAddr::V6(_) => ("[::]:0", "[2001:db8::1]:9", Ipv6Addr::LOCALHOST.into()),
    };
    let asked = UdpSocket::bind(any).and_then(|socket| {
        socket.connect(there)?;
        socket.local_addr()
    });
    SocketAddr::new(asked.map_or(own, |addr| addr.ip()), listen.port())
}

/// The public address of the service: scheme and host, without a path or a final slash.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BaseUrl(String);

impl BaseUrl {
    /// Reads what was typed. Plain http is for this machine only: a login that crosses
    /// a network travels by https.
    pub fn parse(typed: &str) -> Result<BaseUrl, Fault> {
        let wrong = |problem: String| {
            fault("NONGQUAN_BASE_URL", problem, "写成人们在浏览器里输入的地址，例如 https://nongquan.example.gov.cn")
        };
        let url = typed.trim().trim_end_matches('/');
        let Some((scheme, host)) = url.split_once("://") else {
            return Err(wrong(format!("“{typed}”不是网址")));
        };
        let bad = |c: char| c.is_whitespace() || c.is_control() || matches!(c, '/' | '?' | '#' | '@' | '"' | '<' | '>');
        if !matches!(scheme, "http" | "https") || host.is_empty() || host.contains(bad) {
            return Err(wrong(format!("“{typed}”里只能有协议、主机和端口")));
        }
        let url = BaseUrl(url.to_owned());
        if scheme == "http" && !url.is_this_machine() {
            return Err(wrong("对外服务的地址必须是 https".to_owned()));
        }
        Ok(url)
    }

    /// Plain http at this socket, for a machine's own browser.
    pub fn http(addr: SocketAddr) -> BaseUrl {
        BaseUrl(format!("http://{addr}"))
    }

    pub(super) fn of_this_machine(addr: SocketAddr) -> Result<BaseUrl, Fault> {
        if addr.ip().is_loopback() {
            return Ok(BaseUrl::http(addr));
        }
        Err(fault(
            "NONGQUAN_BASE_URL",
            format!("监听 {addr} 时必须写明对外的网址"),
            "写成人们在浏览器里输入的地址，例如 https://nongquan.example.gov.cn",
        ))
    }

    /// `https://host[:port]`, no slash at the end.
    pub fn origin(&self) -> &str {
        &self.0
    }

    /// Whether browsers reach the service encrypted; decides the Secure mark of cookies.
    pub fn is_https(&self) -> bool {
        self.0.starts_with("https://")
    }

    /// The host without its port.
    pub fn host(&self) -> &str {
        let authority = self.0.split_once("://").map_or("", |(_, rest)| rest);
        match authority.strip_prefix('[') {
            Some(v6) => v6.split(']').next().unwrap_or_default(),
            None => authority.split(':').next().unwrap_or_default(),
        }
    }

    /// Whether the host is this machine (loopback).
    pub fn is_this_machine(&self) -> bool {
        let host = self.host();
        host == "localhost" || host.parse::<IpAddr>().is_ok_and(|ip| ip.is_loopback())
    }

    /// This address followed by `path`, which begins with a slash.
    pub fn join(&self, path: &str) -> String {
        format!("{}{path}", self.0)
    }
}

impl fmt::Display for BaseUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// A network in prefix form: `10.0.0.0/8`, `::1/128`, or a single address.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Network {
    address: IpAddr,
    bits: u8,
}

impl Network {
    /// Whether the address lies in this network. An IPv4 address written as IPv6
    /// counts as the IPv4 address it is.
    pub fn contains(&self, ip: IpAddr) -> bool {
        fn same(a: u128, b: u128, bits: u8, width: u8) -> bool {
            let shift = u32::from(width - bits);
            bits == 0 || a >> shift == b >> shift
        }
        match (self.address, ip.to_canonical()) {
            (IpAddr::V4(a), IpAddr::V4(b)) => same(u32::from(a).into(), u32::from(b).into(), self.bits, 32),
            (IpAddr::V6(a), IpAddr::V6(b)) => same(a.into(), b.into(), self.bits, 128),
            (IpAddr::V4(_), IpAddr::V6(_)) | (IpAddr::V6(_), IpAddr::V4(_)) => false,
        }
    }

    fn parse(typed: &str) -> Option<Network> {
        let (address, bits) = match typed.split_once('/') {
            Some((address, bits)) => (address.parse::<IpAddr>().ok()?, Some(bits.parse::<u8>().ok()?)),
            None => (typed.parse::<IpAddr>().ok()?, None),
        };
        let width = if address.is_ipv4() { 32 } else { 128 };
        let bits = bits.unwrap_or(width);
        (bits <= width).then_some(Network { address, bits })
    }
}

/// Networks separated by commas or spaces; none when nothing was typed.
pub(super) fn networks(typed: &str) -> Result<Vec<Network>, Fault> {
    typed
        .split([',', ' ', '，'])
        .filter(|part| !part.is_empty())
        .map(|part| {
            Network::parse(part).ok_or_else(|| {
                fault(
                    "NONGQUAN_TRUSTED_PROXIES",
                    format!("“{part}”不是网段"),
                    "写反向代理所在的网段，例如 10.0.0.0/8，多个用逗号隔开",
                )
            })
        })
        .collect()
}
