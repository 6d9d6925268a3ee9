//! The modules that attributes stand on: a class, a module of the library, a list of functions.

use proc_macro2::{Span, TokenStream};
use quote::{format_ident, quote};
use syn::ext::IdentExt;
use syn::parse::{Parse, ParseStream, Parser};
use syn::spanned::Spanned;
use syn::{Expr, Ident, Item, ItemMod, LitStr, Token};

use crate::function::{Generated, Options, Owner, Role, doc_of, generate};

/// What stands in the brackets of `#[class(…)]` and `#[module(…)]`.
struct Head {
    name: String,
    check: Option<Ident>,
    base: Option<Ident>,
    kind: Option<Ident>,
    flags: Option<Expr>,
}

impl Parse for Head {
    fn parse(input: ParseStream) -> syn::Result<Head> {
        let name: LitStr = input.parse()?;
        let mut head = Head { name: name.value(), check: None, base: None, kind: None, flags: None };
        while !input.is_empty() {
            input.parse::<Token![,]>()?;
            if input.is_empty() {
                break;
            }
            let key = input.call(Ident::parse_any)?;
            input.parse::<Token![=]>()?;
            match key.to_string().as_str() {
                "check" => head.check = Some(input.call(Ident::parse_any)?),
                "base" => head.base = Some(input.call(Ident::parse_any)?),
                "kind" => head.kind = Some(input.parse()?),
                "flags" => head.flags = Some(input.parse()?),
                _ => {
                    return Err(syn::Error::new(key.span(), "expected check, base, kind or flags"));
                }
            }
        }
        Ok(head)
    }
}

/// The marked functions of a module, with their attributes taken off, and the classes in it.
struct Contents {
    module: ItemMod,
    functions: Vec<Generated>,
    classes: Vec<Ident>,
}

fn contents(item: TokenStream, owner: &Owner, roles: &[Role]) -> syn::Result<Contents> {
    let mut module: ItemMod = syn::parse2(item)?;
    let span = module.span();
    let Some((_, items)) = &mut module.content else {
        return Err(syn::Error::new(span, "expected a module with its content: `mod name { … }`"));
    };
    let mut functions = Vec::new();
    let mut classes = Vec::new();
    for item in items.iter_mut() {
        match item {
            Item::Fn(f) => {
                let Some(at) = f.attrs.iter().position(|a| Role::of(a).is_some()) else {
                    continue;
                };
                let attribute = f.attrs.remove(at);
                let role = Role::of(&attribute).expect("found above");
                if !roles.contains(&role) {
                    return Err(syn::Error::new(attribute.span(), "not in this kind of module"));
                }
                let options = match &attribute.meta {
                    syn::Meta::List(l) => l.parse_args::<Options>()?,
                    _ => Options::default(),
                };
                functions.push(generate(f, role, options, owner)?);
            }
            Item::Mod(m) => {
                let is_class = m.attrs.iter().any(|a| a.path().segments.last().is_some_and(|s| s.ident == "class"));
                if is_class {
                    classes.push(m.ident.clone());
                }
            }
            _ => {}
        }
    }
    Ok(Contents { module, functions, classes })
}

/// The module with its own content and what was generated.
fn finish(mut module: ItemMod, functions: &[Generated], tables: TokenStream) -> syn::Result<TokenStream> {
    let wrappers = functions.iter().map(|g| &g.tokens);
    let added: TokenStream = quote! {
        #[allow(unused_imports)]
        use ::gscript_vm::convert::rt as __rt;
        #(#wrappers)*
        #tables
    };
    let added = syn::File::parse.parse2(added)?;
    let (_, items) = module.content.as_mut().expect("checked when it was read");
    items.extend(added.items);
    Ok(quote!(#module))
}

pub fn class(args: TokenStream, item: TokenStream) -> syn::Result<TokenStream> {
    let head: Head = syn::parse2(args)?;
    let (module_name, name) = head.name.rsplit_once('.').unwrap_or(("builtins", &head.name));
    let owner = Owner { name: name.to_string(), full_name: head.name.clone(), check: head.check.clone() };
    let roles = [Role::New, Role::Method, Role::Static, Role::ClassMethod, Role::Getter, Role::Setter];
    let c = contents(item, &owner, &roles)?;
    let doc = doc_of(&c.module.attrs);
    let new = c.functions.iter().find(|g| g.role == Role::New);
    let new_fn = match new {
        Some(g) => {
            let wrapper = &g.item;
            quote!(Some(#wrapper))
        }
        None => quote!(None),
    };
    let signature = new.map_or("", |g| g.text.as_str());
    let methods = c.functions.iter().filter(|g| matches!(g.role, Role::Method | Role::Static | Role::ClassMethod)).map(|g| &g.item);
    let (members, member_names) = members(&c.functions)?;
    let base = head.base.unwrap_or_else(|| Ident::new("object", Span::call_site()));
    let kind = head.kind.unwrap_or_else(|| Ident::new("Native", Span::call_site()));
    let flags = head.flags.map_or(quote!(0), |f| quote!({ use __rt::flags::*; #f }));
    let tables = quote! {
        #members
        /// The class's methods and attributes.
        pub static CLASS: __rt::ClassDef = __rt::ClassDef {
            doc: #doc,
            new: #new_fn,
            signature: #signature,
            methods: &[#(&#methods),*],
            members: &[#(&#member_names),*],
        };
        /// The class, for modules that make it when they are imported.
        #[allow(dead_code)]
        pub static NATIVE: __rt::NativeClass = __rt::NativeClass {
            module: #module_name,
            name: #name,
            kind: __rt::Kind::#kind,
            base: |types| types.#base,
            flags: #flags,
            def: &CLASS,
        };
    };
    finish(c.module, &c.functions, tables)
}

/// Definitions of the attributes, and their names.
fn members(functions: &[Generated]) -> syn::Result<(TokenStream, Vec<Ident>)> {
    let mut tokens = TokenStream::new();
    let mut names = Vec::new();
    for g in functions.iter().filter(|g| g.role == Role::Getter) {
        let item = format_ident!("MEMBER_{}", g.name.to_uppercase());
        let (name, doc, get) = (&g.name, &g.doc, &g.item);
        let setter = functions.iter().find(|s| s.role == Role::Setter && s.name == g.name);
        let set = match setter {
            Some(s) => {
                let wrapper = &s.item;
                quote!(Some(#wrapper))
            }
            None => quote!(None),
        };
        tokens.extend(quote! {
            pub static #item: __rt::MemberDef = __rt::MemberDef { name: #name, doc: #doc, get: #get, set: #set };
        });
        names.push(item);
    }
    for s in functions.iter().filter(|s| s.role == Role::Setter) {
        if !functions.iter().any(|g| g.role == Role::Getter && g.name == s.name) {
            return Err(syn::Error::new(s.item.span(), format!("no getter of the name {}", s.name)));
        }
    }
    Ok((tokens, names))
}

pub fn module(args: TokenStream, item: TokenStream) -> syn::Result<TokenStream> {
    let head: Head = syn::parse2(args)?;
    let owner = Owner { name: head.name.clone(), full_name: String::new(), check: None };
    let c = contents(item, &owner, &[Role::Function, Role::Init])?;
    let (name, doc) = (&head.name, doc_of(&c.module.attrs));
    let functions = c.functions.iter().filter(|g| g.role == Role::Function).map(|g| &g.item);
    let init = match c.functions.iter().find(|g| g.role == Role::Init) {
        Some(g) => {
            let function = &g.item;
            quote!(Some(#function))
        }
        None => quote!(None),
    };
    let classes = &c.classes;
    let tables = quote! {
        /// What the module holds.
        pub static MODULE: __rt::ModuleDef = __rt::ModuleDef {
            name: #name,
            doc: #doc,
            functions: &[#(&#functions),*],
            classes: &[#(&#classes::NATIVE),*],
            init: #init,
        };
    };
    finish(c.module, &c.functions, tables)
}

pub fn functions(args: TokenStream, item: TokenStream) -> syn::Result<TokenStream> {
    if !args.is_empty() {
        return Err(syn::Error::new(args.span(), "#[functions] has no arguments"));
    }
    let owner = Owner { name: String::new(), full_name: String::new(), check: None };
    let c = contents(item, &owner, &[Role::Function])?;
    let items = c.functions.iter().map(|g| &g.item);
    let tables = quote! {
        /// The functions of this file.
        pub static FUNCTIONS: &[&__rt::BuiltinDef] = &[#(&#items),*];
    };
    finish(c.module, &c.functions, tables)
}
