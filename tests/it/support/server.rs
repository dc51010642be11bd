//! The exchange in this process: a database of its own, a clock moved by hand, a free port.
//! The browser journeys share this file with the stories over HTTP.

use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::thread::JoinHandle;

use actix_web::dev::ServerHandle;
use actix_web::web::Data;
use nongquan::clock::HandClock;
use nongquan::config::{BaseUrl, Config, ServeSettings};
use nongquan::context::App;
use nongquan::domain::base::{Day, Instant};
use nongquan::store::scratch;

/// Where a test's data is; removed with the value.
pub struct Place {
    dir: tempfile::TempDir,
    /// The PostgreSQL server, the database's name on it, and its address.
    postgres: Option<(String, String, String)>,
}

impl Place {
    /// A fresh one: SQLite, or PostgreSQL where `TEST_POSTGRES_URL` names a server.
    #[expect(
        clippy::disallowed_methods,
        reason = "the test script says where PostgreSQL is; names of databases are random"
    )]
    pub fn new() -> Place {
        let postgres = std::env::var("TEST_POSTGRES_URL").ok().filter(|url| !url.is_empty()).map(|server| {
            let name = format!("nq_test_{}", uuid::Uuid::now_v7().simple());
            let url = scratch::create(&server, &name).expect("a test database is made");
            (server, name, url)
        });
        Place { dir: tempfile::tempdir().expect("a temporary folder"), postgres }
    }

    /// The address of the PostgreSQL database; `None` on SQLite.
    pub fn postgres(&self) -> Option<&str> {
        self.postgres.as_ref().map(|(_, _, url)| url.as_str())
    }

    /// The data folder.
    pub fn data(&self) -> PathBuf {
        self.dir.path().join("data")
    }

    /// The folder that holds everything of this test.
    pub fn root(&self) -> &Path {
        self.dir.path()
    }

    /// The settings of the real service in this place, listening at `listen`.
    pub fn config(&self, listen: &str) -> Config {
        self.config_with(listen, |_| ())
    }

    /// The same with something typed otherwise.
    pub fn config_with(&self, listen: &str, edit: impl FnOnce(&mut ServeSettings)) -> Config {
        let mut typed = self.typed(listen);
        edit(&mut typed);
        Config::serve(typed).unwrap_or_else(|faults| panic!("settings: {faults:?}"))
    }

    fn typed(&self, listen: &str) -> ServeSettings {
        ServeSettings {
            data: self.data(),
            database_url: self.postgres().map(str::to_owned),
            keys: None,
            listen: listen.to_owned(),
            base_url: None,
            catalog: None,
            fonts: None,
            smtp_url: None,
            mail_dir: None,
            mail_from: None,
            staff_idle_minutes: 15,
            staff_session_minutes: 480,
            public_idle_minutes: 30,
            public_session_minutes: 720,
            upload_file_mb: 20,
            upload_request_mb: 60,
            check_code_failures: 10,
            trusted_proxies: None,
            centre_phone: Some("0746-2210000".to_owned()),
            station_phones: Some("塔峰镇=0746-2213000".to_owned()),
            centre_address: None,
            settlement_account: Some("蓝山县农村产权交易中心；蓝山农商银行营业部；82010100000000018".to_owned()),
        }
    }
}

impl Default for Place {
    fn default() -> Place {
        Place::new()
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        if let Some((server, name, _)) = &self.postgres {
            let _ = scratch::drop(server, name);
        }
    }
}

/// A running exchange.
pub struct World {
    /// What the program's parts are handed.
    pub app: Data<App>,
    /// Business time, moved by the test.
    pub clock: Arc<HandClock>,
    /// `http://127.0.0.1:PORT`.
    pub origin: String,
    handle: ServerHandle,
    thread: Option<JoinHandle<()>>,
    // Last: the database goes when nobody uses it any more.
    place: Place,
}

/// Monday 2 March 2026, 9:00 in the morning in China: where every test begins.
pub fn first_morning() -> Instant {
    Day::ymd(2026, 3, 2).expect("a day").at(9, 0)
}

impl World {
    /// Opens a fresh exchange and serves it until the value is dropped.
    pub fn open() -> World {
        World::with(None, |_| ())
    }

    /// The same with a setting typed otherwise.
    pub fn open_with(edit: impl FnOnce(&mut ServeSettings)) -> World {
        World::with(None, edit)
    }

    /// The same as if people came by this address, such as one with TLS before a proxy.
    pub fn open_as(base_url: &str) -> World {
        World::with(Some(base_url), |_| ())
    }

    fn with(base_url: Option<&str>, edit: impl FnOnce(&mut ServeSettings)) -> World {
        let place = Place::new();
        let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
        let address = listener.local_addr().expect("its address");
        let clock = Arc::new(HandClock::new(first_morning()));
        let mut config = place.config_with(&address.to_string(), edit);
        if let Some(url) = base_url {
            config.base_url = BaseUrl::parse(url).expect("an address");
        }
        let app = nongquan::boot::open(config, clock.clone()).unwrap_or_else(|fault| panic!("start: {fault}"));
        let app = Data::new(app);
        let (handle, thread) = run(app.clone(), listener);
        World { app, clock, origin: format!("http://{address}"), handle, thread: Some(thread), place }
    }

    /// Serves an exchange that was opened before, such as a demonstration.
    pub fn serving(app: App, clock: Arc<HandClock>, listener: TcpListener, place: Place) -> World {
        let address = listener.local_addr().expect("its address");
        let app = Data::new(app);
        let (handle, thread) = run(app.clone(), listener);
        World { app, clock, origin: format!("http://{address}"), handle, thread: Some(thread), place }
    }

    /// Where the data is.
    pub fn place(&self) -> &Place {
        &self.place
    }

    /// A second process on the same data: another port, pools and memory of its own, the same clock.
    pub fn twin(&self) -> Twin {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
        let address = listener.local_addr().expect("its address");
        let config = self.place.config(&address.to_string());
        let app = nongquan::boot::open(config, self.clock.clone()).unwrap_or_else(|fault| panic!("start: {fault}"));
        let app = Data::new(app);
        let (handle, thread) = run(app.clone(), listener);
        Twin { app, origin: format!("http://{address}"), handle, thread: Some(thread) }
    }
}

/// A second process of an exchange.
pub struct Twin {
    /// What its parts are handed.
    pub app: Data<App>,
    /// `http://127.0.0.1:PORT`.
    pub origin: String,
    handle: ServerHandle,
    thread: Option<JoinHandle<()>>,
}

impl Drop for Twin {
    fn drop(&mut self) {
        std::mem::drop(self.handle.stop(false));
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

fn run(app: Data<App>, listener: TcpListener) -> (ServerHandle, JoinHandle<()>) {
    let (tell, told) = std::sync::mpsc::channel();
    let thread = std::thread::spawn(move || {
        actix_web::rt::System::new().block_on(async move {
            let server = nongquan::web::server::serve(app, listener, 1).expect("the service binds");
            tell.send(server.handle()).expect("the test waits");
            server.await.expect("the service ends in peace");
        });
    });
    (told.recv().expect("the service starts"), thread)
}

impl Drop for World {
    fn drop(&mut self) {
        // The order to stop is given when the future is made; the thread's end is what is waited for.
        std::mem::drop(self.handle.stop(false));
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}
