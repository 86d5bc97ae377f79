import { readFileSync } from "node:fs";
import { findProgramFile } from "../../find-program-file.js";

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

/** What is used of WebAssembly, of which Node's types say nothing. */
interface WebAssemblyApi {
  readonly Module: new (bytes: Uint8Array) => object;
  readonly Instance: new (module: object, imports: object) => { readonly exports: unknown };
}

const { Module, Instance } = (globalThis as unknown as { WebAssembly: WebAssemblyApi }).WebAssembly;

let compiled: object | undefined;

/**
 * The program with memory of its own. Threads compile the same file, which V8 does once for all of them.
 *
 * @throws `ENGINE_UNAVAILABLE` where the package was bundled without it
 */
export function startLzma2Program(): Lzma2Program {
  compiled ??= new Module(readFileSync(findProgramFile("hdiff-lzma2.wasm")));
  return new Instance(compiled, { math: { log2: Math.log2 } }).exports as Lzma2Program;
}
