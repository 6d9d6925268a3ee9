# Strings: joining, slicing, methods, formatting.

s = "Hello, World"
print(s.upper(), s[0], s[-5:], len(s), s.replace("l", "L"), s.split(", "), "World" in s)
name, n = "Ada", 3
print(f"{name} has {n + 1} apples", "%s-%d" % (name, n), "{}!".format(name), "-" * 5)
