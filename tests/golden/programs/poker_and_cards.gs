# Cards: shuffling with a seed, dealing, ranking poker hands, comparing them.

import random
RANKS, SUITS = "23456789TJQKA", "♣♦♥♠"
NAMES = ["high card", "pair", "two pairs", "three", "straight", "flush", "full house", "four", "straight flush"]
class Card:
    __slots__ = ("rank", "suit")
    def __init__(self, text):
        if len(text) != 2 or text[0] not in RANKS or text[1] not in SUITS: raise ValueError(f"no such card: {text!r}")
        self.rank, self.suit = RANKS.index(text[0]) + 2, text[1]
    def __repr__(self): return RANKS[self.rank - 2] + self.suit
    def __eq__(self, o): return repr(self) == repr(o)
    def __hash__(self): return hash((self.rank, self.suit))
    def __lt__(self, o): return (self.rank, self.suit) < (o.rank, o.suit)
def deck(): return [Card(r + s) for s in SUITS for r in RANKS]
def value(hand):
    ranks = sorted((c.rank for c in hand), reverse=True)
    counts = sorted(((ranks.count(r), r) for r in set(ranks)), reverse=True)
    flush = len({c.suit for c in hand}) == 1
    if ranks == [14, 5, 4, 3, 2]: ranks = [5, 4, 3, 2, 1]
    straight = all(a - b == 1 for a, b in zip(ranks, ranks[1:]))
    match [n for n, _ in counts]:
        case _ if straight and flush: kind = 8
        case [4, 1]: kind = 7
        case [3, 2]: kind = 6
        case _ if flush: kind = 5
        case _ if straight: kind = 4
        case [3, *_]: kind = 3
        case [2, 2, 1]: kind = 2
        case [2, *_]: kind = 1
        case _: kind = 0
    return kind, [r for _, r in counts] if not straight else ranks
def hand(text): return [Card(t) for t in text.split()]
hands = ["2♥ 3♥ 4♥ 5♥ A♥", "K♣ K♦ K♥ K♠ 2♣", "T♣ T♦ T♥ 9♠ 9♣", "2♣ 9♣ J♣ Q♣ 4♣", "A♣ K♦ Q♥ J♠ T♣", "7♣ 7♦ 7♥ 2♠ K♣", "J♣ J♦ 4♥ 4♠ 9♣", "8♣ 8♦ A♥ 4♠ 2♣", "2♣ 5♦ 9♥ J♠ K♣", "A♠ 2♣ 3♦ 4♥ 5♣"]
for h in sorted(hands, key=lambda h: value(hand(h)), reverse=True): print(h, NAMES[value(hand(h))[0]])
print(value(hand("8♣ 8♦ A♥ 4♠ 2♣")) > value(hand("8♥ 8♠ K♥ 4♣ 2♦")), value(hand("2♣ 2♦ 3♥ 4♠ 5♣")) < value(hand("3♣ 3♦ 2♥ 4♠ 5♣")))
d = deck()
random.Random(2024).shuffle(d)
players = {n: sorted(d[i::4][:5], reverse=True) for i, n in enumerate(("north", "east", "south", "west"))}
for n, h in players.items(): print(n, *h, NAMES[value(h)[0]])
print(max(players, key=lambda n: value(players[n])), len(set(d)), d[0] == Card(repr(d[0])))
r, seen = random.Random(5), [0] * 9
for _ in range(2000): seen[value(r.sample(d, 5))[0]] += 1
print(dict(zip(NAMES, seen)))
for bad in ("1♣", "A", "Ax", ""):
    try: Card(bad)
    except ValueError as e: print(e)
