import { readFileSync } from "node:fs";
import { findProgramFile } from "../../find-program-file.js";
import { type WasmModule, webAssembly } from "../../web-assembly.js";

/** What the program gives: its sources are in assembly/lzma2. */
export interface Lzma2Program {
  readonly memory: { readonly buffer: ArrayBuffer; grow(pages: number): number };
  /** Where what is to be encoded is put, with what stands before it. */
  readonly bytesAt: { readonly value: number };
  /** How much memory it takes to encode `size` bytes, and where the chunks are then. */
  memoryBytes(size: number): number;
  outputPlace(size: number): number;
  /** Returns how many bytes the chunks are. */
  encode(
    before: number,
    size: number,
    depth: number,
    niceBytes: number,
    isOptimal: boolean,
  ): number;
  steps(): number;
}

let compiled: WasmModule | undefined;

/**
 * The program with memory of its own. Threads compile the same file, which V8 does once for all of them.
 *
 * @throws `ENGINE_UNAVAILABLE` where the package was bundled without it
 */
export function startLzma2Program(): Lzma2Program {
  compiled ??= new webAssembly.Module(readFileSync(findProgramFile("hdiff-lzma2.wasm")));
  const { exports } = new webAssembly.Instance(compiled, { math: { log2: Math.log2 } });
  return exports as Lzma2Program;
}
