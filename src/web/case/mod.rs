//! The internal file of a lot (`/cases/{id}`), the steps from first review to publication, and
//! stored documents.

mod documents;
pub mod facts;
pub mod history;
pub mod load;
pub mod notice;
mod page;
mod review;
pub mod spine;

crate::routes! {
    get "/cases/{id}" => page::page;
    get "/documents/{id}" => documents::show;
    get "/cases/{id}/first-review" => review::first_page;
    post "/cases/{id}/first-review" => review::first;
    get "/cases/{id}/acceptance" => review::accept_page;
    post "/cases/{id}/acceptance" => review::accept;
    get "/cases/{id}/consultation" => review::consult_page;
    post "/cases/{id}/consultation" => review::consult;
    get "/cases/{id}/opinion" => review::opine_page;
    post "/cases/{id}/opinion" => review::opine;
    get "/cases/{id}/review" => review::review_page;
    post "/cases/{id}/review" => review::decide;
    get "/cases/{id}/notice-confirmation" => notice::confirm_page;
    post "/cases/{id}/notice-confirmation" => notice::confirm;
    get "/cases/{id}/publication" => notice::publish_page;
    post "/cases/{id}/publication" => notice::publish;
}
