//! From the posted result to the archive: one page for each step of the deal, and the public pages
//! of objections and certificates.

mod files;
mod objection;
mod perform;
mod sheet;
mod step;
mod steps;
mod verify;

use actix_web::{HttpResponse, web};

use super::cx::Cx;
use super::error::WebResult;
use super::post::Post;
use step::Step;

pub use objection::objections_block;

crate::routes! {
    get "/lots/{lot_no}/objection" => objection::page;
    post "/lots/{lot_no}/objection" => objection::file;
    get "/lots/{lot_no}/notice.pdf" => files::notice;
    get "/lots/{lot_no}/papers/{code}.pdf" => files::public;
    get "/cases/{id}/papers/{code}.pdf" => files::internal;
    get "/verify" => verify::search;
    get "/verify/{certificate_no}" => verify::page;
    post "/verify/{certificate_no}" => verify::confirm;
    get "/cases/{id}/objection-answer" => answer_page;
    post "/cases/{id}/objection-answer" => answer_post;
    get "/cases/{id}/confirmation" => confirmation_page;
    post "/cases/{id}/confirmation" => confirmation_post;
    get "/cases/{id}/approval" => approval_page;
    post "/cases/{id}/approval" => approval_post;
    get "/cases/{id}/contract" => contract_page;
    post "/cases/{id}/contract" => contract_post;
    get "/cases/{id}/signature" => signature_page;
    post "/cases/{id}/signature" => signature_post;
    get "/cases/{id}/signed-scan" => scan_page;
    post "/cases/{id}/signed-scan" => scan_post;
    get "/cases/{id}/signed-check" => check_page;
    post "/cases/{id}/signed-check" => check_post;
    get "/cases/{id}/authentication" => authentication_page;
    post "/cases/{id}/authentication" => authentication_post;
    get "/cases/{id}/certificate-application" => apply_page;
    post "/cases/{id}/certificate-application" => apply_post;
    get "/cases/{id}/certificate" => draft_page;
    post "/cases/{id}/certificate" => draft_post;
    get "/cases/{id}/certificate-approval" => approve_page;
    post "/cases/{id}/certificate-approval" => approve_post;
    get "/cases/{id}/delivery" => delivery_page;
    post "/cases/{id}/delivery" => delivery_post;
    get "/cases/{id}/handover" => handover_page;
    post "/cases/{id}/handover" => handover_post;
    get "/cases/{id}/registration" => registration_page;
    post "/cases/{id}/registration" => registration_post;
    get "/cases/{id}/archive" => archive_page;
    post "/cases/{id}/archive" => archive_post;
}

macro_rules! steps {
    ($($page:ident $post:ident $step:ident;)+) => {
        $(
            async fn $page(cx: Cx, path: web::Path<String>) -> WebResult<HttpResponse> {
                sheet::show(cx, &path, Step::$step).await
            }

            async fn $post(post: Post, path: web::Path<String>) -> WebResult<HttpResponse> {
                sheet::submit(post, &path, Step::$step).await
            }
        )+
    };
}

steps! {
    answer_page answer_post Answer;
    confirmation_page confirmation_post Confirm;
    approval_page approval_post Approve;
    contract_page contract_post Contract;
    signature_page signature_post Sign;
    scan_page scan_post Scan;
    check_page check_post Check;
    authentication_page authentication_post Authenticate;
    apply_page apply_post Apply;
    draft_page draft_post Draft;
    approve_page approve_post Issue;
    delivery_page delivery_post Deliver;
    handover_page handover_post HandOver;
    registration_page registration_post Register;
    archive_page archive_post Archive;
}
