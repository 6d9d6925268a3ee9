from gevent import spawn, sleep, killall, joinall
n=100000
log=[0]
def park(log):
    log[0]+=1
    sleep(1000)
def park2(log):
    log[0]+=1
    sleep(0.3)
gs=[spawn(park,log) for i in range(n)]
while log[0]<n: sleep(0.01)
killall(gs); joinall(gs); del gs
sleep(1.5)
def rss():
    return int(open('/proc/self/statm').read().split()[1])*4//1024
print("base", rss())
