# Bank accounts: inheritance, exceptions, transactions that roll back, statements.

class BankError(Exception): pass
class InsufficientFunds(BankError):
    def __init__(self, account, amount):
        super().__init__(f"{account.owner} has {account.balance}, needs {amount}")
        self.missing = amount - account.balance

class Account:
    _next = 1000
    def __init__(self, owner, balance=0):
        self.number = Account._next
        Account._next += 1
        self.owner, self._balance, self.log = owner, balance, []
    @property
    def balance(self): return self._balance
    def deposit(self, amount):
        if amount <= 0: raise ValueError(f"cannot deposit {amount}")
        self._balance += amount
        self.log.append(("deposit", amount))
    def withdraw(self, amount):
        if amount > self.available(): raise InsufficientFunds(self, amount)
        self._balance -= amount
        self.log.append(("withdraw", amount))
    def available(self): return self._balance
    def __repr__(self): return f"{type(self).__name__}({self.number}, {self.owner!r}, {self._balance})"
class Savings(Account):
    rate = 5
    def add_interest(self):
        interest = self._balance * self.rate // 100
        if interest: self.deposit(interest)
class Checking(Account):
    def __init__(self, owner, balance=0, overdraft=100):
        super().__init__(owner, balance)
        self.overdraft = overdraft
    def available(self): return super().available() + self.overdraft

class Transaction:
    def __init__(self, *accounts): self.accounts = accounts
    def __enter__(self):
        self.saved = [(a._balance, len(a.log)) for a in self.accounts]
        return self
    def __exit__(self, exc_type, exc, tb):
        if exc_type is not None:
            for a, (balance, n) in zip(self.accounts, self.saved):
                a._balance = balance
                del a.log[n:]
        return exc_type is not None and issubclass(exc_type, BankError)

class Bank:
    def __init__(self): self.accounts = {}
    def open(self, cls, *args, **kw):
        a = cls(*args, **kw)
        self.accounts[a.number] = a
        return a
    def transfer(self, src, dst, amount):
        with Transaction(src, dst):
            dst.deposit(amount)
            src.withdraw(amount)
            return True
        return False
    def __iter__(self): return iter(sorted(self.accounts.values(), key=lambda a: -a.balance))
    def total(self): return sum(a.balance for a in self)

bank = Bank()
ann = bank.open(Savings, "Ann", 500)
bob = bank.open(Checking, "Bob", 50)
eve = bank.open(Account, "Eve")
print(bank.transfer(ann, bob, 200), bank.transfer(bob, eve, 300), bank.transfer(eve, ann, 1000))
print(*bank, sep="\n")
ann.add_interest()
print(ann, ann.log, bob.log, eve.log, bank.total())
for f in (lambda: eve.withdraw(5000), lambda: eve.deposit(-5), lambda: setattr(eve, "balance", 10 ** 6), lambda: bob.withdraw(50.5)):
    try:
        f()
        print("done", bob.balance)
    except (BankError, ValueError, AttributeError) as e:
        print(type(e).__name__, e, getattr(e, "missing", ""))
try:
    with Transaction(ann, bob):
        ann.withdraw(10)
        raise KeyError("not a bank error")
except KeyError as e:
    print("rolled back", ann.balance, e)
