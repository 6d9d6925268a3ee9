# exit: 1
# Notes follow the message; a multi-line message is kept.

def f():
    try:
        raise ValueError("first line\nsecond line")
    except ValueError as e:
        e.add_note("note one")
        e.add_note("note two\nof two lines")
        raise
f()
