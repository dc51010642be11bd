//! Nongquan.
