//! What anybody needs to check the exchange without trusting it: certificates, the journal with its
//! signed head and proofs, and the public keys.

use actix_web::{HttpRequest, web};
use serde_json::Value;

use super::cursor;
use super::params::{Given, Kind, Param};
use super::problem::{ApiError, ApiResult};
use super::reply::{Fresh, json};
use super::shape::{AnyObject, Sm3};
use super::shapes::{Consistency, Inclusion, JournalLeaf, JournalPage};
use super::work;
use crate::acts::{certificate, checkpoint};
use crate::context::App;
use crate::crypto::suite::Hash;
use crate::store::Fault;
use crate::store::views::journal;

const PAGE: i64 = 100;
const MOST_INDEX: i64 = i64::MAX;

/// What can be asked of the leaves.
pub const LEAVES: &[Param] = &[
    Param::new("from", "从第几条起，从 0 起", Kind::Whole(0, MOST_INDEX)),
    Param::new("limit", "每页个数，缺省 100", Kind::Whole(1, 1000)),
    Param::new("cursor", "上一页给出的 next_cursor，与 from 意义相同", Kind::Text(40)),
];

/// What can be asked of a leaf's proof.
pub const INCLUSION: &[Param] = &[
    Param::needed("index", "日志序号，从 0 起", Kind::Whole(0, MOST_INDEX)),
    Param::new("size", "日志的大小，缺省为最新签名日志头的大小", Kind::Whole(1, MOST_INDEX)),
];

/// What can be asked of the growth.
pub const CONSISTENCY: &[Param] = &[
    Param::needed("from", "较小的日志的大小", Kind::Whole(0, MOST_INDEX)),
    Param::new("to", "较大的日志的大小，缺省为最新签名日志头的大小", Kind::Whole(1, MOST_INDEX)),
];

/// `GET /api/v1/certificates/{no}`
pub async fn certificate(req: HttpRequest, app: web::Data<App>, no: web::Path<String>) -> ApiResult {
    Given::read(req.query_string(), &[])?;
    let no = no.into_inner();
    let shown = work(&app, move |app| certificate::show(app, &no)).await?;
    json(&req, Fresh::Ask, &shown.ok_or_else(ApiError::not_found)?.document)
}

/// `GET /api/v1/journal/checkpoint`
pub async fn checkpoint(req: HttpRequest, app: web::Data<App>) -> ApiResult {
    Given::read(req.query_string(), &[])?;
    let head = work(&app, checkpoint::newest).await?;
    json(&req, Fresh::Ask, &head.ok_or_else(ApiError::not_found)?)
}

/// `GET /api/v1/journal/leaves`
pub async fn leaves(req: HttpRequest, app: web::Data<App>) -> ApiResult {
    let given = Given::read(req.query_string(), LEAVES)?;
    let from = match given.text("cursor") {
        None => given.index("from").unwrap_or(0),
        Some(c) => c.parse().map_err(|_| cursor::unknown())?,
    };
    let page = given.number("limit").unwrap_or(PAGE);
    let found =
        work(&app, move |app| Ok(app.store.read(|db| journal::leaves(db, from, page.saturating_add(1)))?)).await?;
    let (found, more) = cursor::cut(found, usize::try_from(page).unwrap_or(usize::MAX));
    let next = found.last().filter(|_| more).map(|l| (l.index + 1).to_string());
    let items = found.into_iter().map(|l| {
        let leaf: Value = serde_json::from_str(&l.body).map_err(|e| Fault::Inconsistent(format!("leaf: {e}")))?;
        Ok(JournalLeaf { index: l.index, hash: Sm3(l.leaf_hash), leaf: AnyObject(leaf) })
    });
    let items = items.collect::<Result<Vec<_>, Fault>>()?;
    let fresh = if more { Fresh::Forever } else { Fresh::Ask };
    json(&req, fresh, &JournalPage { items, next_cursor: next })
}

/// The size asked for, or that of the newest signed head.
async fn size(app: &web::Data<App>, asked: Option<u64>) -> Result<u64, ApiError> {
    match asked {
        Some(size) => Ok(size),
        None => {
            let head = work(app, checkpoint::newest).await?;
            Ok(head.ok_or_else(ApiError::not_found)?.payload.size)
        }
    }
}

/// A proof for a size that was asked for never changes. One for the newest head is another one as soon as the
/// journal grows, and must not be kept under the same address.
fn lasting(asked: Option<u64>) -> Fresh {
    if asked.is_some() { Fresh::Forever } else { Fresh::Ask }
}

fn path(hashes: &[Hash]) -> Vec<Sm3> {
    hashes.iter().map(|h| Sm3(h.hex())).collect()
}

/// `GET /api/v1/journal/inclusion`
pub async fn inclusion(req: HttpRequest, app: web::Data<App>) -> ApiResult {
    let given = Given::read(req.query_string(), INCLUSION)?;
    let index = given.index("index").unwrap_or_default();
    let asked = given.index("size");
    let size = size(&app, asked).await?;
    let proof = work(&app, move |app| Ok(app.store.read(|db| journal::inclusion(db, index, size))?)).await?;
    let proof = proof.ok_or_else(|| ApiError::parameter("index", "超出日志的范围"))?;
    let all = Inclusion { index: proof.index, size: proof.size, path: path(&proof.path) };
    json(&req, lasting(asked), &all)
}

/// `GET /api/v1/journal/consistency`
pub async fn consistency(req: HttpRequest, app: web::Data<App>) -> ApiResult {
    let given = Given::read(req.query_string(), CONSISTENCY)?;
    let from = given.index("from").unwrap_or_default();
    let asked = given.index("to");
    let to = size(&app, asked).await?;
    let proof = work(&app, move |app| Ok(app.store.read(|db| journal::consistency(db, from, to))?)).await?;
    let proof = proof.ok_or_else(|| ApiError::parameter("from", "超出日志的范围"))?;
    let all = Consistency { old_size: proof.old_size, new_size: proof.new_size, path: path(&proof.path) };
    json(&req, lasting(asked), &all)
}

/// `GET /keys.json`
pub async fn keys(req: HttpRequest, app: web::Data<App>) -> ApiResult {
    Given::read(req.query_string(), &[])?;
    json(&req, Fresh::Hour, &app.keys.public_bundle())
}
