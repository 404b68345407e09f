//! Builds the types: each schema once, each name once, in the order in which the document leads to them.

use std::collections::{HashMap, HashSet};

use super::names::{self, Scope};
use super::node::Node;
use super::shape::{self, Shape};
use super::types::{Bounds, Definition, Direction, Kind, Member, Type, TypeId, Types};
use super::usage::Usage;
use super::{object, union};
use orderly_document::{Diagnostic, Diagnostics, Pointer};

/// The use of a schema at one place.
#[derive(Debug, Clone)]
pub(crate) struct Use {
    pub(crate) ty: Type,
    pub(crate) nullable: bool,
    /// Bounds that are not part of the type; see [`Builder::owned`].
    pub(crate) bounds: Bounds,
}

impl Use {
    fn of(ty: Type) -> Self {
        Self { ty, nullable: false, bounds: Bounds::default() }
    }

    /// The type with `null` among its values where the schema allows it.
    pub(crate) fn with_null(self) -> Type {
        match self.ty {
            Type::Json => Type::Json,
            ty if self.nullable => Type::Nullable(Box::new(ty)),
            ty => ty,
        }
    }
}

/// Collects types as schemas are met.
pub(crate) struct Builder<'a> {
    slots: Vec<Option<Definition>>,
    built: HashMap<(Pointer, Direction), TypeId>,
    /// Names of components, given out before all others so that no inline schema takes one.
    components: HashMap<Pointer, String>,
    pub(crate) scope: Scope,
    pub(crate) usage: Usage,
    pub(crate) diagnostics: &'a mut Diagnostics,
    /// Schemas being built by reference to another schema alone, to notice circles.
    entered: HashSet<Pointer>,
}

impl<'a> Builder<'a> {
    /// A builder that knows the names of the components.
    pub(crate) fn new(root: &Node<'_>, usage: Usage, diagnostics: &'a mut Diagnostics) -> Self {
        let mut scope = Scope::of_types();
        let schemas = Pointer::root().path(["components", "schemas"]);
        let components = root
            .get("components")
            .into_iter()
            .flat_map(|components| components.members_of("schemas"))
            .map(|(name, _)| (schemas.child(name), scope.take(&names::variant(name))))
            .collect();
        Self {
            slots: Vec::new(),
            built: HashMap::new(),
            components,
            scope,
            usage,
            diagnostics,
            entered: HashSet::new(),
        }
    }

    /// Builds every component schema, in the order of the document.
    pub(crate) fn components(&mut self, root: &Node<'_>) {
        let schemas = root.get("components").and_then(|components| components.get("schemas"));
        for (_, node) in schemas.into_iter().flat_map(|schemas| schemas.members()) {
            for direction in self.usage.directions(&node.pointer) {
                let built = self.component(&node, direction);
                self.diagnostics.absorb(built);
            }
        }
    }

    /// All types; call when the last schema was met.
    pub(crate) fn finish(self) -> Types {
        Types { definitions: self.slots.into_iter().flatten().collect() }
    }

    /// The component's own definition, also where it is only another name for a type.
    fn component(&mut self, node: &Node<'_>, direction: Direction) -> Result<TypeId, Diagnostic> {
        self.define(node, direction, "")
    }

    /// What a schema means where it is used; `wish` is the name of its type if it needs one.
    pub(crate) fn usage_of(
        &mut self,
        node: &Node<'_>,
        direction: Direction,
        wish: &str,
    ) -> Result<Use, Diagnostic> {
        let nullable = shape::is_nullable(node);
        let target = node.follow()?;
        if self.components.contains_key(&target.pointer) {
            let id = self.define(&target, direction, wish)?;
            return Ok(Use { nullable, ..Use::of(Type::Named(id)) });
        }
        let shape = shape::of(&target)?;
        let used = match shape {
            Shape::Json => Use::of(Type::Json),
            Shape::Scalar(scalar) => Use::of(Type::Scalar(scalar)),
            Shape::List(bounds) => Use { bounds, ..Use::of(self.list(&target, direction, wish)?) },
            Shape::Map(bounds) => Use { bounds, ..Use::of(self.map(&target, direction, wish)?) },
            Shape::Same(keyword, index) if self.entered.insert(target.pointer.clone()) => {
                let inner = self.member(&target, keyword, index, direction, wish);
                self.entered.remove(&target.pointer);
                inner?
            }
            _ => Use::of(Type::Named(self.define(&target, direction, wish)?)),
        };
        Ok(Use { nullable, ..used })
    }

    /// Like [`usage_of`](Self::usage_of), for places that cannot check bounds: the type does it itself.
    pub(crate) fn owned(
        &mut self,
        node: &Node<'_>,
        direction: Direction,
        wish: &str,
    ) -> Result<Use, Diagnostic> {
        let used = self.usage_of(node, direction, wish)?;
        if used.bounds.is_empty() {
            return Ok(used);
        }
        let id = self.define(&node.follow()?, direction, wish)?;
        Ok(Use { bounds: Bounds::default(), ty: Type::Named(id), ..used })
    }

    /// The type of the items of a list.
    fn list(&mut self, node: &Node<'_>, direction: Direction, wish: &str) -> Result<Type, Diagnostic> {
        let item = match node.get("items") {
            Some(items) => self.owned(&items, direction, &format!("{wish}Item"))?.with_null(),
            None => Type::Json,
        };
        Ok(Type::List(Box::new(item)))
    }

    /// The type of a map's values.
    fn map(&mut self, node: &Node<'_>, direction: Direction, wish: &str) -> Result<Type, Diagnostic> {
        let value = match node.get("additionalProperties").filter(|values| values.object().is_some()) {
            Some(values) => self.owned(&values, direction, &format!("{wish}Value"))?.with_null(),
            None => Type::Json,
        };
        Ok(Type::Map(Box::new(value)))
    }

    /// The one schema that a composition consists of.
    fn member(
        &mut self,
        node: &Node<'_>,
        keyword: &str,
        index: usize,
        direction: Direction,
        wish: &str,
    ) -> Result<Use, Diagnostic> {
        match node.items_of(keyword).nth(index) {
            Some(member) => self.usage_of(&member, direction, wish),
            None => Err(node.refused(format!("`{keyword}` has no member {index}"))),
        }
    }

    /// The named type of a schema that is no reference, built at the first use.
    pub(crate) fn define(
        &mut self,
        node: &Node<'_>,
        direction: Direction,
        wish: &str,
    ) -> Result<TypeId, Diagnostic> {
        let direction = self.usage.canonical(&node.pointer, direction);
        let key = (node.pointer.clone(), direction);
        if let Some(id) = self.built.get(&key) {
            return Ok(*id);
        }
        self.diagnostics.extend(node.without_bearing("xml"));
        let name = self.name(&node.pointer, direction, wish);
        let id = TypeId(self.slots.len());
        self.slots.push(None);
        self.built.insert(key, id);
        let kind = self.kind(node, direction, &name)?;
        self.slots[id.0] = Some(Definition {
            name,
            pointer: node.pointer.to_string(),
            direction,
            title: node.prose("title"),
            description: node.prose("description"),
            deprecated: node.flag("deprecated"),
            kind,
        });
        Ok(id)
    }

    /// A component's own name, or the wished one; the requesting half of a split schema says so.
    fn name(&mut self, pointer: &Pointer, direction: Direction, wish: &str) -> String {
        let input = self.usage.is_doubled(pointer) && direction == Direction::Request;
        match self.components.get(pointer) {
            Some(name) if input => self.scope.take(&format!("{name}Input")),
            Some(name) => name.clone(),
            None => self.scope.take(wish),
        }
    }

    fn kind(&mut self, node: &Node<'_>, direction: Direction, name: &str) -> Result<Kind, Diagnostic> {
        if node.is_reference() {
            return Ok(Kind::Alias(self.usage_of(node, direction, name)?.ty));
        }
        Ok(match shape::of(node)? {
            Shape::Json => Kind::Alias(Type::Json),
            Shape::Scalar(scalar) => Kind::Alias(Type::Scalar(scalar)),
            Shape::Newtype(inner, rules) => Kind::Newtype { inner, rules },
            Shape::StringEnum => Kind::StringEnum(members(node, |value| value.as_str().map(str::to_owned))),
            Shape::IntegerEnum => Kind::IntegerEnum(members(node, serde_json::Value::as_i64)),
            Shape::List(bounds) => match self.list(node, direction, name)? {
                list if bounds.is_empty() => Kind::Alias(list),
                Type::List(item) => Kind::List { item: *item, bounds },
                _ => Kind::Checked,
            },
            Shape::Map(bounds) => match self.map(node, direction, name)? {
                map if bounds.is_empty() => Kind::Alias(map),
                Type::Map(value) => Kind::Map { value: *value, bounds },
                _ => Kind::Checked,
            },
            Shape::Same(keyword, index) => {
                if self.entered.contains(&node.pointer) {
                    return Err(node.refused("the schema consists of nothing but itself"));
                }
                let used = self.member(node, keyword, index, direction, name)?;
                if used.bounds.is_empty() { Kind::Alias(used.ty) } else { Kind::Checked }
            }
            Shape::Struct => match object::build(self, node, direction, name)? {
                Some(built) => Kind::Struct(built),
                None => Kind::Checked,
            },
            Shape::Union(keyword) => Kind::Union(union::build(self, node, keyword, direction, name)?),
            Shape::Checked => Kind::Checked,
        })
    }
}

/// The values of an enum; `null` is no value of the Rust type.
fn members<T>(node: &Node<'_>, value: impl Fn(&serde_json::Value) -> Option<T>) -> Vec<Member<T>> {
    let mut scope = Scope::without(&["Self"]);
    node.items_of("enum")
        .filter_map(|item| {
            let found = value(item.value)?;
            let text = item.value.as_str().map_or_else(|| item.value.to_string(), str::to_owned);
            Some(Member { name: scope.take(&names::variant(&text)), value: found })
        })
        .collect()
}
