//! Finds names that are defined twice in generated code, which is how most of what would not compile
//! shows before a compiler sees it.

use std::collections::HashSet;

use syn::{Fields, ImplItem, Item, Type};

/// Checks a file or module and all modules in it.
///
/// # Errors
/// The name that is defined twice.
pub(super) fn check(items: &[Item]) -> Result<(), String> {
    let mut types = HashSet::new();
    let mut methods = HashSet::new();
    for item in items {
        match item {
            Item::Struct(item) => {
                once(&mut types, item.ident.to_string())?;
                check_fields(&item.fields)?;
            }
            Item::Enum(item) => {
                once(&mut types, item.ident.to_string())?;
                let mut variants = HashSet::new();
                for variant in &item.variants {
                    once(&mut variants, format!("{}::{}", item.ident, variant.ident))?;
                    check_fields(&variant.fields)?;
                }
            }
            Item::Type(item) => once(&mut types, item.ident.to_string())?,
            Item::Impl(item) if item.trait_.is_none() => {
                let Type::Path(owner) = &*item.self_ty else { continue };
                let Some(owner) = owner.path.segments.last() else { continue };
                for method in &item.items {
                    if let ImplItem::Fn(method) = method {
                        once(&mut methods, format!("{}::{}", owner.ident, method.sig.ident))?;
                    }
                }
            }
            Item::Mod(module) => {
                let items = module.content.as_ref().map(|(_, items)| items.as_slice()).unwrap_or_default();
                check(items)?;
            }
            _ => {}
        }
    }
    Ok(())
}

fn check_fields(fields: &Fields) -> Result<(), String> {
    let mut seen = HashSet::new();
    fields
        .iter()
        .filter_map(|field| field.ident.as_ref())
        .try_for_each(|name| once(&mut seen, name.to_string()))
}

fn once(seen: &mut HashSet<String>, name: String) -> Result<(), String> {
    if seen.contains(&name) {
        return Err(format!("`{name}` would be defined twice"));
    }
    seen.insert(name);
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_defined_once_in_its_place() {
        let cases = [
            ("struct A; mod m { struct A; }", true),
            ("struct A; enum A {}", false),
            ("mod m { enum E { A, A } }", false),
            ("struct S { a: u8, a: u8 }", false),
            ("impl S { fn a() {} } impl S { fn a() {} }", false),
            ("impl S { fn a() {} } impl T { fn a() {} } impl Clone for S { fn a() {} }", true),
        ];
        for (code, good) in cases {
            let file = syn::parse_file(code).unwrap();
            assert_eq!(check(&file.items).is_ok(), good, "{code}");
        }
    }
}
