print("pkg.lazy")
loaded = True
