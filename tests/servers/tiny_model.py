#!/usr/bin/env python3
"""usage: tiny_model.py FILE PORT TOKEN

llama.cpp's own server on 127.0.0.1 with a model of random weights, which it makes as FILE if there is none: 157 KB, two
layers, and bytes as words. So it says any bytes in any order: control characters, and characters cut anywhere. Needs
xllamacpp and gguf. It says "port N" when it listens, and ends with its stdin.
"""
import os
import sys

import gguf
import numpy
import xllamacpp

WORDS, WIDTH, HEADS, LAYERS, INNER, CONTEXT = 3 + 256, 32, 4, 2, 64, 512
TEMPLATE = "{% for m in messages %}{{ m.role }}: {{ m.content }}\n{% endfor %}assistant: "


def add_words(w):
    kinds = gguf.TokenType
    w.add_tokenizer_model("llama")
    w.add_token_list([b"<unk>", b"<s>", b"</s>"] + [b"<0x%02X>" % byte for byte in range(256)])
    w.add_token_scores([0.0] * WORDS)
    w.add_token_types([kinds.UNKNOWN, kinds.CONTROL, kinds.CONTROL] + [kinds.BYTE] * 256)
    w.add_unk_token_id(0)
    w.add_bos_token_id(1)
    w.add_eos_token_id(2)
    w.add_add_bos_token(True)
    w.add_add_space_prefix(False)
    w.add_chat_template(TEMPLATE)


def add_weights(w):
    chance = numpy.random.default_rng(20261129)

    def add(name, *shape):
        w.add_tensor(f"{name}.weight", (chance.standard_normal(shape) * 0.5).astype(numpy.float32))

    def add_ones(name):
        w.add_tensor(f"{name}.weight", numpy.ones(WIDTH, numpy.float32))
    add("token_embd", WORDS, WIDTH)
    add("output", WORDS, WIDTH)
    add_ones("output_norm")
    for layer in (f"blk.{i}" for i in range(LAYERS)):
        add_ones(f"{layer}.attn_norm")
        add_ones(f"{layer}.ffn_norm")
        for name in ("attn_q", "attn_k", "attn_v", "attn_output"):
            add(f"{layer}.{name}", WIDTH, WIDTH)
        add(f"{layer}.ffn_gate", INNER, WIDTH)
        add(f"{layer}.ffn_up", INNER, WIDTH)
        add(f"{layer}.ffn_down", WIDTH, INNER)


def make(file):
    w = gguf.GGUFWriter(file, "llama")
    w.add_name("tiny-chat")
    w.add_context_length(CONTEXT)
    w.add_embedding_length(WIDTH)
    w.add_block_count(LAYERS)
    w.add_feed_forward_length(INNER)
    w.add_head_count(HEADS)
    w.add_head_count_kv(HEADS)
    w.add_layer_norm_rms_eps(1e-5)
    w.add_rope_dimension_count(WIDTH // HEADS)
    w.add_vocab_size(WORDS)
    w.add_file_type(gguf.LlamaFileType.ALL_F32)
    add_words(w)
    add_weights(w)
    w.write_header_to_file()
    w.write_kv_data_to_file()
    w.write_tensors_to_file()
    w.close()


def serve(file, port, token):
    p = xllamacpp.CommonParams()
    p.model.path, p.hostnames, p.port, p.api_keys = file, ["127.0.0.1"], port, [token]
    p.n_ctx, p.n_parallel, p.n_gpu_layers, p.warmup, p.use_jinja = 4 * CONTEXT, 4, 0, False, True
    p.cpuparams.n_threads = p.cpuparams_batch.n_threads = 1
    server = xllamacpp.Server(p)
    print("port", server.listening_address.rsplit(":", 1)[1], flush=True)
    sys.stdin.read()
    os._exit(0)  # its own end takes seconds


if __name__ == "__main__":
    if len(sys.argv) != 4:
        sys.exit(__doc__)
    if not os.path.exists(sys.argv[1]):
        make(sys.argv[1])
    serve(sys.argv[1], int(sys.argv[2]), sys.argv[3])
