# exit: 1
# The traceback of an error in an imported module shows both files.

import os, sys
sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "modules"))
print("before")
import raises
