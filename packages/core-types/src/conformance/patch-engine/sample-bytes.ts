import { createCipheriv } from "node:crypto";

/** Bytes without a pattern, the same for one seed: a key stream of AES. */
export function noise(size: number, seed: number): Buffer {
  const key = Buffer.alloc(16, seed);
  return createCipheriv("aes-128-ctr", key, Buffer.alloc(16)).update(Buffer.alloc(size));
}

/** Bytes with much that repeats, as in programs and text. */
export function text(size: number): Buffer {
  const words = ["player", "server", "match", "lobby", "\n", "route to ", "0x7f", " = "];
  const picks = noise(size, 9);
  let written = "";
  for (let index = 0; written.length < size; index += 1) {
    written += words[(picks[index % size] ?? 0) % words.length] ?? "";
  }
  return Buffer.from(written.slice(0, size), "latin1");
}

/** As between two releases: some bytes differ, something is put in, left out and moved. */
export function edited(old: Buffer): Buffer {
  const third = Math.floor(old.length / 3);
  const [head, middle, tail] = [
    Buffer.from(old.subarray(0, third)),
    old.subarray(third, 2 * third),
    old.subarray(2 * third),
  ];
  for (let index = 0; index < head.length; index += 97) head[index] = (head[index] ?? 0) ^ 0x55;
  const inserted = noise(Math.ceil(old.length / 20), 7);
  return Buffer.concat([head, tail.subarray(Math.floor(tail.length / 4)), inserted, middle]);
}
