//! Objects of one branch that are of no other, where branches allow each other's members: one member has what the other
//! branch forbids there.

use std::slice;

use orderly_document::Pointer;
use serde_json::{Map, Value};

use super::Builder;
use crate::{
    case::Keyword,
    value::{kind::Kinds, pool, shape::Shape},
};

/// How many members of a branch are tried.
const MOST: usize = 40;

impl Builder<'_, '_> {
    /// The least object of a shape that the branches which were not taken refuse. `None` if nothing tells them apart.
    pub(super) fn apart(&mut self, shape: &Shape) -> Option<Value> {
        let mut members = self.object(shape, &[], None)?;
        for union in shape.unions.iter().filter(|union| union.keyword == Keyword::OneOf) {
            for (index, branch) in union.branches.iter().enumerate() {
                if index != union.taken && self.allows(branch, &members) {
                    members = self.refused(shape, branch, &members)?;
                }
            }
        }
        Some(Value::Object(members))
    }

    /// The object changed in one member, so that a branch refuses it.
    fn refused(
        &mut self,
        shape: &Shape,
        branch: &Pointer,
        members: &Map<String, Value>,
    ) -> Option<Map<String, Value>> {
        let shapes = self.reader.alternatives(&self.reader.node(branch));
        let names = shapes.iter().flat_map(|shape| &shape.members).map(|(name, _)| name).take(MOST);
        for name in names {
            let Some(node) = shape.member(name) else { continue };
            let own = self.reader.alternatives(node);
            let candidates = match node.0.is_empty() {
                true => pool::others(Kinds::NONE),
                false => own.iter().take(2).flat_map(|shape| pool::candidates(self, shape)).collect(),
            };
            for candidate in candidates {
                let mut changed = members.clone();
                changed.insert(name.clone(), candidate.value);
                if self.fits_all(&node.0, &changed[name]) && !self.allows(branch, &changed) {
                    return Some(changed);
                }
            }
        }
        None
    }

    fn allows(&self, branch: &Pointer, members: &Map<String, Value>) -> bool {
        self.fits_all(slice::from_ref(branch), &Value::Object(members.clone()))
    }
}
