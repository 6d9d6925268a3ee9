#!/usr/bin/env python3
"""Calls the command line in many ways and compares status, output and errors with those of CPython in expected.json.

    python3 tests/cli/run_cli.py [--gscript target/release/gscript] [NAME...]
    python3 tests/cli/run_cli.py --bless /usr/bin/python3.11
"""

import argparse, json, os, pathlib, shutil, signal, subprocess, sys, tempfile

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE))
from cases import CASES, FILES


def write_files(folder):
    for name, text in FILES.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text if isinstance(text, bytes) else text.encode())


def run(exe, case, folder):
    """Status, output, errors of one case."""
    if "shell" in case:
        command = ["bash", "-c", case["shell"].format(exe=exe, dir=folder)]
    else:
        command = [exe] + case["args"]
    env = {k: v for k, v in os.environ.items() if not k.startswith(("PYTHON", "GSCRIPT_"))}
    env.update(case.get("env", {}))
    process = subprocess.Popen(command, cwd=folder, env=env, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, start_new_session=True)
    try:
        out, err = process.communicate(case.get("stdin", "").encode(), timeout=20)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        process.communicate()
        return {"status": "did not end", "out": "", "err": ""}
    result = {"status": process.returncode, "out": out.decode("utf-8", "replace"), "err": err.decode("utf-8", "replace")}
    for key in ("out", "err"):
        text = result[key].replace(str(exe), "EXE").replace(os.path.realpath(exe), "EXE").replace(str(folder), "DIR")
        text = text.replace(os.path.basename(exe) + ":", "EXE:")
        result[key] = text
    if case.get("only_status"):
        del result["out"], result["err"]
    return result


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--gscript", default="target/release/gscript")
    parser.add_argument("--bless", metavar="PYTHON")
    parser.add_argument("names", nargs="*")
    options = parser.parse_args()
    expected_file = HERE / "expected.json"
    exe = str(pathlib.Path(options.bless or options.gscript).absolute())
    folder = pathlib.Path(tempfile.mkdtemp(prefix="cli"))
    try:
        write_files(folder)
        cases = [c for c in CASES if not options.names or c["name"] in options.names]
        results = {c["name"]: run(exe, c, folder) for c in cases}
    finally:
        shutil.rmtree(folder)
    if options.bless:
        expected_file.write_text(json.dumps(results, indent=1, ensure_ascii=False) + "\n")
        print(f"{len(results)} cases blessed")
        return 0
    expected = json.loads(expected_file.read_text())
    failed = 0
    for name, result in results.items():
        if result != expected.get(name):
            failed += 1
            print(f"FAILED {name}")
            for key, value in (expected.get(name) or {}).items():
                if value != result.get(key):
                    print(f"  {key}: expected {value!r}\n  {' ' * len(key)}       got {result.get(key)!r}")
    print(f"{len(results) - failed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
