//! Which schemas are read, which are written, and where the two differ by `readOnly` and `writeOnly`.

use std::collections::{BTreeSet, HashMap, HashSet};

use super::node::Node;
use super::types::Direction;
use orderly_document::Pointer;

/// What is known of the whole document before the first type is built.
#[derive(Debug, Default)]
pub(crate) struct Usage {
    /// The ways in which a schema travels.
    directions: HashMap<Pointer, BTreeSet<Direction>>,
    /// Schemas that are not the same for requests and answers.
    split: HashSet<Pointer>,
}

impl Usage {
    /// Follows every schema from where it enters an operation.
    pub(crate) fn of(entries: &[(Node<'_>, Direction)]) -> Self {
        let mut usage = Self::default();
        let mut uses: HashMap<Pointer, Vec<Pointer>> = HashMap::new();
        for (node, direction) in entries {
            usage.walk(node, *direction, &mut uses);
        }
        usage.spread(&uses);
        usage
    }

    /// The direction under which a schema is to be built: both ways share one type unless they differ.
    pub(crate) fn canonical(&self, pointer: &Pointer, direction: Direction) -> Direction {
        if self.split.contains(pointer) { direction } else { Direction::Answer }
    }

    /// Whether the schema needs two types, and therefore two names.
    pub(crate) fn is_doubled(&self, pointer: &Pointer) -> bool {
        self.split.contains(pointer) && self.directions.get(pointer).is_some_and(|ways| ways.len() == 2)
    }

    /// The only direction of a schema that differs by direction, for what is built without a caller.
    pub(crate) fn directions(&self, pointer: &Pointer) -> Vec<Direction> {
        let ways = self.directions.get(pointer).into_iter().flatten().copied();
        if self.split.contains(pointer) { ways.collect() } else { vec![Direction::Answer] }
    }

    /// Notes a schema and what stands below it; references that lead nowhere are reported elsewhere.
    fn walk(&mut self, node: &Node<'_>, direction: Direction, uses: &mut HashMap<Pointer, Vec<Pointer>>) {
        let mut waiting = vec![node.clone()];
        while let Some(node) = waiting.pop() {
            let Ok(node) = node.follow() else { continue };
            if !self.directions.entry(node.pointer.clone()).or_default().insert(direction) {
                continue;
            }
            let below: Vec<Node<'_>> = below(&node).filter_map(|child| child.follow().ok()).collect();
            if node.members_of("properties").any(|(_, property)| is_one_way(&property)) {
                self.split.insert(node.pointer.clone());
            }
            uses.entry(node.pointer.clone())
                .or_default()
                .extend(below.iter().map(|child| child.pointer.clone()));
            waiting.extend(below);
        }
    }

    /// Whoever contains a schema that differs by direction differs too.
    fn spread(&mut self, uses: &HashMap<Pointer, Vec<Pointer>>) {
        let mut users: HashMap<&Pointer, Vec<&Pointer>> = HashMap::new();
        for (user, used) in uses {
            for pointer in used {
                users.entry(pointer).or_default().push(user);
            }
        }
        let mut waiting: Vec<Pointer> = self.split.iter().cloned().collect();
        while let Some(pointer) = waiting.pop() {
            for user in users.get(&pointer).into_iter().flatten() {
                if self.split.insert((*user).clone()) {
                    waiting.push((*user).clone());
                }
            }
        }
    }
}

/// Whether a property exists in one direction only.
fn is_one_way(property: &Node<'_>) -> bool {
    [Direction::Request, Direction::Answer].into_iter().any(|direction| is_left_out(property, direction))
}

/// Whether a property does not travel in this direction.
pub(crate) fn is_left_out(property: &Node<'_>, direction: Direction) -> bool {
    let flag = match direction {
        Direction::Request => "readOnly",
        Direction::Answer => "writeOnly",
    };
    property.flag(flag) || property.follow().is_ok_and(|target| target.flag(flag))
}

/// The schemas directly within a schema.
pub(crate) fn below<'d>(node: &Node<'d>) -> impl Iterator<Item = Node<'d>> + use<'d> {
    let properties = node.members_of("properties").map(|(_, property)| property);
    let single = ["items", "additionalProperties"].into_iter().filter_map({
        let node = node.clone();
        move |key| node.get(key).filter(|child| child.object().is_some())
    });
    let composed = ["allOf", "oneOf", "anyOf"].into_iter().flat_map({
        let node = node.clone();
        move |key| node.items_of(key)
    });
    properties.chain(single).chain(composed)
}
