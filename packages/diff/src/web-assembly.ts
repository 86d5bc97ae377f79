// What is needed of WebAssembly, which the types of Node 20 leave to those of browsers.

/** A compiled module, which may be posted to threads. */
export interface WasmModule {
  readonly wasm: "module";
}

/** Memory that several threads share. */
export interface WasmMemory {
  readonly buffer: SharedArrayBuffer;
}

export interface WebAssemblyOfNode {
  compile(bytes: Uint8Array): Promise<WasmModule>;
  readonly Module: new (bytes: Uint8Array) => WasmModule;
  readonly Memory: new (pages: { initial: number; maximum: number; shared: true }) => WasmMemory;
  readonly Instance: new (
    module: WasmModule,
    imports: Readonly<Record<string, Readonly<Record<string, unknown>>>>,
  ) => { readonly exports: unknown };
}

export const { WebAssembly: webAssembly } = globalThis as unknown as {
  readonly WebAssembly: WebAssemblyOfNode;
};
