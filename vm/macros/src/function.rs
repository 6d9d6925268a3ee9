//! One Rust function: what its attribute says, and the wrapper with the machine's calling convention.

use proc_macro2::{Span, TokenStream};
use quote::{format_ident, quote};
use syn::ext::IdentExt;
use syn::parse::{Parse, ParseStream};
use syn::spanned::Spanned;
use syn::{Attribute, Expr, ExprLit, FnArg, Ident, ItemFn, Lit, LitStr, Meta, Token, Type};

use crate::signature::{Default, Param, Signature};

/// What a function becomes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    Function,
    Method,
    Static,
    ClassMethod,
    New,
    Getter,
    Setter,
    Init,
}

impl Role {
    /// The role that an attribute gives.
    pub fn of(attribute: &Attribute) -> Option<Role> {
        let name = attribute.path().get_ident()?.to_string();
        Some(match name.as_str() {
            "function" => Role::Function,
            "method" => Role::Method,
            "static_method" => Role::Static,
            "class_method" => Role::ClassMethod,
            "new" => Role::New,
            "getter" => Role::Getter,
            "setter" => Role::Setter,
            "init" => Role::Init,
            _ => return None,
        })
    }

    fn has_receiver(self) -> bool {
        !matches!(self, Role::Function | Role::Static | Role::Init)
    }
}

/// What stands in the brackets of `#[method(…)]` and the others.
#[derive(Default)]
pub struct Options {
    pub signature: Option<LitStr>,
    pub name: Option<String>,
    pub style: Option<Ident>,
    pub text: Option<String>,
}

impl Parse for Options {
    fn parse(input: ParseStream) -> syn::Result<Options> {
        let mut o = Options::default();
        while !input.is_empty() {
            if input.peek(LitStr) {
                o.signature = Some(input.parse()?);
            } else {
                let key = input.call(Ident::parse_any)?;
                if input.peek(Token![=]) {
                    input.parse::<Token![=]>()?;
                    let value: LitStr = input.parse()?;
                    match key.to_string().as_str() {
                        "name" => o.name = Some(value.value()),
                        "text" => o.text = Some(value.value()),
                        "style" => o.style = Some(style_name(&value)?),
                        _ => {
                            return Err(syn::Error::new(key.span(), "expected name, style or text"));
                        }
                    }
                } else {
                    // `#[setter(real)]`
                    o.name = Some(key.unraw().to_string());
                }
            }
            if !input.is_empty() {
                input.parse::<Token![,]>()?;
            }
        }
        Ok(o)
    }
}

fn style_name(value: &LitStr) -> syn::Result<Ident> {
    let name = match value.value().as_str() {
        "clinic" => "Clinic",
        "unpack" => "Unpack",
        "tuple" => "Tuple",
        "slot" => "Slot",
        "python" => "Python",
        "cython" => "Cython",
        _ => {
            return Err(syn::Error::new(value.span(), "expected clinic, unpack, tuple, slot, python or cython"));
        }
    };
    Ok(Ident::new(name, value.span()))
}

/// Whose function it is.
pub struct Owner {
    /// Class or module, as messages name it; empty for built-in functions.
    pub name: String,
    /// The class with its module, where it has one.
    pub full_name: String,
    /// Field of `Types`: receivers must be instances of that class.
    pub check: Option<Ident>,
}

/// A function with all that is written for it.
pub struct Generated {
    pub role: Role,
    /// The name scripts see.
    pub name: String,
    /// The static with the definition (or, for getters, setters and `#[new]`, the wrapper).
    pub item: Ident,
    pub doc: String,
    /// The signature to show.
    pub text: String,
    pub tokens: TokenStream,
}

/// The text of the doc comments.
pub fn doc_of(attributes: &[Attribute]) -> String {
    let mut lines = Vec::new();
    for a in attributes {
        if let Meta::NameValue(m) = &a.meta {
            if let (true, Expr::Lit(ExprLit { lit: Lit::Str(s), .. })) = (m.path.is_ident("doc"), &m.value) {
                let line = s.value();
                lines.push(line.strip_prefix(' ').unwrap_or(&line).trim_end().to_string());
            }
        }
    }
    lines.join("\n").trim().to_string()
}

/// The Rust parameters of a function, by what they are for.
struct Inputs<'a> {
    has_cx: bool,
    receiver: Option<&'a Type>,
    rest: Vec<(&'a syn::Pat, &'a Type)>,
}

fn inputs(f: &ItemFn, role: Role) -> syn::Result<Inputs<'_>> {
    let mut all = Vec::new();
    for a in &f.sig.inputs {
        match a {
            FnArg::Typed(p) => all.push((&*p.pat, bare(&p.ty))),
            FnArg::Receiver(r) => {
                return Err(syn::Error::new(r.span(), "the receiver is an ordinary parameter: `this`"));
            }
        }
    }
    let has_cx = all.first().is_some_and(|(_, t)| is_cx(t));
    if has_cx {
        all.remove(0);
    }
    let receiver = if role.has_receiver() {
        if all.is_empty() {
            return Err(syn::Error::new(f.sig.span(), "a receiver is missing: `this`, or `class: Gc<Type>`"));
        }
        Some(all.remove(0).1)
    } else {
        None
    };
    Ok(Inputs { has_cx, receiver, rest: all })
}

/// The type without the invisible brackets that a `macro_rules` puts around it.
fn bare(t: &Type) -> &Type {
    match t {
        Type::Group(g) => bare(&g.elem),
        Type::Paren(p) => bare(&p.elem),
        _ => t,
    }
}

fn is_cx(t: &Type) -> bool {
    matches!(t, Type::Reference(r) if r.mutability.is_some() && last_segment(&r.elem).is_some_and(|s| s.ident == "Cx"))
}

fn last_segment(t: &Type) -> Option<&syn::PathSegment> {
    match bare(t) {
        Type::Path(p) => p.path.segments.last(),
        _ => None,
    }
}

/// `T` of `Option<T>`.
fn option_of(t: &Type) -> Option<&Type> {
    let s = last_segment(t).filter(|s| s.ident == "Option")?;
    match &s.arguments {
        syn::PathArguments::AngleBracketed(a) => match a.args.first() {
            Some(syn::GenericArgument::Type(t)) => Some(t),
            _ => None,
        },
        _ => None,
    }
}

fn is_named(t: &Type, names: &[&str]) -> bool {
    last_segment(t).is_some_and(|s| names.iter().any(|n| s.ident == n))
}

fn is_values(t: &Type) -> bool {
    matches!(t, Type::Reference(r) if matches!(&*r.elem, Type::Slice(s) if is_named(&s.elem, &["Value"])))
}

/// The signature that the Rust parameters alone suggest.
fn derived(inputs: &Inputs<'_>) -> Signature {
    let mut s = Signature::default();
    for (i, (pat, ty)) in inputs.rest.iter().enumerate() {
        let name = match pat {
            syn::Pat::Ident(p) => p.ident.unraw().to_string().trim_start_matches('_').trim_end_matches('_').to_string(),
            _ => String::new(),
        };
        let name = if name.is_empty() { format!("arg{i}") } else { name };
        if is_values(ty) {
            s.varargs = Some(name);
        } else if is_named(ty, &["Kwargs"]) {
            s.kwargs = Some(name);
        } else {
            s.params.push(Param { name, default: option_of(ty).map(|_| Default::Other) });
            s.positional += 1;
        }
    }
    s.positional_only = s.positional;
    s
}

/// As Python writes it.
fn shown(s: &Signature) -> String {
    let mut parts: Vec<String> = Vec::new();
    for (i, p) in s.params.iter().enumerate() {
        parts.push(if p.default.is_some() { format!("{}=<unrepresentable>", p.name) } else { p.name.clone() });
        if i + 1 == s.positional_only {
            parts.push("/".into());
        }
    }
    parts.extend(s.varargs.iter().map(|n| format!("*{n}")));
    parts.extend(s.kwargs.iter().map(|n| format!("**{n}")));
    parts.join(", ")
}

/// Special methods that CPython makes from slots of the type: their argument errors are worded differently.
const SLOTS: &[&str] = &[
    "__repr__",
    "__str__",
    "__hash__",
    "__call__",
    "__getattribute__",
    "__getattr__",
    "__setattr__",
    "__delattr__",
    "__lt__",
    "__le__",
    "__eq__",
    "__ne__",
    "__gt__",
    "__ge__",
    "__iter__",
    "__next__",
    "__get__",
    "__set__",
    "__delete__",
    "__init__",
    "__add__",
    "__radd__",
    "__sub__",
    "__rsub__",
    "__mul__",
    "__rmul__",
    "__mod__",
    "__rmod__",
    "__divmod__",
    "__rdivmod__",
    "__pow__",
    "__rpow__",
    "__neg__",
    "__pos__",
    "__abs__",
    "__bool__",
    "__invert__",
    "__lshift__",
    "__rlshift__",
    "__rshift__",
    "__rrshift__",
    "__and__",
    "__rand__",
    "__xor__",
    "__rxor__",
    "__or__",
    "__ror__",
    "__int__",
    "__float__",
    "__iadd__",
    "__isub__",
    "__imul__",
    "__imod__",
    "__ipow__",
    "__ilshift__",
    "__irshift__",
    "__iand__",
    "__ixor__",
    "__ior__",
    "__floordiv__",
    "__rfloordiv__",
    "__truediv__",
    "__rtruediv__",
    "__ifloordiv__",
    "__itruediv__",
    "__index__",
    "__matmul__",
    "__rmatmul__",
    "__imatmul__",
    "__len__",
    "__getitem__",
    "__setitem__",
    "__delitem__",
    "__contains__",
    "__await__",
    "__aiter__",
    "__anext__",
];

/// Exceptions: methods with a slot's name that are ordinary methods in CPython.
const NO_SLOTS: &[(&str, &str)] =
    &[("list", "__getitem__"), ("dict", "__getitem__"), ("dict", "__contains__"), ("set", "__contains__"), ("frozenset", "__contains__")];

fn default_style(role: Role, owner: &str, name: &str) -> Ident {
    let is_slot = role == Role::Method && name != "__init__" && SLOTS.contains(&name) && !NO_SLOTS.contains(&(owner, name));
    Ident::new(if is_slot { "Slot" } else { "Clinic" }, Span::call_site())
}

/// Writes wrapper and definition of a marked function.
pub fn generate(f: &ItemFn, role: Role, options: Options, owner: &Owner) -> syn::Result<Generated> {
    let rust_name = f.sig.ident.unraw().to_string();
    let name = options.name.clone().unwrap_or_else(|| match role {
        Role::Setter => rust_name.strip_prefix("set_").unwrap_or(&rust_name).to_string(),
        _ if rust_name.starts_with("__") => rust_name.clone(),
        _ => rust_name.strip_suffix('_').unwrap_or(&rust_name).to_string(),
    });
    let doc = doc_of(&f.attrs);
    match role {
        Role::Getter | Role::Setter => member(f, role, name, doc, owner),
        Role::Init => Ok(Generated { role, name, item: f.sig.ident.clone(), doc, text: String::new(), tokens: TokenStream::new() }),
        _ => callable(f, role, name, doc, options, owner),
    }
}

fn callable(f: &ItemFn, role: Role, name: String, doc: String, options: Options, owner: &Owner) -> syn::Result<Generated> {
    let inputs = inputs(f, role)?;
    let rust_name = f.sig.ident.unraw().to_string();
    let (signature, text) = match &options.signature {
        Some(s) => (Signature::parse(&s.value()).map_err(|e| syn::Error::new(s.span(), e))?, s.value()),
        None => {
            let s = derived(&inputs);
            let text = shown(&s);
            (s, text)
        }
    };
    let text = options.text.unwrap_or(text);
    let expected = signature.params.len() + signature.varargs.is_some() as usize + signature.kwargs.is_some() as usize;
    if expected != inputs.rest.len() {
        let message = format!("the signature has {expected} parameters, the function {}", inputs.rest.len());
        return Err(syn::Error::new(f.sig.inputs.span(), message));
    }
    let style = options.style.unwrap_or_else(|| default_style(role, &owner.name, &name));
    let table = format_ident!("SIGNATURE_{}", rust_name.to_uppercase());
    let wrapper = format_ident!("call_{}", rust_name);
    let table_tokens = signature_table(&signature, &inputs, &table, role, &style, &name, owner);
    let body = body(f, &signature, &inputs, &table, owner, role)?;
    let item = if role == Role::New { wrapper.clone() } else { format_ident!("DEF_{}", rust_name.to_uppercase()) };
    let definition = if role == Role::New {
        TokenStream::new()
    } else {
        let kind = match role {
            Role::Method => quote!(Method),
            Role::Static => quote!(Static),
            Role::ClassMethod => quote!(ClassMethod),
            _ => quote!(Function),
        };
        quote! {
            pub static #item: __rt::BuiltinDef = __rt::BuiltinDef {
                name: #name,
                signature: #text,
                doc: #doc,
                call: #wrapper,
                kind: __rt::BuiltinKind::#kind,
            };
        }
    };
    let tokens = quote! {
        #table_tokens
        #[allow(clippy::all, non_snake_case, unused_variables, unused_mut)]
        pub fn #wrapper(cx: &mut __rt::Cx, args: &[__rt::Value], keywords: __rt::Keywords) -> __rt::Result<__rt::Value> {
            #body
        }
        #definition
    };
    Ok(Generated { role, name, item, doc, text, tokens })
}

/// The description of the parameters that binding and messages go by.
fn signature_table(s: &Signature, inputs: &Inputs<'_>, table: &Ident, role: Role, style: &Ident, name: &str, owner: &Owner) -> TokenStream {
    let types = named_types(s, inputs);
    let params = s.params.iter().zip(types).map(|(p, ty)| {
        let name = &p.name;
        let is_required = p.default.is_none();
        // CPython says "str or None" where None is accepted.
        let takes_none = option_of(ty).is_some() && matches!(p.default, None | Some(Default::None));
        quote!(__rt::Param { name: #name, is_required: #is_required, takes_none: #takes_none })
    });
    let (positional_only, positional, required) = (s.positional_only, s.positional, s.required());
    let (has_varargs, has_kwargs) = (s.varargs.is_some(), s.kwargs.is_some());
    let (role, name) = match role {
        Role::Function => (quote!(Function), name),
        Role::Method if name == "__init__" => (quote!(Init), name),
        Role::Method => (quote!(Method), name),
        Role::Static => (quote!(Static), name),
        Role::ClassMethod => (quote!(ClassMethod), name),
        _ => (quote!(New), "__new__"),
    };
    let (owner, class) = (&owner.name, &owner.full_name);
    quote! {
        static #table: __rt::Signature = __rt::Signature {
            name: #name,
            owner: #owner,
            class: #class,
            role: __rt::Role::#role,
            style: __rt::Style::#style,
            params: &[#(#params),*],
            positional_only: #positional_only,
            positional: #positional,
            required: #required,
            has_varargs: #has_varargs,
            has_kwargs: #has_kwargs,
        };
    }
}

/// Rust types of the named parameters, in order.
fn named_types<'a>(s: &Signature, inputs: &Inputs<'a>) -> Vec<&'a Type> {
    let mut types: Vec<&Type> = inputs.rest.iter().map(|(_, t)| *t).collect();
    if s.kwargs.is_some() {
        types.pop();
    }
    if s.varargs.is_some() {
        types.remove(s.positional);
    }
    types
}

fn body(f: &ItemFn, s: &Signature, inputs: &Inputs<'_>, table: &Ident, owner: &Owner, role: Role) -> syn::Result<TokenStream> {
    let types = named_types(s, inputs);
    let required = s.required();
    let positional = s.positional;
    let count = s.params.len();
    let receiver = inputs.receiver.map(|ty| receiver(ty, table, owner, role));
    let slots: Vec<Ident> = (0..count).map(|i| format_ident!("slot{i}")).collect();
    let is_required = |i: usize| s.params[i].default.is_none();
    let direct = (0..count).map(|i| match (is_required(i), i < positional) {
        (true, true) => quote!(args[#i]),
        // No direct path then; only the types must agree.
        (true, false) => quote!(__rt::Value::NONE),
        (false, true) => quote!(args.get(#i).copied()),
        (false, false) => quote!(None),
    });
    let bound = (0..count).map(|i| if is_required(i) { quote!(__rt::bound(bound[#i])) } else { quote!(bound[#i]) });
    let mut condition = quote!(keywords.is_none());
    if required > 0 {
        condition = quote!(#condition && args.len() >= #required);
    }
    if s.varargs.is_none() {
        condition = quote!(#condition && args.len() <= #positional);
    }
    let slow = quote! {
        let mut bound = [None; #count];
        __rt::bind(cx, &#table, args, keywords, &mut bound)?;
        (#(#bound,)*)
    };
    let bind = if s.has_required_keyword() {
        quote!(let (#(#slots,)*) = { #slow };)
    } else {
        quote!(let (#(#slots,)*) = if #condition { (#(#direct,)*) } else { #slow };)
    };
    let mut conversions = Vec::new();
    let mut values = Vec::new();
    for (i, (p, ty)) in s.params.iter().zip(types).enumerate() {
        let slot = &slots[i];
        let value = format_ident!("value{i}");
        let converted = convert(p, ty, slot, &quote!(__rt::ArgInfo::new(&#table, #i))).map_err(|e| syn::Error::new(ty.span(), e))?;
        conversions.push(quote!(let #value = #converted;));
        values.push(quote!(#value));
    }
    if s.varargs.is_some() {
        values.insert(positional, quote!(__rt::rest(args, #positional, keywords)));
    }
    if s.kwargs.is_some() {
        values.push(quote!(__rt::Kwargs::new(&#table, args, keywords)));
    }
    let cx = inputs.has_cx.then(|| quote!(&mut *cx,));
    let this = inputs.receiver.map(|_| quote!(this,));
    let function = &f.sig.ident;
    Ok(quote! {
        #receiver
        #bind
        #(#conversions)*
        let result = self::#function(#cx #this #(#values),*);
        __rt::IntoReturn::into_return(result, cx)
    })
}

/// `this`, or the class; `args` becomes what is behind it.
fn receiver(ty: &Type, table: &Ident, owner: &Owner, role: Role) -> TokenStream {
    let check = owner.check.as_ref().map(|field| {
        let holds = match role {
            Role::New | Role::ClassMethod => quote!(this.as_gc::<::gscript_vm::object::class::Type>().is_some_and(|t| t.is_subclass(cx.types.#field))),
            _ => quote!(cx.is_instance(this, cx.types.#field)),
        };
        quote! {
            if !#holds {
                return Err(__rt::wrong_receiver(cx, &#table, this));
            }
        }
    });
    quote! {
        let Some((this, args)) = __rt::split_receiver(args, keywords) else {
            return Err(__rt::missing_receiver(cx, &#table, keywords));
        };
        #check
        let Ok(this) = <#ty as __rt::FromArg>::from_arg(cx, this, __rt::ArgInfo::new(&#table, 0)) else {
            return Err(__rt::wrong_receiver(cx, &#table, this));
        };
    }
}

/// The Rust value of a parameter.
fn convert(p: &Param, ty: &Type, slot: &Ident, info: &TokenStream) -> Result<TokenStream, String> {
    let Some(default) = &p.default else {
        return Ok(quote!(<#ty as __rt::FromArg>::from_arg(cx, #slot, #info)?));
    };
    if let Some(inner) = option_of(ty) {
        let some = quote!(Some(<#inner as __rt::FromArg>::from_arg(cx, v, #info)?));
        return Ok(if *default == Default::None {
            quote!(match #slot { Some(v) if !v.is_none() => #some, _ => None })
        } else {
            quote!(match #slot { Some(v) => #some, None => None })
        });
    }
    let absent = literal(default, ty, info).ok_or_else(|| format!("the default of `{}` is no literal: make the type an Option", p.name))?;
    Ok(quote!(match #slot { Some(v) => <#ty as __rt::FromArg>::from_arg(cx, v, #info)?, None => #absent }))
}

/// A default as a Rust expression of type `ty`.
fn literal(default: &Default, ty: &Type, info: &TokenStream) -> Option<TokenStream> {
    let integers = ["i8", "i16", "i32", "i64", "isize", "u8", "u16", "u32", "u64", "usize"];
    let parse = |text: &str| text.parse::<TokenStream>().ok();
    let value = match default {
        Default::Int(i) if is_named(ty, &integers) => return parse(&i.to_string()),
        Default::Int(i) if is_named(ty, &["f64"]) => return parse(&format!("{i}.0")),
        Default::Float(t) if is_named(ty, &["f64"]) => return parse(&format!("({t}_f64)")),
        Default::Bool(b) if is_named(ty, &["bool"]) => return Some(quote!(#b)),
        Default::Str(s) if is_named(ty, &["String"]) => return Some(quote!(String::from(#s))),
        Default::None => quote!(__rt::Value::NONE),
        Default::Bool(b) => quote!(__rt::Value::bool(#b)),
        Default::Int(i) => {
            let i = i64::try_from(*i).ok()?;
            quote!(cx.int(#i))
        }
        Default::Float(t) => {
            let x: f64 = t.parse().ok()?;
            quote!(cx.float(#x))
        }
        Default::Str(s) => quote!(cx.str(#s).value()),
        Default::Other => return None,
    };
    Some(quote!({ let v = #value; <#ty as __rt::FromArg>::from_arg(cx, v, #info)? }))
}

/// The wrapper of a getter or setter.
fn member(f: &ItemFn, role: Role, name: String, doc: String, owner: &Owner) -> syn::Result<Generated> {
    let inputs = inputs(f, role)?;
    let expected = (role == Role::Setter) as usize;
    if inputs.rest.len() != expected {
        let message = "a getter has the parameters `cx, this`, a setter also `value`";
        return Err(syn::Error::new(f.sig.inputs.span(), message));
    }
    let function = &f.sig.ident;
    let item = format_ident!("member_{}", f.sig.ident.unraw());
    let owner_name = &owner.full_name;
    let wrong = quote!(return Err(__rt::wrong_owner(cx, #name, #owner_name, this)););
    let check = owner.check.as_ref().map(|field| quote!(if !cx.is_instance(this, cx.types.#field) { #wrong }));
    let ty = inputs.receiver.expect("getters and setters have one");
    let cx = inputs.has_cx.then(|| quote!(&mut *cx,));
    let receive = quote! {
        #check
        let Ok(this) = <#ty as __rt::FromArg>::from_arg(cx, this, __rt::ArgInfo::unnamed()) else { #wrong };
    };
    let tokens = if role == Role::Getter {
        quote! {
            #[allow(clippy::all, non_snake_case)]
            pub fn #item(cx: &mut __rt::Cx, this: __rt::Value) -> __rt::Result<__rt::Value> {
                #receive
                let result = self::#function(#cx this);
                __rt::IntoReturn::into_return(result, cx)
            }
        }
    } else {
        let ty = inputs.rest[0].1;
        let value = match option_of(ty) {
            Some(inner) => quote!(match value {
                Some(v) => Some(<#inner as __rt::FromArg>::from_arg(cx, v, __rt::ArgInfo::unnamed())?),
                None => None,
            }),
            None => quote!(match value {
                Some(v) => <#ty as __rt::FromArg>::from_arg(cx, v, __rt::ArgInfo::unnamed())?,
                None => return Err(__rt::cannot_delete(cx, #name)),
            }),
        };
        quote! {
            #[allow(clippy::all, non_snake_case)]
            pub fn #item(cx: &mut __rt::Cx, this: __rt::Value, value: Option<__rt::Value>) -> __rt::Result<()> {
                #receive
                let value = #value;
                self::#function(#cx this, value)
            }
        }
    };
    Ok(Generated { role, name, item, doc, text: String::new(), tokens })
}
