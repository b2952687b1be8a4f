# SPDX-License-Identifier: GPL-2.0
# random_routes.py N: N distinct CIDRs of /9 to /32, most of them /24, in random order, the same ones
# every time. Outside 10.0.0.0/8, which tests have as their VPC's, and what a route may not lie in.

import random
import sys

LENGTHS = (32, 28, 24, 24, 24, 22, 20, 16, 9)

random.seed(1)
wanted = int(sys.argv[1])
seen = set()
while len(seen) < wanted:
    length = random.choice(LENGTHS)
    address = random.getrandbits(32) >> (32 - length) << (32 - length)
    if 11 << 24 <= address < 126 << 24 and (address, length) not in seen:
        seen.add((address, length))
        print("%d.%d.%d.%d/%d" % (*address.to_bytes(4, "big"), length))
