# subprocess: run, output, input, status, errors, pipes, environment.

import subprocess, sys, os
r = subprocess.run(["echo", "hello"], capture_output=True, text=True)
print(r.stdout, r.returncode, r.stderr == "", subprocess.check_output(["printf", "a b"]), subprocess.run("exit 3", shell=True).returncode, subprocess.call(["true"]), subprocess.run(["cat"], input="given", capture_output=True, text=True).stdout)
for f in (lambda: subprocess.run(["false"], check=True), lambda: subprocess.run(["/no/such/program"]), lambda: subprocess.check_output("echo x; exit 2", shell=True), lambda: subprocess.run(["sleep", "5"], timeout=0.05)):
    try: f()
    except (subprocess.CalledProcessError, FileNotFoundError, subprocess.TimeoutExpired) as e: print(type(e).__name__, str(e).split(" after ")[0], getattr(e, "returncode", ""), getattr(e, "output", None))
p = subprocess.Popen(["sort"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
print(p.communicate("b\na\n"), p.returncode, p.poll())
p = subprocess.Popen(["sh", "-c", "echo out; echo err >&2; exit 4"], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
print(p.stdout.read().split(), p.wait())
p.stdout.close()
print(subprocess.run(["sh", "-c", "echo $GOLDEN; pwd"], env={"GOLDEN": "set", "PATH": os.environ["PATH"]}, cwd="/", capture_output=True, text=True).stdout.split())
p = subprocess.Popen(["sleep", "10"])
print(p.poll(), p.terminate(), p.wait())
print(subprocess.getoutput("echo one; echo two").split(), subprocess.DEVNULL, subprocess.run(["sh", "-c", "echo quiet"], stdout=subprocess.DEVNULL).stdout)
