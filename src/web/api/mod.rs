//! The JSON interface (`/api/v1`): open data for reading, without login, cookies or sessions. The
//! table [`OPERATIONS`] is what openapi.json is built from.

mod bids;
mod cursor;
mod lots;
mod openapi;
pub mod params;
pub mod problem;
mod proof;
mod reply;
pub mod shape;
pub mod shapes;

use actix_web::web;
use serde_json::Value;

use crate::context::App;
use crate::store::Stop;
use crate::web::error::WebError;
use params::Param;
use problem::ApiError;

crate::routes! {
    get "/api/v1/openapi.json" => openapi::document;
    get "/api/v1/lots" => lots::list;
    get "/api/v1/lots/{lot_no}" => lots::one;
    get "/api/v1/lots/{lot_no}/bids" => bids::list;
    get "/api/v1/certificates/{no}" => proof::certificate;
    get "/api/v1/journal/checkpoint" => proof::checkpoint;
    get "/api/v1/journal/leaves" => proof::leaves;
    get "/api/v1/journal/inclusion" => proof::inclusion;
    get "/api/v1/journal/consistency" => proof::consistency;
    get "/keys.json" => proof::keys;
}

/// One thing that can be read.
pub struct Operation {
    /// Its path, as in the routes.
    pub path: &'static str,
    /// Its name for generated clients.
    pub id: &'static str,
    /// What it is.
    pub zh: &'static str,
    /// What can be asked.
    pub params: &'static [Param],
    /// The schema of the answer.
    pub answer: fn() -> Value,
}

/// Everything that can be read.
pub const OPERATIONS: &[Operation] = &[
    Operation {
        path: "/api/v1/openapi.json",
        id: "describe",
        zh: "本接口的说明（OpenAPI 3.1）",
        params: &[],
        answer: openapi::any_object,
    },
    Operation {
        path: "/api/v1/lots",
        id: "listLots",
        zh: "公开的标的，可以筛选，按游标翻页；翻页期间新增项目不影响已翻过的页",
        params: lots::PARAMS,
        answer: shape::refer::<shapes::LotPage>,
    },
    Operation {
        path: "/api/v1/lots/{lot_no}",
        id: "getLot",
        zh: "一个公开的标的，连同公告全文",
        params: &[],
        answer: shape::refer::<shapes::LotDetail>,
    },
    Operation {
        path: "/api/v1/lots/{lot_no}/bids",
        id: "listBids",
        zh: "一个标的的有效报价",
        params: bids::PARAMS,
        answer: shape::refer::<shapes::BidPage>,
    },
    Operation {
        path: "/api/v1/certificates/{no}",
        id: "getCertificate",
        zh: "交易鉴证书的签名数据和状态；nongquan verify --certificate 读的就是它",
        params: &[],
        answer: openapi::certificate_ref,
    },
    Operation {
        path: "/api/v1/journal/checkpoint",
        id: "getCheckpoint",
        zh: "最新的签名日志头",
        params: &[],
        answer: openapi::checkpoint_ref,
    },
    Operation {
        path: "/api/v1/journal/leaves",
        id: "listLeaves",
        zh: "日志各条",
        params: proof::LEAVES,
        answer: shape::refer::<shapes::JournalPage>,
    },
    Operation {
        path: "/api/v1/journal/inclusion",
        id: "proveInclusion",
        zh: "一条日志包含在日志中的证明",
        params: proof::INCLUSION,
        answer: shape::refer::<shapes::Inclusion>,
    },
    Operation {
        path: "/api/v1/journal/consistency",
        id: "proveConsistency",
        zh: "日志只增不改的证明",
        params: proof::CONSISTENCY,
        answer: shape::refer::<shapes::Consistency>,
    },
    Operation {
        path: "/keys.json",
        id: "listKeys",
        zh: "验证签名用的公钥，连同短名、算法和 SM2 标识",
        params: &[],
        answer: openapi::keys_ref,
    },
];

/// Runs blocking work off the event loop.
async fn work<T: Send + 'static>(
    app: &web::Data<App>,
    work: impl FnOnce(&App) -> Result<T, Stop> + Send + 'static,
) -> Result<T, ApiError> {
    let app = app.clone();
    let done = web::block(move || work(&app)).await.map_err(|_| ApiError::Web(WebError::Overloaded))?;
    Ok(done?)
}

/// Whether an address belongs to the interface, so that what is wrong is told in JSON.
pub fn owns(path: &str) -> bool {
    path == "/api" || path.starts_with("/api/") || path == "/keys.json"
}
