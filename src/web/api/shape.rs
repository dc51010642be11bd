//! Answers and their description in one text: a struct declared here is what is sent, and its
//! JSON Schema is what openapi.json says. Neither can be changed without the other.

use serde::{Serialize, Serializer};
use serde_json::{Map, Value, json};

use crate::domain::base::Instant;
use crate::domain::category::{Method, Mode, PriceUnit, QuantityUnit};
use crate::domain::lot::Stage;

/// Something that can be sent, and the JSON Schema of it.
pub trait Shape {
    /// Its name among the components; `None` for what is described where it stands.
    const NAME: Option<&'static str> = None;

    /// The schema itself.
    fn schema() -> Value;
}

/// The schema, or where it stands.
pub fn refer<T: Shape>() -> Value {
    match T::NAME {
        Some(name) => json!({ "$ref": format!("#/components/schemas/{name}") }),
        None => T::schema(),
    }
}

/// An object with exactly these members, all of them always there.
pub fn object(about: &str, members: Vec<(&str, Value, &str)>) -> Value {
    let required: Vec<&str> = members.iter().map(|(name, _, _)| *name).collect();
    let properties: Map<String, Value> = members
        .iter()
        .map(|(name, schema, zh)| {
            let mut schema = schema.clone();
            schema["description"] = Value::String((*zh).to_owned());
            ((*name).to_owned(), schema)
        })
        .collect();
    json!({
        "type": "object",
        "description": about,
        "properties": properties,
        "required": required,
        "additionalProperties": false,
    })
}

/// `over` with the members of `base` before its own.
pub fn extend(base: Value, over: Value) -> Value {
    let mut all = over;
    if let (Some(own), Some(more)) = (all["properties"].as_object_mut(), base["properties"].as_object()) {
        own.extend(more.clone());
    }
    if let (Some(own), Some(more)) = (all["required"].as_array_mut(), base["required"].as_array()) {
        own.splice(0..0, more.iter().cloned());
    }
    all
}

/// Declares shapes: `Name "what it is" { field: Type = "what the field is"; }`, with `: Base`
/// where it carries all of another shape as well.
macro_rules! shapes {
    ($($name:ident $(: $base:ident)? $about:literal { $($field:ident: $type:ty = $zh:literal;)+ })+) => {
        $(
            #[doc = $about]
            #[derive(Clone, Debug, serde::Serialize)]
            pub struct $name {
                $(
                    /// All of the shape it extends.
                    #[serde(flatten)]
                    pub base: $base,
                )?
                $(#[doc = $zh] pub $field: $type,)+
            }

            impl $crate::web::api::shape::Shape for $name {
                const NAME: Option<&'static str> = Some(stringify!($name));

                fn schema() -> serde_json::Value {
                    let own = $crate::web::api::shape::object(
                        $about,
                        vec![$((stringify!($field).trim_start_matches("r#"), $crate::web::api::shape::refer::<$type>(), $zh)),+],
                    );
                    $(let own = $crate::web::api::shape::extend(
                        <$base as $crate::web::api::shape::Shape>::schema(),
                        own,
                    );)?
                    own
                }
            }
        )+

        /// The schemas of all shapes declared here, by name.
        pub fn schemas() -> Vec<(&'static str, serde_json::Value)> {
            vec![$((stringify!($name), <$name as $crate::web::api::shape::Shape>::schema())),+]
        }
    };
}
pub(crate) use shapes;

impl Shape for String {
    fn schema() -> Value {
        json!({ "type": "string" })
    }
}

impl Shape for bool {
    fn schema() -> Value {
        json!({ "type": "boolean" })
    }
}

macro_rules! integers {
    ($($type:ty),+) => {$(
        impl Shape for $type {
            fn schema() -> Value {
                json!({ "type": "integer" })
            }
        }
    )+};
}
integers!(u8, u32, u64, i64);

impl<T: Shape> Shape for Option<T> {
    fn schema() -> Value {
        json!({ "anyOf": [refer::<T>(), { "type": "null" }] })
    }
}

impl<T: Shape> Shape for Vec<T> {
    fn schema() -> Value {
        json!({ "type": "array", "items": refer::<T>() })
    }
}

/// A category's number.
#[derive(Clone, Copy, Debug, Serialize)]
#[serde(transparent)]
pub struct CategoryNo(pub u8);

impl Shape for CategoryNo {
    fn schema() -> Value {
        json!({ "type": "integer", "minimum": 1, "maximum": 14 })
    }
}

/// A moment: RFC 3339 with microseconds and the offset of China.
#[derive(Clone, Copy, Debug)]
pub struct At(pub Instant);

impl Serialize for At {
    fn serialize<S: Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        s.serialize_str(&self.0.rfc3339())
    }
}

impl Shape for At {
    fn schema() -> Value {
        json!({ "type": "string", "format": "date-time" })
    }
}

/// An SM3 in lower-case hex.
#[derive(Clone, Debug, Serialize)]
#[serde(transparent)]
pub struct Sm3(pub String);

impl Shape for Sm3 {
    fn schema() -> Value {
        json!({ "type": "string", "pattern": "^[0-9a-f]{64}$" })
    }
}

/// Any JSON object: for what is described by its own type name, such as a leaf's particulars.
#[derive(Clone, Debug, Serialize)]
#[serde(transparent)]
pub struct AnyObject(pub Value);

impl Shape for AnyObject {
    fn schema() -> Value {
        json!({ "type": "object" })
    }
}

macro_rules! closed_lists {
    ($($type:ident $about:literal;)+) => {
        $(
            impl Shape for $type {
                const NAME: Option<&'static str> = Some(stringify!($type));

                fn schema() -> Value {
                    let names: Vec<&str> = $type::ALL.iter().map(|v| v.name()).collect();
                    let zh: Vec<String> = $type::ALL.iter().map(|v| format!("{} {}", v.name(), v.zh())).collect();
                    json!({ "type": "string", "enum": names, "description": format!("{}：{}", $about, zh.join("；")) })
                }
            }
        )+

        /// The closed lists, by name.
        pub fn lists() -> Vec<(&'static str, Value)> {
            vec![$((stringify!($type), $type::schema())),+]
        }
    };
}

closed_lists! {
    Stage "标的所处环节";
    Mode "流转方式";
    Method "交易方式";
    PriceUnit "计价单位";
    QuantityUnit "计量单位";
}
