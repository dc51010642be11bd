//! What the county's gazette says about its land: townships and villages, land grades and
//! benchmark prices (蓝政发〔2022〕10号).

mod benchmarks;
mod divisions;
mod grades;

pub use benchmarks::{Benchmark, BenchmarkQuery, Benchmarks, Beside, NoBenchmark, Right};
pub use divisions::{Divisions, NoPlace, Place, Township, TownshipCode, TownshipKind, Village, VillageKind};
pub use grades::{Grade, GradedLand, Grades};
