print("cyc_b starts")
import cyc_a
name = "b sees " + cyc_a.first + ", second: " + str(hasattr(cyc_a, "second"))
try:
    from cyc_a import second
except ImportError as e:
    print(type(e).__name__, str(e).split(" (")[0])
print("cyc_b ends")
