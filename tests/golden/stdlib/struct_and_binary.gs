# struct, int.to_bytes, zlib.crc32, binascii, base64, hashlib, hmac, secrets-free.

import struct, base64, binascii, hashlib, hmac, zlib
print(struct.pack(">IHb3s", 1, 2, -3, b"ab"), struct.unpack("<HH", b"\x01\0\x02\0"), struct.calcsize(">IHb"), struct.pack("!d", 1.5).hex(), struct.unpack(">f", b"\x3f\x80\0\0"), struct.pack("?xB", True, 255), list(struct.iter_unpack(">H", b"\0\x01\0\x02")), struct.pack("5p", b"abcdef"), struct.Struct("<q").pack(-1), struct.unpack_from(">H", b"xx\0\x05", 2))
for f in (lambda: struct.pack("B", 256), lambda: struct.pack("B", "a"), lambda: struct.unpack(">I", b"abc"), lambda: struct.pack("z", 1), lambda: struct.pack(">H"), lambda: struct.pack(">b", 200)):
    try: print(f())
    except struct.error as e: print(e)
print(base64.b64encode(b"hello \xff"), base64.b64decode("aGVsbG8="), base64.urlsafe_b64encode(b"\xfb\xff"), base64.b32encode(b"hi"), base64.b16encode(b"\x0a"), binascii.hexlify(b"az"), binascii.unhexlify("617a"), binascii.crc32(b"123456789"), zlib.crc32(b"abc"), zlib.adler32(b"abc"))
for f in (lambda: base64.b64decode("abc"), lambda: binascii.unhexlify("abc"), lambda: binascii.unhexlify("zz"), lambda: base64.b64encode("str")):
    try: print(f())
    except (binascii.Error, TypeError) as e: print(type(e).__name__, e)
for name in ("md5", "sha1", "sha256", "sha512"):
    print(name, hashlib.new(name, b"abc").hexdigest()[:32], getattr(hashlib, name)().digest_size)
h = hashlib.sha256()
h.update(b"a"); h.update(b"bc")
print(h.hexdigest() == hashlib.sha256(b"abc").hexdigest(), h.copy().hexdigest()[:8], h.name, h.block_size, hmac.new(b"key", b"msg", "sha256").hexdigest()[:16], hmac.compare_digest("a", "a"), hashlib.blake2b(b"x", digest_size=8).hexdigest())
z = zlib.compress(b"a" * 1000)
print(len(z) < 30, zlib.decompress(z) == b"a" * 1000)
try: hashlib.sha256("str")
except TypeError as e: print(e)
