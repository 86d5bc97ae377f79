import type { Transform } from "node:stream";

/**
 * What a stream makes of its input. Each piece is worked on before the next is asked for, so that its
 * bytes may then be others. Leaving the loop ends the stream and the input, and waits for both.
 */
export async function* throughStream(
  input: AsyncIterable<Uint8Array>,
  stream: Transform,
): AsyncGenerator<Uint8Array, void, undefined> {
  // An error also comes out of the loop over the stream.
  stream.on("error", () => {});
  const closed = new Promise<void>((resolve) => stream.once("close", () => resolve()));
  const fed = feed(input, stream, closed);
  try {
    yield* stream;
  } finally {
    stream.destroy();
    await fed;
  }
}

async function feed(
  input: AsyncIterable<Uint8Array>,
  stream: Transform,
  closed: Promise<void>,
): Promise<void> {
  try {
    for await (const piece of input) {
      // A stream that was destroyed may never say that it has taken the piece.
      await Promise.race([closed, new Promise<void>((took) => stream.write(piece, () => took()))]);
      if (stream.destroyed) return;
    }
    stream.end();
  } catch (error) {
    stream.destroy(error as Error);
  }
}
