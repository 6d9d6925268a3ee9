# Caesar, Vigenère, rail fence, XOR, Base64, CRC-32, Adler-32, run length, LZ77, Morse: there and back again.

def caesar(s, k): return "".join(chr((ord(c) - b + k) % 26 + b) if (b := 65 if c.isupper() else 97 if c.islower() else 0) and c.isascii() else c for c in s)
print(caesar("Hello, World!", 3), caesar(caesar("Zebra", 5), -5), [caesar("khoor", -k) for k in (2, 3)])
def vigenere(s, key, sign=1):
    ks = [ord(c) - 97 for c in key]
    out, i = [], 0
    for c in s:
        if c.isalpha():
            out.append(chr((ord(c) - 97 + sign * ks[i % len(ks)]) % 26 + 97))
            i += 1
        else: out.append(c)
    return "".join(out)
e = vigenere("attack at dawn", "lemon")
print(e, vigenere(e, "lemon", -1))
def rails(n, k): return [i for _, i in sorted((min(i % (2 * k - 2), 2 * k - 2 - i % (2 * k - 2)), i) for i in range(n))]
def fence(s, k): return "".join(s[i] for i in rails(len(s), k))
def unfence(s, k):
    out = [""] * len(s)
    for c, i in zip(s, rails(len(s), k)): out[i] = c
    return "".join(out)
print(fence("WEAREDISCOVEREDFLEEATONCE", 3), unfence(fence("roundtrip", 4), 4))
def xor(data, key): return bytes(b ^ key[i % len(key)] for i, b in enumerate(data))
print(xor(b"secret", b"key").hex(), xor(xor("é secret".encode(), b"k"), b"k").decode())
A = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
def b64(data):
    out = ""
    for i in range(0, len(data), 3):
        chunk = data[i:i + 3]
        n = int.from_bytes(chunk.ljust(3, b"\0"), "big")
        out += "".join(A[n >> s & 63] for s in (18, 12, 6, 0))[:len(chunk) + 1].ljust(4, "=")
    return out
def unb64(s):
    out = bytearray()
    for i in range(0, len(s), 4):
        q = s[i:i + 4]
        n = 0
        for c in q: n = n << 6 | (A.index(c) if c != "=" else 0)
        out += n.to_bytes(3, "big")[:3 - q.count("=")]
    return bytes(out)
print([b64(x) for x in (b"", b"f", b"fo", b"foo", b"foobar", bytes(range(250, 256)))], all(unb64(b64(bytes(range(n)))) == bytes(range(n)) for n in range(50)))
table = []
for n in range(256):
    for _ in range(8): n = n >> 1 ^ (0xedb88320 if n & 1 else 0)
    table.append(n)
def crc32(data):
    c = 0xffffffff
    for b in data: c = c >> 8 ^ table[(c ^ b) & 255]
    return c ^ 0xffffffff
def adler(data):
    a, b = 1, 0
    for x in data:
        a = (a + x) % 65521
        b = (b + a) % 65521
    return b << 16 | a
print(hex(crc32(b"123456789")), hex(crc32(b"")), hex(crc32(b"The quick brown fox jumps over the lazy dog")), hex(adler(b"Wikipedia")))
def rle(s):
    out, i = [], 0
    while i < len(s):
        j = i
        while j < len(s) and s[j] == s[i]: j += 1
        out.append((s[i], j - i))
        i = j
    return out
print(rle("WWWWBWWé"), "".join(c * n for c, n in rle("aaabbc")) == "aaabbc", rle(""))
def lz(s, window=30):
    out, i = [], 0
    while i < len(s):
        best = (0, 0)
        for j in range(max(0, i - window), i):
            k = 0
            while i + k < len(s) - 1 and s[j + k] == s[i + k]: k += 1
            if k > best[1]: best = (i - j, k)
        out.append((*best, s[i + best[1]]))
        i += best[1] + 1
    return out
def unlz(triples):
    s = ""
    for d, n, c in triples:
        for _ in range(n): s += s[-d]
        s += c
    return s
text = "abracadabra abracadabra aaaaaaaaaa!"
print(lz(text), unlz(lz(text)) == text)
MORSE = dict(zip("abcdefghijklmnopqrstuvwxyz", ".- -... -.-. -.. . ..-. --. .... .. .--- -.- .-.. -- -. --- .--. --.- .-. ... - ..- ...- .-- -..- -.-- --..".split()))
m = " / ".join(" ".join(MORSE[c] for c in w) for w in "sos we sink".split())
back = {v: k for k, v in MORSE.items()}
print(m, " ".join("".join(back[c] for c in w.split()) for w in m.split(" / ")))
