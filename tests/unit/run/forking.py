"""A program as Airflow and OpenLineage are: it forks a process in a group of its own, prints the ids, and waits."""

import os
import sys
import time

ready, is_ready = os.pipe()
forked = os.fork()
if forked == 0:
    os.setpgid(0, 0)
    if os.fork() == 0:
        os.write(is_ready, b"1")
        time.sleep(600)
    time.sleep(600)
# The ids are printed when what runs first in a forked process has run in both.
os.read(ready, 1)
sys.stdout.write(f"{os.getpid()} {forked}\n")
sys.stdout.flush()
time.sleep(600)
