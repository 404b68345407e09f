//! Which cases a run has, each with the name by which it is repeated.

use crate::{
    case::{Case, Intent, Phase},
    document::{Document, Operation},
    phase::{self, Random},
    probe::{self, Probe},
    run::Settings,
    state::{Pool, Session},
};

/// The phases whose cases are a request each, in order.
pub(super) const PHASES: [Phase; 3] = [Phase::Examples, Phase::Coverage, Phase::Random];

/// There is a walk over what operations make and need for so many random cases, but no more than so many walks.
const CASES_OF_A_WALK: usize = 300;
const MOST_WALKS: usize = 50;

/// What a run goes through.
#[derive(Clone, Copy)]
pub(super) struct Plan<'r> {
    pub(super) document: &'r Document,
    pub(super) operations: &'r [&'r Operation],
    pub(super) pool: &'r Pool,
    pub(super) settings: &'r Settings,
}

/// A case with its operation and its name.
#[derive(Debug)]
pub(super) struct Named<'r> {
    pub(super) operation: &'r Operation,
    pub(super) name: String,
    pub(super) case: Case,
}

impl<'r> Plan<'r> {
    /// How many cases a phase has, where that is known before.
    pub(super) fn count(&self, phase: Phase) -> Option<usize> {
        (phase == Phase::Random).then_some(self.settings.cases)
    }

    /// The cases of a phase. They are made as they are needed: what is known of the server changes meanwhile.
    pub(super) fn cases(self, phase: Phase) -> Box<dyn Iterator<Item = Named<'r>> + Send + 'r> {
        let cases: Box<dyn Iterator<Item = Named<'r>> + Send + 'r> =
            match phase {
                Phase::Examples => self
                    .of_each(phase, |plan, operation| phase::examples(plan.document, operation, plan.pool)),
                Phase::Coverage => self
                    .of_each(phase, |plan, operation| phase::coverage(plan.document, operation, plan.pool)),
                Phase::Random | Phase::Stateful => Box::new(self.random()),
            };
        // Whoever logs out cannot go on.
        let ends_login =
            |named: &Named<'r>| named.case.intent == Intent::Valid && Pool::ends_login(named.operation);
        let cases = Box::new(cases.filter(move |named| !ends_login(named)));
        match &self.settings.case {
            None => cases,
            Some(only) => Box::new(cases.filter(move |named| named.name == *only)),
        }
    }

    fn of_each(
        self,
        phase: Phase,
        make: fn(Self, &Operation) -> Vec<Case>,
    ) -> Box<dyn Iterator<Item = Named<'r>> + Send + 'r> {
        Box::new(self.operations.iter().filter(move |operation| self.is_asked(operation)).flat_map(
            move |&operation| {
                let cases = make(self, operation).into_iter().enumerate();
                cases.map(move |(number, case)| Named {
                    operation,
                    name: name(operation, phase, number),
                    case,
                })
            },
        ))
    }

    /// Operations take turns.
    fn random(self) -> impl Iterator<Item = Named<'r>> + Send + 'r {
        let Self { document, pool, settings, .. } = self;
        let asked = self.operations.iter().filter(move |operation| self.is_asked(operation));
        let generators: Vec<_> =
            asked.map(|&operation| (operation, Random::new(document, operation))).collect();
        let count = self.operations.len().max(1);
        let turns = (0..settings.cases.div_ceil(count)).flat_map(move |number| {
            generators
                .iter()
                .filter_map(|(operation, random)| {
                    let mut rng = phase::rng(settings.seed, operation, number);
                    let case = random.case(pool, &mut rng)?;
                    Some(Named { operation, name: name(operation, Phase::Random, number), case })
                })
                .collect::<Vec<_>>()
        });
        turns.take(settings.cases)
    }

    /// Whether the one case that is asked for can be of this operation.
    fn is_asked(&self, operation: &Operation) -> bool {
        self.settings.case.as_ref().is_none_or(|only| only.starts_with(&operation.id))
    }

    /// The numbers of the walks over what operations make and need.
    pub(super) fn walks(&self) -> Vec<u64> {
        let count = (self.settings.cases / CASES_OF_A_WALK).clamp(1, MOST_WALKS);
        let is_asked = |number: &u64| {
            let end = format!("/{}/{number}", Phase::Stateful);
            self.settings.case.as_ref().is_none_or(|only| only.ends_with(&end))
        };
        (0..count as u64).filter(is_asked).collect()
    }

    /// The probes, each with an operation that it applies to.
    pub(super) fn probes(self, session: &Session<'r>) -> Vec<(&'static Probe, &'r Operation)> {
        let is_asked = |probe: &Probe, operation: &Operation| {
            self.settings.case.as_ref().is_none_or(|only| *only == probe_name(operation, probe))
        };
        let of = |probe: &'static Probe| {
            let operations = self.operations.iter().copied();
            let asked = operations.filter(move |operation| is_asked(probe, operation));
            asked
                .filter(|operation| (probe.applies)(session, operation))
                .map(move |operation| (probe, operation))
        };
        probe::ALL.iter().flat_map(of).collect()
    }
}

/// The name by which a probe of an operation is repeated.
pub(super) fn probe_name(operation: &Operation, probe: &Probe) -> String {
    format!("{}/probe/{}", operation.id, probe.name)
}

fn name(operation: &Operation, phase: Phase, number: usize) -> String {
    format!("{}/{phase}/{number}", operation.id)
}
