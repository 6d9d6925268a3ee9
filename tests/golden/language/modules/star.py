__all__ = ["shown", "also"]
shown, also, hidden, _under = 1, 2, 3, 4
