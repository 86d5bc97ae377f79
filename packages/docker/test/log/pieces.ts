/** A stream of the given pieces. */
export async function* pieces(...list: readonly Uint8Array[]): AsyncGenerator<Uint8Array> {
  yield* list;
}

/** Every way to cut bytes into two pieces. */
export function* cuts(bytes: Uint8Array): Generator<AsyncGenerator<Uint8Array>> {
  for (let at = 0; at <= bytes.length; at += 1) {
    yield pieces(bytes.subarray(0, at), bytes.subarray(at));
  }
}

/** Bytes in pieces of at most `size`. */
export async function* chunked(bytes: Uint8Array, size: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

/** A frame as engines send it. */
export function frame(stream: number, text: string | Uint8Array): Buffer {
  const bytes = Buffer.from(text as string);
  const header = Buffer.alloc(8);
  header[0] = stream;
  header.writeUInt32BE(bytes.length, 4);
  return Buffer.concat([header, bytes]);
}

export async function collect<T>(source: AsyncIterable<T>): Promise<T[]> {
  const values: T[] = [];
  for await (const value of source) values.push(value);
  return values;
}

/** What comes in batches, as one list. */
export async function collectAll<T>(source: AsyncIterable<readonly T[]>): Promise<T[]> {
  return (await collect(source)).flat();
}
