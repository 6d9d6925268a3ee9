# Comprehensions in their simplest forms.

print([x for x in range(5)])
print([x for x in range(10) if x % 2 == 0])
print({x: x * x for x in range(3)}, {x % 2 for x in range(5)})
print(sum(x for x in range(4)))
