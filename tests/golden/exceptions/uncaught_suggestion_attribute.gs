# exit: 1
# A misspelt attribute: the uncaught error suggests one; str(e) does not hold the suggestion.

class Config:
    timeout = 3
    def __init__(self): self.retries = 1
try:
    Config().timout
except AttributeError as e:
    print(e)
Config().retires
