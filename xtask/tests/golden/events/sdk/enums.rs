//! Enums that answers hold: each takes values that this version does not know.
