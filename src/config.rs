//! Settings: read once at start, checked all together, then passed by value.
//!
//! **Invariant**: nothing else in the program reads the environment, and no setting
//! changes while the program runs. What administrators may change (rules, calendars,
//! fee tables) is data in the database, not a setting.

mod county;
mod database;
mod fault;
mod limits;
mod mail;
mod net;
mod place;

use std::net::SocketAddr;
use std::path::PathBuf;

pub use county::{County, Settlement};
pub use database::Database;
pub use fault::{Fault, Faults};
pub use limits::{CheckCodes, Lasting, Sessions, Uploads};
pub use mail::Mail;
pub use net::{BaseUrl, Network};
pub use place::Place;

/// What the process is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mode {
    /// The real service: no demo features, all floors of the rulebook.
    Serve,
    /// The demonstration county.
    Demo(Demo),
}

impl Mode {
    /// Whether this is the demonstration county.
    pub fn is_demo(self) -> bool {
        match self {
            Mode::Demo(_) => true,
            Mode::Serve => false,
        }
    }
}

/// How the demonstration runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Demo {
    /// How many seconds of business waiting pass in one second; 1 to 3,600.
    /// An open bidding room always runs at 1.
    pub speed: u32,
}

/// Everything the service needs to know about where and how it runs.
#[derive(Clone, Debug)]
pub struct Config {
    /// Real service or demonstration.
    pub mode: Mode,
    /// Where the data, the keys and the database are.
    pub place: Place,
    /// The address the service listens on.
    pub listen: SocketAddr,
    /// What people type to get here; links in papers, QR codes and messages begin with it.
    pub base_url: BaseUrl,
    /// A folder of market data; a file in it replaces the built-in one of its path.
    pub catalog: Option<PathBuf>,
    /// A further folder searched for Chinese fonts.
    pub fonts: Option<PathBuf>,
    /// How messages leave the house.
    pub mail: Mail,
    /// How long a login lasts.
    pub sessions: Sessions,
    /// How big a file may be.
    pub uploads: Uploads,
    /// How often a certificate's check code may be mistyped.
    pub check_codes: CheckCodes,
    /// The reverse proxies whose forwarding headers are believed; nobody else's are.
    pub proxies: Vec<Network>,
    /// Names and contact details that pages and papers print.
    pub county: County,
}

/// What was typed for the real service, before it is checked. Times in minutes, sizes in MiB.
#[derive(Clone, Debug)]
pub struct ServeSettings {
    /// Data folder.
    pub data: PathBuf,
    /// PostgreSQL address; SQLite in the data folder when absent.
    pub database_url: Option<String>,
    /// Key folder; beside the data folder when absent.
    pub keys: Option<PathBuf>,
    /// Listening address.
    pub listen: String,
    /// Public address; derived from `listen` when absent and that is this machine only.
    pub base_url: Option<String>,
    /// Folder of market data.
    pub catalog: Option<PathBuf>,
    /// Further font folder.
    pub fonts: Option<PathBuf>,
    /// Mail server.
    pub smtp_url: Option<String>,
    /// Folder that receives messages instead of a mail server.
    pub mail_dir: Option<PathBuf>,
    /// Sender of messages.
    pub mail_from: Option<String>,
    /// Idle minutes of staff.
    pub staff_idle_minutes: u32,
    /// Longest session of staff.
    pub staff_session_minutes: u32,
    /// Idle minutes of everyone else.
    pub public_idle_minutes: u32,
    /// Longest session of everyone else.
    pub public_session_minutes: u32,
    /// Largest single file.
    pub upload_file_mb: u32,
    /// Largest whole request.
    pub upload_request_mb: u32,
    /// Wrong check codes for one certificate from one address within 15 minutes.
    pub check_code_failures: u32,
    /// Networks of the reverse proxies, separated by commas.
    pub trusted_proxies: Option<String>,
    /// Telephone of the county centre.
    pub centre_phone: Option<String>,
    /// Address of the county centre.
    pub centre_address: Option<String>,
    /// Telephones of the township stations.
    pub station_phones: Option<String>,
    /// The settlement account: name, bank and number.
    pub settlement_account: Option<String>,
}

/// What was typed for the demonstration, before it is checked.
#[derive(Clone, Debug)]
pub struct DemoSettings {
    /// Data folder.
    pub data: PathBuf,
    /// PostgreSQL address, from the command line only.
    pub database_url: Option<String>,
    /// Key folder.
    pub keys: Option<PathBuf>,
    /// Listening address.
    pub listen: String,
    /// Acceleration of business waiting.
    pub speed: u32,
    /// Whether an address that other machines can reach is allowed.
    pub public: bool,
    /// Folder of market data.
    pub catalog: Option<PathBuf>,
    /// Further font folder.
    pub fonts: Option<PathBuf>,
}

impl Config {
    /// The address that was really taken: with port 0 the system chose one, and an address for browsers that
    /// was made from the setting follows it.
    pub fn listens_on(&mut self, taken: SocketAddr) {
        if self.base_url == BaseUrl::http(net::reachable(self.listen)) {
            self.base_url = BaseUrl::http(net::reachable(taken));
        }
        self.listen = taken;
    }

    /// Checks the settings of the real service. All faults are told at once.
    pub fn serve(typed: ServeSettings) -> Result<Config, Faults> {
        let mut faults = Faults::default();
        let listen = faults.keep(net::listen(&typed.listen));
        let base_url = match (&typed.base_url, listen) {
            (Some(url), _) => faults.keep(BaseUrl::parse(url)),
            (None, Some(addr)) => faults.keep(BaseUrl::of_this_machine(addr)),
            (None, None) => None,
        };
        let place = faults.keep_all(Place::resolve(typed.data, typed.database_url.as_deref(), typed.keys));
        let mail = faults.keep(Mail::choose(typed.smtp_url, typed.mail_dir, typed.mail_from));
        let sessions = faults.keep(Sessions::new(
            (typed.staff_idle_minutes, typed.staff_session_minutes),
            (typed.public_idle_minutes, typed.public_session_minutes),
        ));
        let uploads = faults.keep(Uploads::new(typed.upload_file_mb, typed.upload_request_mb));
        let check_codes = faults.keep(CheckCodes::new(typed.check_code_failures));
        let proxies = faults.keep(net::networks(typed.trusted_proxies.as_deref().unwrap_or_default()));
        let county = faults.keep(County::new(
            typed.centre_phone,
            typed.centre_address,
            typed.station_phones,
            typed.settlement_account,
        ));
        faults.keep(place::folder("NONGQUAN_CATALOG", typed.catalog.as_deref()));
        faults.keep(place::folder("NONGQUAN_FONTS", typed.fonts.as_deref()));
        match (listen, base_url, place, mail, sessions, uploads, check_codes, proxies, county) {
            (
                Some(listen),
                Some(base_url),
                Some(place),
                Some(mail),
                Some(sessions),
                Some(uploads),
                Some(check_codes),
                Some(proxies),
                Some(county),
            ) if faults.is_empty() => Ok(Config {
                mode: Mode::Serve,
                place,
                listen,
                base_url,
                catalog: typed.catalog,
                fonts: typed.fonts,
                mail,
                sessions,
                uploads,
                check_codes,
                proxies,
                county,
            }),
            _ => Err(faults),
        }
    }

    /// Checks the settings of the demonstration: no mail, no proxies, loopback only
    /// unless `public`, and nothing from the environment.
    pub fn demo(typed: DemoSettings) -> Result<Config, Faults> {
        let mut faults = Faults::default();
        let listen = faults.keep(net::listen(&typed.listen));
        if let Some(addr) = listen
            && !addr.ip().is_loopback()
            && !typed.public
        {
            faults.add(
                "--listen",
                format!("演示默认只在本机打开，而 {addr} 能被其他机器访问"),
                "改用 127.0.0.1，或者加上 --public-demo 表示确实要对外演示",
            );
        }
        if !(1..=3600).contains(&typed.speed) {
            faults.add("--speed", format!("{} 不在 1 至 3600 之间", typed.speed), "填写演示时钟加速的倍数，例如 60");
        }
        let place = faults.keep_all(Place::resolve(typed.data, typed.database_url.as_deref(), typed.keys));
        faults.keep(place::folder("--catalog", typed.catalog.as_deref()));
        faults.keep(place::folder("--fonts", typed.fonts.as_deref()));
        match (listen, place) {
            (Some(listen), Some(place)) if faults.is_empty() => Ok(Config {
                mode: Mode::Demo(Demo { speed: typed.speed }),
                place,
                listen,
                base_url: BaseUrl::http(net::reachable(listen)),
                catalog: typed.catalog,
                fonts: typed.fonts,
                mail: Mail::Off,
                sessions: Sessions::DEFAULT,
                uploads: Uploads::DEFAULT,
                check_codes: CheckCodes::DEFAULT,
                proxies: Vec::new(),
                county: County::demo(),
            }),
            _ => Err(faults),
        }
    }
}
