# lambda and sorted with a key.

words = ["pear", "fig", "banana"]
print(sorted(words), sorted(words, key=len), sorted(words, key=lambda w: w[-1]))
print(list(map(lambda x: x + 1, [1, 2])), max(words, key=len))
