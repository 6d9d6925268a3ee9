//! `errno`: the system's error numbers by name.

use gscript_macros::module;
use gscript_vm::object::simple::Module;
use gscript_vm::value::Gc;
use gscript_vm::vm::{Cx, Result};

/// This module makes available standard errno system symbols.
#[module("errno")]
pub mod module {
    use super::*;

    #[init]
    fn init(cx: &mut Cx, module: Gc<Module>) -> Result<()> {
        let dict = module.dict.expect();
        let codes = cx.dict_new();
        for &(name, n) in ERRORS {
            let (name, n) = (cx.intern(name), cx.int(n as i64));
            cx.dict_set_str(dict, name, n);
            cx.dict_set(codes, n, name.value())?;
        }
        cx.dict_set_text(dict, "errorcode", codes.value());
        Ok(())
    }
}

const ERRORS: &[(&str, i32)] = &[
    ("E2BIG", libc::E2BIG), ("EACCES", libc::EACCES), ("EADDRINUSE", libc::EADDRINUSE),
    ("EADDRNOTAVAIL", libc::EADDRNOTAVAIL), ("EADV", libc::EADV), ("EAFNOSUPPORT", libc::EAFNOSUPPORT),
    ("EAGAIN", libc::EAGAIN), ("EALREADY", libc::EALREADY), ("EBADE", libc::EBADE), ("EBADF", libc::EBADF),
    ("EBADFD", libc::EBADFD), ("EBADMSG", libc::EBADMSG), ("EBADR", libc::EBADR), ("EBADRQC", libc::EBADRQC),
    ("EBADSLT", libc::EBADSLT), ("EBFONT", libc::EBFONT), ("EBUSY", libc::EBUSY), ("ECANCELED", libc::ECANCELED),
    ("ECHILD", libc::ECHILD), ("ECHRNG", libc::ECHRNG), ("ECOMM", libc::ECOMM), ("ECONNABORTED", libc::ECONNABORTED),
    ("ECONNREFUSED", libc::ECONNREFUSED), ("ECONNRESET", libc::ECONNRESET), ("EDEADLK", libc::EDEADLK),
    ("EDEADLOCK", libc::EDEADLOCK), ("EDESTADDRREQ", libc::EDESTADDRREQ), ("EDOM", libc::EDOM),
    ("EDOTDOT", libc::EDOTDOT), ("EDQUOT", libc::EDQUOT), ("EEXIST", libc::EEXIST), ("EFAULT", libc::EFAULT),
    ("EFBIG", libc::EFBIG), ("EHOSTDOWN", libc::EHOSTDOWN), ("EHOSTUNREACH", libc::EHOSTUNREACH),
    ("EIDRM", libc::EIDRM), ("EILSEQ", libc::EILSEQ), ("EINPROGRESS", libc::EINPROGRESS), ("EINTR", libc::EINTR),
    ("EINVAL", libc::EINVAL), ("EIO", libc::EIO), ("EISCONN", libc::EISCONN), ("EISDIR", libc::EISDIR),
    ("EISNAM", libc::EISNAM), ("EKEYEXPIRED", libc::EKEYEXPIRED), ("EKEYREJECTED", libc::EKEYREJECTED),
    ("EKEYREVOKED", libc::EKEYREVOKED), ("EL2HLT", libc::EL2HLT), ("EL2NSYNC", libc::EL2NSYNC),
    ("EL3HLT", libc::EL3HLT), ("EL3RST", libc::EL3RST), ("ELIBACC", libc::ELIBACC), ("ELIBBAD", libc::ELIBBAD),
    ("ELIBEXEC", libc::ELIBEXEC), ("ELIBMAX", libc::ELIBMAX), ("ELIBSCN", libc::ELIBSCN), ("ELNRNG", libc::ELNRNG),
    ("ELOOP", libc::ELOOP), ("EMEDIUMTYPE", libc::EMEDIUMTYPE), ("EMFILE", libc::EMFILE), ("EMLINK", libc::EMLINK),
    ("EMSGSIZE", libc::EMSGSIZE), ("EMULTIHOP", libc::EMULTIHOP), ("ENAMETOOLONG", libc::ENAMETOOLONG),
    ("ENAVAIL", libc::ENAVAIL), ("ENETDOWN", libc::ENETDOWN), ("ENETRESET", libc::ENETRESET),
    ("ENETUNREACH", libc::ENETUNREACH), ("ENFILE", libc::ENFILE), ("ENOANO", libc::ENOANO),
    ("ENOBUFS", libc::ENOBUFS), ("ENOCSI", libc::ENOCSI), ("ENODATA", libc::ENODATA), ("ENODEV", libc::ENODEV),
    ("ENOENT", libc::ENOENT), ("ENOEXEC", libc::ENOEXEC), ("ENOKEY", libc::ENOKEY), ("ENOLCK", libc::ENOLCK),
    ("ENOLINK", libc::ENOLINK), ("ENOMEDIUM", libc::ENOMEDIUM), ("ENOMEM", libc::ENOMEM), ("ENOMSG", libc::ENOMSG),
    ("ENONET", libc::ENONET), ("ENOPKG", libc::ENOPKG), ("ENOPROTOOPT", libc::ENOPROTOOPT), ("ENOSPC", libc::ENOSPC),
    ("ENOSR", libc::ENOSR), ("ENOSTR", libc::ENOSTR), ("ENOSYS", libc::ENOSYS), ("ENOTBLK", libc::ENOTBLK),
    ("ENOTCONN", libc::ENOTCONN), ("ENOTDIR", libc::ENOTDIR), ("ENOTEMPTY", libc::ENOTEMPTY),
    ("ENOTNAM", libc::ENOTNAM), ("ENOTRECOVERABLE", libc::ENOTRECOVERABLE), ("ENOTSOCK", libc::ENOTSOCK),
    ("ENOTSUP", libc::ENOTSUP), ("ENOTTY", libc::ENOTTY), ("ENOTUNIQ", libc::ENOTUNIQ), ("ENXIO", libc::ENXIO),
    ("EOPNOTSUPP", libc::EOPNOTSUPP), ("EOVERFLOW", libc::EOVERFLOW), ("EOWNERDEAD", libc::EOWNERDEAD),
    ("EPERM", libc::EPERM), ("EPFNOSUPPORT", libc::EPFNOSUPPORT), ("EPIPE", libc::EPIPE), ("EPROTO", libc::EPROTO),
    ("EPROTONOSUPPORT", libc::EPROTONOSUPPORT), ("EPROTOTYPE", libc::EPROTOTYPE), ("ERANGE", libc::ERANGE),
    ("EREMCHG", libc::EREMCHG), ("EREMOTE", libc::EREMOTE), ("EREMOTEIO", libc::EREMOTEIO),
    ("ERESTART", libc::ERESTART), ("ERFKILL", libc::ERFKILL), ("EROFS", libc::EROFS), ("ESHUTDOWN", libc::ESHUTDOWN),
    ("ESOCKTNOSUPPORT", libc::ESOCKTNOSUPPORT), ("ESPIPE", libc::ESPIPE), ("ESRCH", libc::ESRCH),
    ("ESRMNT", libc::ESRMNT), ("ESTALE", libc::ESTALE), ("ESTRPIPE", libc::ESTRPIPE), ("ETIME", libc::ETIME),
    ("ETIMEDOUT", libc::ETIMEDOUT), ("ETOOMANYREFS", libc::ETOOMANYREFS), ("ETXTBSY", libc::ETXTBSY),
    ("EUCLEAN", libc::EUCLEAN), ("EUNATCH", libc::EUNATCH), ("EUSERS", libc::EUSERS),
    ("EWOULDBLOCK", libc::EWOULDBLOCK), ("EXDEV", libc::EXDEV), ("EXFULL", libc::EXFULL),
];
