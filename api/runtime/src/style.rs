//! How OpenAPI writes lists and objects into one text (`style` and `explode`).

/// A parameter's `style`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Style {
    /// `a,b` in a query or a cookie, or the name repeated when exploded.
    Form,
    /// `a,b` in a path or a header.
    Simple,
    /// `.a,b` in a path, `.a.b` exploded.
    Label,
    /// `;name=a,b` in a path, `;name=a;name=b` exploded.
    Matrix,
    /// `a%20b` in a query.
    SpaceDelimited,
    /// `a|b` in a query.
    PipeDelimited,
    /// `name[key]=a` in a query.
    DeepObject,
}

impl Style {
    /// What `explode` is where the document does not say it.
    pub(crate) fn explodes_by_default(self) -> bool {
        self == Self::Form
    }

    /// The text of a scalar without the style's decoration; `None` if the decoration is missing.
    pub(crate) fn scalar<'t>(self, name: &str, raw: &'t str) -> Option<&'t str> {
        match self {
            Self::Label => raw.strip_prefix('.'),
            Self::Matrix => raw.strip_prefix(';')?.strip_prefix(name)?.strip_prefix('='),
            _ => Some(raw),
        }
    }

    /// The items of a list in one text; `None` if the decoration is missing. An empty text is an empty list.
    pub(crate) fn items<'t>(self, explode: bool, name: &str, raw: &'t str) -> Option<Vec<&'t str>> {
        if raw.is_empty() {
            return Some(Vec::new());
        }
        Some(match self {
            Self::Label if explode => raw.strip_prefix('.')?.split('.').collect(),
            Self::Matrix if explode => raw
                .strip_prefix(';')?
                .split(';')
                .map(|part| part.strip_prefix(name)?.strip_prefix('='))
                .collect::<Option<_>>()?,
            Self::SpaceDelimited => raw.split("%20").flat_map(|part| part.split(['+', ' '])).collect(),
            Self::PipeDelimited => {
                raw.split("%7C").flat_map(|part| part.split("%7c")).flat_map(|part| part.split('|')).collect()
            }
            _ => self.scalar(name, raw)?.split(',').collect(),
        })
    }

    /// The members of an object in one text; `None` if they do not come in pairs.
    pub(crate) fn members<'t>(
        self,
        explode: bool,
        name: &str,
        raw: &'t str,
    ) -> Option<Vec<(&'t str, &'t str)>> {
        let separator = match self {
            Self::Label => '.',
            Self::Matrix => ';',
            _ => ',',
        };
        if explode {
            let undecorated = match self {
                Self::Label | Self::Matrix => raw.strip_prefix(separator)?,
                _ => raw,
            };
            return undecorated.split(separator).map(|pair| pair.split_once('=')).collect();
        }
        let flat = self.items(false, name, raw)?;
        let pairs = flat.chunks(2).map(|pair| match pair {
            [key, value] => Some((*key, *value)),
            _ => None,
        });
        pairs.collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_are_written_as_the_specification_shows() {
        use Style::*;
        for (style, explode, raw) in [
            (Form, false, "blue,black,brown"),
            (Simple, false, "blue,black,brown"),
            (Simple, true, "blue,black,brown"),
            (Label, false, ".blue,black,brown"),
            (Label, true, ".blue.black.brown"),
            (Matrix, false, ";color=blue,black,brown"),
            (Matrix, true, ";color=blue;color=black;color=brown"),
            (SpaceDelimited, false, "blue%20black%20brown"),
            (SpaceDelimited, false, "blue+black+brown"),
            (PipeDelimited, false, "blue|black|brown"),
            (PipeDelimited, false, "blue%7Cblack%7cbrown"),
        ] {
            let items = style.items(explode, "color", raw);
            assert_eq!(items.as_deref(), Some(&["blue", "black", "brown"][..]), "{style:?} {explode} {raw}");
        }
    }

    #[test]
    fn objects_are_written_as_the_specification_shows() {
        use Style::*;
        for (style, explode, raw) in [
            (Form, false, "R,100,G,200"),
            (Simple, false, "R,100,G,200"),
            (Simple, true, "R=100,G=200"),
            (Label, false, ".R,100,G,200"),
            (Label, true, ".R=100.G=200"),
            (Matrix, false, ";color=R,100,G,200"),
            (Matrix, true, ";R=100;G=200"),
            (SpaceDelimited, false, "R%20100%20G%20200"),
            (PipeDelimited, false, "R|100|G|200"),
        ] {
            let members = style.members(explode, "color", raw);
            assert_eq!(members, Some(vec![("R", "100"), ("G", "200")]), "{style:?} {explode} {raw}");
        }
        assert_eq!(Simple.members(false, "color", "R,100,G"), None);
    }

    #[test]
    fn a_missing_decoration_is_noticed() {
        assert_eq!(Style::Label.scalar("color", "blue"), None);
        assert_eq!(Style::Matrix.scalar("color", ";colour=blue"), None);
        assert_eq!(Style::Matrix.scalar("color", ";color=blue"), Some("blue"));
        assert_eq!(Style::Matrix.items(true, "color", ";color=a;x=b"), None);
    }
}
