# A generator in a for loop and in sum.

def squares(n):
    for i in range(n):
        yield i * i
for x in squares(4):
    print(x)
print(sum(squares(10)), list(squares(3)))
