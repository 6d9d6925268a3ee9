print("pkg.sub init", __package__)
