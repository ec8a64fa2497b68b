"""What the official Open Badges 2.0 validator takes for one hosted assertion, documents at hand.

Prints microseconds of CPU time, the median of many after a warm-up.

usage: bench.py SITE BASE_URL AWARD_ID
"""

import functools
import sys
import time

from official import read_from, report
from published import Site

SITE, BASE, AWARD = sys.argv[1:4]
read_from(functools.cache(Site(SITE, BASE).answer))


def run():
    found = report(f"{BASE}/a/{AWARD}/assertion.json")
    assert found["valid"], found["messages"]


for _ in range(3):
    run()
times = []
for _ in range(9):
    before = time.process_time()
    run()
    times.append(time.process_time() - before)
print(sorted(times)[4] * 1e6)
