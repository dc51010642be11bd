//! `/api/v1/openapi.json`: built from the table of operations, the tables of parameters and the
//! shapes of the answers, so that it cannot say anything else than the service does.

use actix_web::{HttpRequest, web};
use serde_json::{Map, Value, json};

use super::params::Given;
use super::problem::ApiResult;
use super::reply::{Fresh, json as reply};
use super::{OPERATIONS, Operation, shape, shapes};
use crate::context::App;

/// Any object.
pub fn any_object() -> Value {
    json!({ "type": "object" })
}

/// A certificate's signed payload with its status.
pub fn certificate_ref() -> Value {
    json!({ "$ref": "#/components/schemas/Certificate" })
}

/// The signed head.
pub fn checkpoint_ref() -> Value {
    json!({ "$ref": "#/components/schemas/Checkpoint" })
}

/// The public keys.
pub fn keys_ref() -> Value {
    json!({ "$ref": "#/components/schemas/Keys" })
}

fn text() -> Value {
    json!({ "type": "string" })
}

fn hash() -> Value {
    json!({ "type": "string", "pattern": "^[0-9a-f]{64}$" })
}

fn moment() -> Value {
    json!({ "type": "string", "format": "date-time" })
}

fn whole() -> Value {
    json!({ "type": "integer" })
}

/// Statements that are signed are described by hand: their form belongs to crypto, which knows no
/// interface. A test holds real ones against this.
fn statements() -> Vec<(&'static str, Value)> {
    let signature = shape::object(
        "签名",
        vec![
            ("algorithm", json!({ "const": "SM2-SM3" }), "算法"),
            ("key_id", text(), "公钥的短名，见 /keys.json"),
            ("value", text(), "DER 签名的 base64，签在 payload 的规范 JSON 上"),
        ],
    );
    let signature_ref = json!({ "$ref": "#/components/schemas/Signature" });
    let party = shape::object(
        "鉴证书上的一方",
        vec![
            ("side", json!({ "enum": ["transferor", "transferee"] }), "转出方或受让方"),
            ("masked_name", text(), "名称，自然人姓名已遮盖"),
            ("name_commitment", hash(), "全名的加盐承诺"),
            ("id_commitment", hash(), "证件号码的加盐承诺"),
        ],
    );
    let payload = shape::object(
        "鉴证书的签名内容",
        vec![
            ("type", json!({ "const": "nongquan.certificate.v1" }), "签名内容的种类"),
            ("number", text(), "编号"),
            ("date", json!({ "type": "string", "format": "date" }), "出具日期"),
            ("lot_no", text(), "标的编号"),
            ("category", json!({ "type": "integer", "minimum": 1, "maximum": 14 }), "大类"),
            ("object", text(), "标的"),
            ("area", text(), "面积或数量，带单位"),
            ("term", text(), "期限"),
            ("price_fen", whole(), "成交价，分"),
            ("price_unit", text(), "计价单位"),
            ("parties", json!({ "type": "array", "items": party }), "双方，转出方在前"),
            ("issuer_post", text(), "拟发岗位"),
            ("approver_post", text(), "批准岗位"),
            ("pdf_sm3", hash(), "双方所持 PDF 的 SM3"),
        ],
    );
    let certificate = shape::object(
        "交易鉴证书的公开数据",
        vec![
            ("payload", payload, "签名内容"),
            ("signature", signature_ref.clone(), "签名"),
            ("status", json!({ "enum": ["valid", "amended", "revoked"] }), "状态：有效、已变更、已撤销"),
            ("status_at", moment(), "状态的时间"),
        ],
    );
    let head = shape::object(
        "日志头",
        vec![
            ("type", json!({ "const": "nongquan.tree-head.v1" }), "签名内容的种类"),
            ("size", whole(), "日志的大小"),
            ("root", hash(), "根哈希"),
            ("at", moment(), "签名时间"),
        ],
    );
    let checkpoint =
        shape::object("签名日志头", vec![("payload", head, "日志头"), ("signature", signature_ref, "签名")]);
    let key = shape::object(
        "一把公钥",
        vec![
            ("purpose", json!({ "enum": ["journal", "certificate", "receipt"] }), "用途"),
            ("key_id", text(), "短名"),
            ("algorithm", json!({ "const": "SM2-SM3" }), "算法套件"),
            ("dist_id", text(), "SM2 签名标识"),
            ("pem", text(), "公钥，PEM"),
        ],
    );
    let keys =
        shape::object("公钥", vec![("keys", json!({ "type": "array", "items": key }), "每种用途一把，连同停用的")]);
    vec![("Signature", signature), ("Certificate", certificate), ("Checkpoint", checkpoint), ("Keys", keys)]
}

/// Placeholders in a path.
fn placeholders(path: &str) -> Vec<Value> {
    let names = path.split('/').filter_map(|part| part.strip_prefix('{')?.strip_suffix('}'));
    names
        .map(|name| {
            let zh = if name == "lot_no" { "标的编号" } else { "鉴证书编号，印刷写法或网址写法" };
            json!({ "name": name, "in": "path", "required": true, "description": zh, "schema": { "type": "string" } })
        })
        .collect()
}

fn problem(zh: &str) -> Value {
    json!({
        "description": zh,
        "content": { "application/problem+json": { "schema": { "$ref": "#/components/schemas/Problem" } } },
    })
}

fn operation(op: &Operation) -> Value {
    let mut parameters = placeholders(op.path);
    parameters.extend(op.params.iter().map(|p| p.describe()));
    let mut responses = json!({
        "200": { "description": op.zh, "content": { "application/json": { "schema": (op.answer)() } } },
        "304": { "description": "与 If-None-Match 给出的一致，没有变化" },
        "400": problem("参数不正确"),
    });
    if op.path.contains('{') || op.path.contains("journal") {
        responses["404"] = problem("没有找到");
    }
    json!({
        "operationId": op.id,
        "summary": op.zh,
        "parameters": parameters,
        "responses": responses,
        "security": [],
    })
}

/// The document for this service's address.
fn whole_document(base: &str) -> Value {
    let paths: Map<String, Value> =
        OPERATIONS.iter().map(|op| (op.path.to_owned(), json!({ "get": operation(op) }))).collect();
    let all = shape::lists().into_iter().chain(shapes::schemas()).chain(statements());
    let schemas: Map<String, Value> = all.map(|(name, schema)| (name.to_owned(), schema)).collect();
    json!({
        "openapi": "3.1.0",
        "info": {
            "title": "蓝山县农村产权流转交易平台公开接口",
            "version": "1",
            "description": "公开数据，只读，不需要登录，任何网站都可以读取。金额以分为单位的整数为准；时间带时区，精确到微秒。",
        },
        "servers": [{ "url": base }],
        "paths": paths,
        "components": { "schemas": schemas },
    })
}

/// `GET /api/v1/openapi.json`
pub async fn document(req: HttpRequest, app: web::Data<App>) -> ApiResult {
    Given::read(req.query_string(), &[])?;
    reply(&req, Fresh::Hour, &whole_document(&app.config.base_url.to_string()))
}
