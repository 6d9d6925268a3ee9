# Importing a module and names from it.

import math
from math import sqrt, pi as p
print(math.floor(2.5), sqrt(16), round(p, 4))
