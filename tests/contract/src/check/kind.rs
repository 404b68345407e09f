//! What is looked at: every check by its name, with the sentence that a right server makes true.

use std::fmt;

macro_rules! checks {
    ($($variant:ident $name:literal $sentence:literal,)+) => {
        /// A check.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Check {
            $(#[doc = $sentence] $variant,)+
        }

        impl Check {
            /// Every one.
            pub const ALL: &[Self] = &[$(Self::$variant,)+];

            /// Its name in kebab-case.
            pub fn name(self) -> &'static str {
                match self {
                    $(Self::$variant => $name,)+
                }
            }

            /// What holds where it finds nothing.
            pub fn sentence(self) -> &'static str {
                match self {
                    $(Self::$variant => $sentence,)+
                }
            }
        }
    };
}

checks! {
    NoServerError "no-server-error" "No request makes the server fail.",
    Status "status" "Every answer has a declared status.",
    MediaType "media-type" "Every body has a declared media type.",
    Headers "headers" "Declared headers are there and valid.",
    Body "body" "Every body is as its schema says.",
    Refusal "refusal" "What breaks the document is refused.",
    Acceptance "acceptance" "What the document allows is not refused as bad input.",
    RequiredHeader "required-header" "A request without a header that has to be there is refused.",
    Method "method" "A method that a path does not have is refused with those it has.",
    Authentication "authentication" "An operation that asks for a credential does nothing without one that works.",
    ObjectAuthorisation "object-authorisation" "What belongs to one account is not served to another.",
    UseAfterDelete "use-after-delete" "What was deleted is gone.",
    Availability "availability" "What was created is there.",
    Problem "problem" "A problem says the same as the answer that carries it.",
    Idempotency "idempotency" "A request that is repeated with its key has one effect and one answer.",
    Conditional "conditional" "Preconditions are held to, and an ETag names one state.",
    Pagination "pagination" "Pages lead to the end, without loss and without repetition.",
    RateLimit "rate-limit" "What is said of limits is well formed and counts down.",
    Echo "echo" "No error repeats what was sent.",
    Leak "leak" "No error shows what the server is made of.",
}

impl fmt::Display for Check {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_kebab_case_and_unlike_each_other() {
        let mut names: Vec<&str> = Check::ALL.iter().map(|check| check.name()).collect();
        assert!(names.iter().all(|name| name.chars().all(|one| one.is_ascii_lowercase() || one == '-')));
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), Check::ALL.len());
    }
}
