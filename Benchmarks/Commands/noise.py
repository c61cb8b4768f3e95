#!/usr/bin/env python3
"""Makes what a recogniser in noise might hear of a set: `noise.py SET.jsonl > VARIANTS.jsonl`.

At two rates, 15 and 28 % of the words, a word is taken for one that sounds alike (seven in ten), is lost (two in ten) or
brings a short word that nobody said (one in ten). Seeded: equal sets make equal variants. What sounds alike is worked out
from the CMU dictionary that pocketsphinx brings (Debian: pocketsphinx-en-us), among the commonest words of English
(`pip install wordfreq`): a recogniser's language model hears no others.
"""
import collections
import json
import random
import sys

import wordfreq

DICTIONARY = "/usr/share/pocketsphinx/model/en-us/cmudict-en-us.dict"
SEED = 20261122
RATES = {"noise15": 0.15, "noise28": 0.28}
SMALL = "a the and to of in it that is uh um for on at so".split()
CHOICE = 3  # Sound-alikes to choose from.
LEXICON = 10_000


def dictionary():
    phones = {}
    common = set(wordfreq.top_n_list("en", LEXICON))
    with open(DICTIONARY, encoding="utf-8") as lines:
        for line in lines:
            word, *rest = line.split()
            if word.isalpha() and word in common:
                phones[word] = tuple(rest)
    return phones


def distance(a, b, bound):
    row = list(range(len(b) + 1))
    for i, x in enumerate(a):
        last, row[0] = row[0], i + 1
        for j, y in enumerate(b):
            last, row[j + 1] = row[j + 1], min(row[j + 1] + 1, row[j] + 1, last + (x != y))
        if min(row) > bound:
            return bound + 1
    return row[-1]


class Ear:
    def __init__(self):
        self.phones = dictionary()
        self.by_length = collections.defaultdict(list)
        for word in sorted(self.phones):
            self.by_length[len(self.phones[word])].append(word)
        self.heard = {}

    def alike(self, word):
        """The words nearest in sound; a word the dictionary lacks is heard as it is."""
        if word not in self.heard:
            mine = self.phones.get(word)
            found = []
            if mine:
                bound = max(1, len(mine) // 3)
                for length in range(max(1, len(mine) - 1), len(mine) + 2):
                    for other in self.by_length[length]:
                        if other != word:
                            apart = distance(mine, self.phones[other], bound)
                            if apart <= bound:
                                found.append((apart, abs(len(other) - len(word)), other))
            self.heard[word] = [other for *_, other in sorted(found)[:CHOICE]]
        return self.heard[word]


def noisy(words, rate, chance, ear):
    heard = []
    for word in words:
        if chance.random() >= rate:
            heard.append(word)
            continue
        way = chance.random()
        if way < 0.7:
            heard.append(chance.choice(ear.alike(word.strip(",.?!")) or [word]))
        elif way >= 0.9:
            heard += [word, chance.choice(SMALL)]
    return heard or words


def main():
    ear = Ear()
    for line in open(sys.argv[1], encoding="utf-8"):
        row = json.loads(line)
        for variant, rate in RATES.items():
            chance = random.Random(f"{SEED} {variant} {row['id']}")
            text = " ".join(noisy(row["text"].split(), rate, chance, ear))
            print(json.dumps({"id": row["id"], "variant": variant, "text": text}))


if __name__ == "__main__":
    main()
