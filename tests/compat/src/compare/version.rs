//! The document's own version: whether it says how much has changed (<https://semver.org>).

use super::Walk;
use crate::node::Node;
use crate::rules::{Rule, Severity};

impl Walk<'_> {
    /// Holds `info.version` to what was found.
    pub(super) fn version(&mut self) {
        let info = |document| Node::root(document).get("info");
        let (Some(base), Some(head)) = (info(self.base), info(self.head)) else { return };
        let (Some(old), Some(new)) = (base.text("version"), head.text("version")) else { return };
        let Some(worst) = self.changes.iter().map(|change| change.severity).max() else { return };
        if old == new {
            return self.both(Rule::VersionUnchanged, &base, &head, "version", format!("`{new}` in both"));
        }
        let (Some(was), Some(is)) = (numbers(old), numbers(new)) else { return };
        // While the first number is 0, the second one stands for what breaks.
        let leading = |[major, minor, _]: [u64; 3]| if major == 0 { (0, minor) } else { (major, 0) };
        let what = format!("`{new}`, was `{old}`");
        if is < was {
            self.both(Rule::VersionLowered, &base, &head, "version", what);
        } else if worst == Severity::Breaking && leading(was) == leading(is) {
            self.both(Rule::VersionRaisedTooLittle, &base, &head, "version", what);
        }
    }
}

/// The three numbers of a version; without what stands behind `-` or `+`.
pub(crate) fn numbers(version: &str) -> Option<[u64; 3]> {
    let plain = version.trim_start_matches('v');
    let plain = plain.split(['-', '+']).next()?;
    let mut numbers = plain.split('.').map(str::parse);
    let three = [numbers.next()?.ok()?, numbers.next()?.ok()?, numbers.next()?.ok()?];
    numbers.next().is_none().then_some(three)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_version_has_three_numbers() {
        assert_eq!(numbers("1.20.3"), Some([1, 20, 3]));
        assert_eq!(numbers("v2.0.0-rc.1+x"), Some([2, 0, 0]));
        assert_eq!(numbers("2024-01-01"), None);
        assert_eq!(numbers("1.0"), None);
    }
}
