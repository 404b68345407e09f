//! How a parameter's value is written into a request (OpenAPI 3.0.3, "Style Values").

use serde_json::Value;

use super::Location;

/// How a value becomes text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Writing {
    /// By a style.
    Styled {
        /// The `style`.
        style: Style,
        /// Whether items and members stand by themselves (`explode`).
        explode: bool,
        /// Whether reserved characters of a query stay as they are (`allowReserved`).
        reserved: bool,
    },
    /// As a body of this media type would be (`content`).
    Content(String),
}

/// A parameter's `style`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Style {
    /// `a,b` in a path or a header.
    Simple,
    /// `.a,b` in a path, `.a.b` exploded.
    Label,
    /// `;name=a,b` in a path, `;name=a;name=b` exploded.
    Matrix,
    /// `name=a,b` in a query or a cookie, `name=a&name=b` exploded.
    Form,
    /// `name=a%20b` in a query.
    SpaceDelimited,
    /// `name=a%7Cb` in a query.
    PipeDelimited,
    /// `name[key]=a` in a query.
    DeepObject,
}

impl Style {
    /// The style of this name.
    pub fn named(name: &str) -> Option<Self> {
        Some(match name {
            "simple" => Self::Simple,
            "label" => Self::Label,
            "matrix" => Self::Matrix,
            "form" => Self::Form,
            "spaceDelimited" => Self::SpaceDelimited,
            "pipeDelimited" => Self::PipeDelimited,
            "deepObject" => Self::DeepObject,
            _ => return None,
        })
    }

    /// The style where the document names none.
    pub fn of(location: Location) -> Self {
        match location {
            Location::Path | Location::Header => Self::Simple,
            Location::Query | Location::Cookie => Self::Form,
        }
    }

    /// Whether the specification has the style in this part of a request.
    pub fn is_for(self, location: Location) -> bool {
        match self {
            Self::Simple => matches!(location, Location::Path | Location::Header),
            Self::Label | Self::Matrix => location == Location::Path,
            Self::Form => matches!(location, Location::Query | Location::Cookie),
            Self::SpaceDelimited | Self::PipeDelimited | Self::DeepObject => location == Location::Query,
        }
    }
}

impl Writing {
    /// How a parameter or a header is written, from its object in the document. A style that its location does not
    /// have is `Err` with its name.
    pub(super) fn of(object: &Value, location: Location) -> Result<Self, String> {
        if let Some((media_type, _)) = object["content"].as_object().and_then(|content| content.iter().next())
        {
            return Ok(Self::Content(media_type.clone()));
        }
        let style = match object["style"].as_str() {
            None => Style::of(location),
            Some(name) => match Style::named(name).filter(|style| style.is_for(location)) {
                Some(style) => style,
                None => return Err(name.to_owned()),
            },
        };
        let explode = object["explode"].as_bool().unwrap_or(style == Style::Form);
        let reserved = object["allowReserved"] == true && location == Location::Query;
        Ok(Self::Styled { style, explode, reserved })
    }

    /// Whether the value is written as JSON.
    pub fn is_json(&self) -> bool {
        match self {
            Self::Content(media_type) => media_type.to_ascii_lowercase().contains("json"),
            Self::Styled { .. } => false,
        }
    }
}
