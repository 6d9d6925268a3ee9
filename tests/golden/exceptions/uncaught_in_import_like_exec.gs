# exit: 1
# An error inside exec shows the frame of the executed text without a source line.

code = "def g():\n    return 1 / 0\ng()"
exec(code)
