# A scripted text adventure: rooms, items, a parser with match, a saved state.

ROOMS = {
    "hall": ("A dusty hall.", {"north": "kitchen", "east": "study"}, ["lamp"]),
    "kitchen": ("It smells of soup.", {"south": "hall", "down": "cellar"}, ["knife", "bread"]),
    "study": ("Books everywhere.", {"west": "hall"}, ["key"]),
    "cellar": ("Dark and cold.", {"up": "kitchen"}, ["treasure"]),
}
class Game:
    def __init__(self):
        self.room, self.bag, self.turns, self.over = "hall", [], 0, False
        self.items = {name: list(items) for name, (_, _, items) in ROOMS.items()}
        self.lit = False
    def look(self):
        text, exits, _ = ROOMS[self.room]
        if self.room == "cellar" and not self.lit: return "It is too dark to see."
        things = ", ".join(self.items[self.room]) or "nothing"
        return f"{text} You see {things}. Exits: {', '.join(sorted(exits))}."
    def do(self, line):
        self.turns += 1
        match line.lower().split():
            case []: return "Say something."
            case ["look" | "l"]: return self.look()
            case ["go", d] | [("north" | "south" | "east" | "west" | "up" | "down") as d]:
                exits = ROOMS[self.room][1]
                if d not in exits: return f"You can't go {d}."
                self.room = exits[d]
                return self.look()
            case ["take", "all"]:
                return " ".join(self.do(f"take {i}") for i in self.items[self.room][:]) or "Nothing here."
            case ["take" | "get", item] if item in self.items[self.room]:
                if self.room == "cellar" and not self.lit: return "You can't find it in the dark."
                self.items[self.room].remove(item)
                self.bag.append(item)
                if item == "treasure":
                    self.over = True
                    return f"You win in {self.turns} turns!"
                return f"Taken: {item}."
            case ["take" | "get", item]: return f"There is no {item} here."
            case ["drop", item]:
                try:
                    self.bag.remove(item)
                except ValueError:
                    return f"You have no {item}."
                self.items[self.room].append(item)
                return f"Dropped: {item}."
            case ["use" | "light", "lamp"] if "lamp" in self.bag:
                self.lit = not self.lit
                return f"The lamp is {'on' if self.lit else 'off'}."
            case ["inventory" | "i"]: return "You carry " + (", ".join(sorted(self.bag)) or "nothing") + "."
            case ["give", *things, "to", who]: return f"{who.title()} does not want {' and '.join(things)}."
            case [verb, *rest]: return f"I don't know how to {verb}" + (f" {' '.join(rest)}" if rest else "") + "."
g = Game()
for line in ("look", "take lamp", "take lamp", "go up", "north", "take all", "i", "down", "take treasure", "give bread and knife to ghost", "", "dance wildly", "light lamp", "l", "drop bread", "drop sword", "get treasure"):
    print(f"> {line}\n{g.do(line)}")
print(g.over, g.turns, g.room, g.bag, g.items)
