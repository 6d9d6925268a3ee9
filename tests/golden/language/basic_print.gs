# The very first program.

print("hello")
print(1, 2.5, "three")
