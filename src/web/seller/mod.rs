//! The transferor's pages: starting an application, the draft by topic, papers, handing in.

mod answers;
mod draft;
mod papers;
mod start;
mod topics;

crate::routes! {
    get "/projects/new" => start::page;
    post "/projects" => start::create;
    post "/cases/{id}/lots" => start::add_lot;
    get "/cases/{id}/draft" => draft::tasks;
    get "/cases/{id}/draft/papers" => papers::page;
    post "/cases/{id}/draft/papers" => papers::upload;
    post "/cases/{id}/draft/papers/removal" => papers::remove;
    get "/cases/{id}/draft/{topic}" => draft::page;
    post "/cases/{id}/draft/{topic}" => draft::save;
    post "/cases/{id}/draft/{topic}/autosave" => draft::autosave;
    get "/cases/{id}/submission" => answers::page;
    post "/cases/{id}/submission" => answers::submit;
    get "/cases/{id}/withdrawal" => answers::withdrawal;
    post "/cases/{id}/withdrawal" => answers::withdraw;
}
