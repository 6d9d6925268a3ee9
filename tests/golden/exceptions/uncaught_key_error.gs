# exit: 1
# A KeyError shows the repr of its key.

table = {"a": 1}
def look(k):
    return table[k]
look("it's missing")
