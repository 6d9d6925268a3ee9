# A class with attributes, methods and inheritance.

class Animal:
    def __init__(self, name):
        self.name = name
    def speak(self):
        return self.name + " makes a sound"
class Dog(Animal):
    def speak(self):
        return super().speak() + ": woof"
print(Animal("cat").speak())
d = Dog("rex")
print(d.speak(), d.name, isinstance(d, Animal))
