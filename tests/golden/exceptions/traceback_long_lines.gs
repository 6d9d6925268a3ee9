# exit: 1
# Carets for statements that span lines, and for lines with characters outside ASCII.

def größe(x):
    return "ä" * 3 + x["ö"]

data = {
    "a": 1,
    "b": größe({"ö": 5}),
}
