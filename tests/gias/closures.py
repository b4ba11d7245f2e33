#!/usr/bin/env python3
"""Succession over the real links file, worked out a second time.

Writes one line a block of URNs (those with the same first three digits): block, number of URNs,
SHA-256 of their lines. A line of a URN is "URN>successors<predecessors", each list in order and
joined by commas, all generations. src/app/directory/succession_rules_test.c makes the same text
and compares. With a block as argument prints that block's lines instead, to see a difference.

    tests/gias/closures.py > tests/data/gias/closures.txt
"""
import csv
import hashlib
import os
import sys
from collections import defaultdict

HERE = os.path.dirname(os.path.abspath(__file__))
LINKS = os.path.join(HERE, "..", "data", "gias", "links-england-2025-04-22.csv")


def edges():
    with open(LINKS, encoding="cp1252", newline="") as f:
        for row in csv.DictReader(f):
            kind = row["LinkType"]
            urn, link = int(row["URN"]), int(row["LinkURN"])
            if kind.startswith("Successor") or kind == "Result of Amalgamation":
                yield urn, link
            elif kind.startswith("Predecessor"):
                yield link, urn


def all_urns():
    urns = set()
    with open(LINKS, encoding="cp1252", newline="") as f:
        for row in csv.DictReader(f):
            urns.update((int(row["URN"]), int(row["LinkURN"])))
    return urns


def closure(graph, start):
    """Everything that can be reached, by repeated union until nothing is added."""
    reached = set(graph[start])
    while True:
        more = set().union(*[graph[u] for u in reached]) if reached else set()
        if more <= reached:
            break
        reached |= more
    return sorted(reached - {start})


def main():
    after, before = defaultdict(set), defaultdict(set)
    for old, new in edges():
        after[old].add(new)
        before[new].add(old)
    blocks = defaultdict(list)
    for urn in sorted(all_urns()):
        blocks[str(urn)[:3]].append("%d>%s<%s\n" % (
            urn, ",".join(map(str, closure(after, urn))), ",".join(map(str, closure(before, urn)))))
    for block, lines in sorted(blocks.items()):
        if len(sys.argv) > 1:
            if block == sys.argv[1]:
                sys.stdout.write("".join(lines))
        else:
            print(block, len(lines), hashlib.sha256("".join(lines).encode()).hexdigest())


main()
