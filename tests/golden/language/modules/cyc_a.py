print("cyc_a starts")
first = "a1"
import cyc_b
second = "a2 after " + cyc_b.name
print("cyc_a ends")
