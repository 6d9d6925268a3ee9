# exit: 1
# A misspelt name: the uncaught error suggests the nearest known one.

counter = 0
def run():
    total_sum = 5
    return totl_sum
run()
