//! Arguments that several commands share, and what becomes of them.

use std::path::{Path, PathBuf};

use clap::Args;

use crate::config::{Config, Database, DemoSettings, Faults, Place, ServeSettings};
use crate::{boot, store};

/// Where an installation is. Every command that takes `--data` takes these.
#[derive(Args, Clone, Debug)]
pub struct PlaceArgs {
    /// 数据文件夹；SQLite 数据库文件 nongquan.db 也在里面
    #[arg(long, value_name = "文件夹", env = "NONGQUAN_DATA", default_value = "data")]
    pub data: PathBuf,
    /// PostgreSQL 地址 postgres://…；不写就用数据文件夹里的 SQLite
    #[arg(long, value_name = "地址", env = "DATABASE_URL")]
    pub database_url: Option<String>,
    /// 密钥文件夹，必须在数据文件夹之外；不写就用“数据文件夹名-keys”
    #[arg(long, value_name = "文件夹", env = "NONGQUAN_KEYS")]
    pub keys: Option<PathBuf>,
}

impl PlaceArgs {
    /// Checks the three places.
    pub fn place(&self) -> Result<Place, Faults> {
        Place::resolve(self.data.clone(), self.database_url.as_deref(), self.keys.clone())
    }

    /// The same for a command that only reads. A demonstration made its database in its folder whatever
    /// `DATABASE_URL` said, so whoever names that folder means that database.
    pub fn reading(&self) -> Result<Place, Faults> {
        let named = typed("--data") && !typed("--database-url");
        let url = if named && is_demonstration(&self.data) { None } else { self.database_url.as_deref() };
        Place::resolve(self.data.clone(), url, self.keys.clone())
    }
}

/// Whether this option stands on the command line; the environment gives some too.
fn typed(option: &str) -> bool {
    std::env::args().any(|word| word == option || word.strip_prefix(option).is_some_and(|rest| rest.starts_with('=')))
}

/// Whether a demonstration keeps its SQLite database here.
fn is_demonstration(data: &Path) -> bool {
    let database = Database::Sqlite(data.join(Database::FILE));
    let standing = boot::open_existing(&database).and_then(|store| store::standing(&store, boot::DEMO_MARK));
    standing.is_ok_and(|standing| standing.marked)
}

/// Settings of the real service.
#[derive(Args, Clone, Debug)]
pub struct ServeArgs {
    #[command(flatten)]
    place: PlaceArgs,
    /// 监听的地址和端口
    #[arg(long, value_name = "地址:端口", env = "NONGQUAN_LISTEN", default_value = "127.0.0.1:8080")]
    listen: String,
    /// 人们在浏览器里输入的网址；只在本机使用时可以不写
    #[arg(long, value_name = "网址", env = "NONGQUAN_BASE_URL")]
    base_url: Option<String>,
    /// 市场目录（品种、规则、日历、区划、价格）的文件夹：里面的文件代替自带的同名文件
    #[arg(long, value_name = "文件夹", env = "NONGQUAN_CATALOG")]
    catalog: Option<PathBuf>,
    /// 另外存放中文字体的文件夹
    #[arg(long, value_name = "文件夹", env = "NONGQUAN_FONTS")]
    fonts: Option<PathBuf>,
    /// 邮件服务器 smtp:// 或 smtps://
    #[arg(long, value_name = "地址", env = "NONGQUAN_SMTP_URL")]
    smtp_url: Option<String>,
    /// 不发邮件，把每封信存成这个文件夹里的一个文件
    #[arg(long, value_name = "文件夹", env = "NONGQUAN_MAIL_DIR")]
    mail_dir: Option<PathBuf>,
    /// 发件人的邮件地址
    #[arg(long, value_name = "邮件地址", env = "NONGQUAN_MAIL_FROM")]
    mail_from: Option<String>,
    /// 工作人员闲置多少分钟后要重新登录
    #[arg(long, value_name = "分钟", env = "NONGQUAN_STAFF_IDLE_MINUTES", default_value_t = 15)]
    staff_idle_minutes: u32,
    /// 工作人员一次登录最长多少分钟
    #[arg(long, value_name = "分钟", env = "NONGQUAN_STAFF_SESSION_MINUTES", default_value_t = 480)]
    staff_session_minutes: u32,
    /// 其他用户闲置多少分钟后要重新登录
    #[arg(long, value_name = "分钟", env = "NONGQUAN_PUBLIC_IDLE_MINUTES", default_value_t = 30)]
    public_idle_minutes: u32,
    /// 其他用户一次登录最长多少分钟
    #[arg(long, value_name = "分钟", env = "NONGQUAN_PUBLIC_SESSION_MINUTES", default_value_t = 720)]
    public_session_minutes: u32,
    /// 单个文件最大多少 MB
    #[arg(long, value_name = "MB", env = "NONGQUAN_UPLOAD_FILE_MB", default_value_t = 20)]
    upload_file_mb: u32,
    /// 一次提交最大多少 MB
    #[arg(long, value_name = "MB", env = "NONGQUAN_UPLOAD_REQUEST_MB", default_value_t = 60)]
    upload_request_mb: u32,
    /// 同一地址对同一份鉴证书，15 分钟内校验码可以输错几次
    #[arg(long, value_name = "次", env = "NONGQUAN_CHECK_CODE_FAILURES", default_value_t = 10)]
    check_code_failures: u32,
    /// 反向代理所在的网段，多个用逗号隔开；只相信它们转来的客户端地址
    #[arg(long, value_name = "网段", env = "NONGQUAN_TRUSTED_PROXIES")]
    trusted_proxies: Option<String>,
    /// 县中心的电话，印在页面和文书上
    #[arg(long, value_name = "电话", env = "NONGQUAN_CENTRE_PHONE")]
    centre_phone: Option<String>,
    /// 县中心的地址，印在页面和文书上
    #[arg(long, value_name = "地址", env = "NONGQUAN_CENTRE_ADDRESS")]
    centre_address: Option<String>,
    /// 乡镇服务站的电话，印在公告上，写成 塔峰镇=0746-…；毛俊镇=0746-…
    #[arg(long, value_name = "乡镇=电话", env = "NONGQUAN_STATION_PHONES")]
    station_phones: Option<String>,
    /// 交易资金结算账户，写成 户名；开户行；账号；没有它不能发布公告
    #[arg(long, value_name = "账户", env = "NONGQUAN_SETTLEMENT_ACCOUNT")]
    settlement_account: Option<String>,
}

impl ServeArgs {
    /// Checks every setting of the real service.
    pub fn config(self) -> Result<Config, Faults> {
        Config::serve(ServeSettings {
            data: self.place.data,
            database_url: self.place.database_url,
            keys: self.place.keys,
            listen: self.listen,
            base_url: self.base_url,
            catalog: self.catalog,
            fonts: self.fonts,
            smtp_url: self.smtp_url,
            mail_dir: self.mail_dir,
            mail_from: self.mail_from,
            staff_idle_minutes: self.staff_idle_minutes,
            staff_session_minutes: self.staff_session_minutes,
            public_idle_minutes: self.public_idle_minutes,
            public_session_minutes: self.public_session_minutes,
            upload_file_mb: self.upload_file_mb,
            upload_request_mb: self.upload_request_mb,
            check_code_failures: self.check_code_failures,
            trusted_proxies: self.trusted_proxies,
            centre_phone: self.centre_phone,
            centre_address: self.centre_address,
            station_phones: self.station_phones,
            settlement_account: self.settlement_account,
        })
    }
}

/// Settings of the demonstration: from the command line only, so that a `DATABASE_URL`
/// left in the environment can never fill a real database with a demonstration.
#[derive(Args, Clone, Debug)]
pub struct DemoArgs {
    /// 监听的地址和端口
    #[arg(long, value_name = "地址:端口", default_value = "127.0.0.1:8080")]
    listen: String,
    /// 演示数据文件夹
    #[arg(long, value_name = "文件夹", default_value = "demo-data")]
    data: PathBuf,
    /// 演示用的 PostgreSQL 地址；不看环境变量 DATABASE_URL
    #[arg(long, value_name = "地址")]
    database_url: Option<String>,
    /// 密钥文件夹；不写就用“数据文件夹名-keys”
    #[arg(long, value_name = "文件夹")]
    keys: Option<PathBuf>,
    /// 业务等待的加速倍数（1 至 3600）；竞价中的场次总是原速
    #[arg(long, value_name = "倍数", default_value_t = 60)]
    speed: u32,
    /// 允许其他机器访问这个演示
    #[arg(long)]
    public_demo: bool,
    /// 市场目录的文件夹：里面的文件代替程序自带的同名文件，其余照用自带的
    #[arg(long, value_name = "文件夹")]
    catalog: Option<PathBuf>,
    /// 另外存放中文字体的文件夹
    #[arg(long, value_name = "文件夹")]
    fonts: Option<PathBuf>,
}

impl DemoArgs {
    /// Checks every setting of the demonstration.
    pub fn config(self) -> Result<Config, Faults> {
        Config::demo(DemoSettings {
            data: self.data,
            database_url: self.database_url,
            keys: self.keys,
            listen: self.listen,
            speed: self.speed,
            public: self.public_demo,
            catalog: self.catalog,
            fonts: self.fonts,
        })
    }
}
