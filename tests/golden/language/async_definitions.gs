# async def, await, async for, async with and asynchronous comprehensions are compiled and described; nothing runs them.

async def plain(a, b=2, *args, c: int = 3, **kwargs) -> str:
    """Waits."""
    value = await a
    other = -await b + (await c) ** 2
    return value

async def statements(source, manager):
    async for item in source:
        if item:
            continue
        break
    else:
        pass
    async with manager as m, manager:
        pass
    async with (manager as m, manager as n):
        return m
    try:
        await source
    finally:
        await manager

async def comprehensions(source):
    a = [x async for x in source if await x]
    b = {x: y async for x, y in source}
    c = {x async for x in source for y in x}
    return [await x for x in a], b, c, (x async for x in source)

async def generator(n):
    for i in range(n):
        yield i
        await i

def named(f):
    f.seen = True
    return f

@named
async def decorated():
    return await plain(1)

class Service:
    @named
    async def call(self):
        async def inner():
            nonlocal_name = self
            return await nonlocal_name
        return await inner()
    @staticmethod
    async def static(): pass

for f in (plain, statements, comprehensions, generator, decorated, Service.call, Service.static):
    print(f.__name__, f.__qualname__, type(f).__name__, f.__code__.co_argcount, f.__code__.co_varnames[:f.__code__.co_argcount])
print(plain.__doc__, plain.__annotations__, plain.__defaults__, plain.__kwdefaults__)
print(decorated.seen, Service.call.seen)

def attempt(text):
    try:
        compile(text, "<text>", "exec")
        print("ok", repr(text))
    except SyntaxError as e:
        print(e.msg, repr(text))

attempt("await x")
attempt("def f(): await x")
attempt("def f():\n    async with x: pass")
attempt("def f():\n    async for x in y: pass")
attempt("async def f(): yield from x")
attempt("async def f():\n    yield 1\n    return 2")
attempt("async def f(): return 1")
attempt("async x = 1")
attempt("async def f(): await = 1")
attempt("lambda: await x")
attempt("[x async for x in y]")
attempt("async def f(): return [x async for x in y]")
attempt("async def f(): return lambda: await x")
