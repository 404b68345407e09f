//! Every place of a schema, each with the way that leads there: the nearest places first.

use std::collections::{HashMap, VecDeque};

use super::{
    build::{Hop, Step},
    read::Reader,
    shape::Node,
};

/// Places that are visited, at most: beyond, a document repeats itself.
const MAX_SPOTS: usize = 800;

/// Schemas that are used in several places are visited at each of them as far down as this.
const REPEATED_TO: usize = 2;

/// How often one schema is visited.
const MAX_VISITS: usize = 3;

/// A name for a member that the schema does not name.
const OTHER: &str = "otherMember";

/// A place, in one of its alternatives.
#[derive(Debug, Clone)]
pub(super) struct Spot {
    pub(super) steps: Vec<Step>,
    pub(super) node: Node,
    pub(super) alternative: usize,
}

impl Spot {
    /// The place in the value, as a JSON pointer.
    pub(super) fn at(&self) -> String {
        let token = |step: &Step| match &step.hop {
            Hop::Member(name) => format!("/{}", name.replace('~', "~0").replace('/', "~1")),
            Hop::Item => "/0".to_owned(),
        };
        self.steps.iter().map(token).collect()
    }
}

/// The places of a node and of what it leads to. Recursion ends where a schema has been before.
pub(super) fn spots(reader: Reader<'_>, root: &Node) -> Vec<Spot> {
    let mut visits: HashMap<Node, usize> = HashMap::new();
    let mut queue: VecDeque<(Vec<Step>, Node)> = VecDeque::from([(Vec::new(), root.clone())]);
    let mut spots = Vec::new();
    while let Some((steps, node)) = queue.pop_front() {
        let times = visits.entry(node.clone()).or_default();
        let is_worth_it = *times == 0 || (steps.len() <= REPEATED_TO && *times < MAX_VISITS);
        let leads_to_itself = steps.iter().any(|step| step.node == node);
        if !is_worth_it || leads_to_itself || spots.len() >= MAX_SPOTS {
            continue;
        }
        *times += 1;
        for (alternative, shape) in reader.alternatives(&node).iter().enumerate() {
            let mut go = |hop: Hop, inner: &Node| {
                if !inner.0.is_empty() {
                    let step = Step { node: node.clone(), alternative, hop };
                    queue.push_back((steps.iter().cloned().chain([step]).collect(), inner.clone()));
                }
            };
            for (name, inner) in &shape.members {
                go(Hop::Member(name.clone()), inner);
            }
            go(Hop::Item, &shape.items);
            if let Some(other) = &shape.other {
                go(Hop::Member(OTHER.to_owned()), other);
            }
            spots.push(Spot { steps: steps.clone(), node: node.clone(), alternative });
        }
    }
    spots
}
