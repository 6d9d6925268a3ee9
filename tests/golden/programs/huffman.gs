# Huffman codes for text and bytes: the tree, the table, bit strings, decoding.

def build(data):
    freq = {}
    for c in data: freq[c] = freq.get(c, 0) + 1
    nodes = sorted((n, i, c) for i, (c, n) in enumerate(sorted(freq.items(), key=lambda kv: (kv[1], str(kv[0])))))
    nodes = [(n, i, (c,)) for n, i, c in nodes]
    count = len(nodes)
    while len(nodes) > 1:
        (n1, _, a), (n2, _, b), *rest = nodes
        count += 1
        nodes = sorted(rest + [(n1 + n2, count, (a, b))], key=lambda t: t[:2])
    return nodes[0][2] if nodes else None
def codes(tree, prefix=""):
    if tree is None: return {}
    if len(tree) == 1: return {tree[0]: prefix or "0"}
    return {**codes(tree[0], prefix + "0"), **codes(tree[1], prefix + "1")}
def encode(data, table): return "".join(table[c] for c in data)
def decode(bits, tree):
    out, node = [], tree
    if len(tree) == 1: return [tree[0]] * len(bits)
    for b in bits:
        node = node[int(b)]
        if len(node) == 1:
            out.append(node[0])
            node = tree
    return out
for text in ("abracadabra", "mississippi river", "aaaa", "the quick brown fox", "é中😀é中é"):
    tree = build(text)
    table = codes(tree)
    bits = encode(text, table)
    print(text, len(bits), "of", len(text.encode()) * 8, "".join(decode(bits, tree)) == text, sorted(map(len, table.values())))
    assert not any(a != b and a.startswith(b) for a in table.values() for b in table.values())
data = bytes(i * i % 7 for i in range(200))
tree = build(data)
bits = encode(data, codes(tree))
print(len(bits), bytes(decode(bits, tree)) == data, dict(sorted(codes(build("aabbbc")).items())))
packed = int("1" + bits, 2).to_bytes((len(bits) + 8) // 8, "big")
back = bin(int.from_bytes(packed, "big"))[3:]
print(len(packed), back == bits, packed[:6].hex())
