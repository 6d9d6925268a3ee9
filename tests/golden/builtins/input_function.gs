# input: prompt, lines, end of file.

print(input(), "|")
print(input("name? "), "|")
print(int(input("number? ")) + 1)
lines = []
try:
    while True:
        lines.append(input())
except EOFError as e:
    print(type(e).__name__, e, lines)
try:
    input()
except EOFError as e:
    print(e)
try:
    input(1, 2)
except TypeError as e:
    print(e)
