# What indexing a memoryview of several dimensions, or of none, allows and refuses.
m=memoryview(bytes(12)).cast('B',(3,4))
for f in ("m[0]","m[0:1]","m[0:1,0:1]","m[0,0:1]","m[0,0]"):
    try: print(f, type(eval(f)).__name__)
    except BaseException as e: print(f, type(e).__name__, e)
try:
    w=memoryview(bytearray(12)).cast('B',(3,4)); w[0]=w
except BaseException as e: print(type(e).__name__, e)
for f in ("m[()]","m[0,]","m[0:1,]","m[:,:,:]","m[0,1,2]","m['a']","m['a','b']","m[...]"):
    try: print(f, type(eval(f)).__name__)
    except BaseException as e: print(f, type(e).__name__, e)
w=memoryview(bytearray(12)).cast('B',(3,4))
def put(k,v):
    try: w[k]=v; print('ok')
    except BaseException as e: print(k, type(e).__name__, e)
put(0,1); put((0,),1); put((0,0),1); put(slice(0,1),b'1234'); put((slice(0,1),slice(0,1)),b'1'); put((0,slice(0,1)),b'1'); put('a',1); put(9,1); put((9,0),1)
z=memoryview(bytearray(1)).cast('B',())
def put0(k,v):
    try: z[k]=v; print('ok')
    except BaseException as e: print(k, type(e).__name__, e)
put0(0,1); put0((),1); put0(...,1); put0(slice(0,1),b'1')
