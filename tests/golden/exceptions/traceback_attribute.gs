# exit: 1
# An attribute error at the end of a call chain spread over lines.

class Node:
    def __init__(self, next=None):
        self.next = next
    def get(self):
        return self.next

n = Node(Node())
value = (n.get()
          .get()
          .get())
