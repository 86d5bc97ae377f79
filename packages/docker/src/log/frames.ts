import { DockerError } from "../docker-error.js";

/** One piece of a container's output. */
export interface Frame {
  readonly stream: "stdout" | "stderr";
  readonly bytes: Uint8Array;
}

const headerBytes = 8;
/** The engine's own complaint, in the middle of the output. */
const engineComplaint = 3;
/** No engine sends larger ones; a larger number is a stream that is not framed. */
const maxFrameBytes = 64 * 1024 * 1024;

/**
 * Takes the frames out of a stream in which stdout and stderr are mixed: a byte for the stream, three
 * zeros, the length in 32 bits, big-endian, the bytes. Iterative and without copies of what is whole.
 *
 * @throws {DockerError} `BAD_RESPONSE` where the stream is not framed or ends inside a frame
 * @see https://docs.docker.com/reference/api/engine/ "Stream format" at ContainerAttach
 */
export async function* frames(source: AsyncIterable<Uint8Array>): AsyncGenerator<Frame> {
  let rest: Buffer = Buffer.alloc(0);
  const waiting: Buffer[] = [];
  let waitingBytes = 0;
  let wantedBytes = headerBytes;
  for await (const piece of source) {
    waiting.push(Buffer.from(piece.buffer, piece.byteOffset, piece.byteLength));
    waitingBytes += piece.byteLength;
    // Pieces of a large frame are joined once, when all of them are there.
    if (rest.length + waitingBytes < wantedBytes) continue;
    const [only] = waiting;
    const whole = rest.length === 0 && waiting.length === 1 && only !== undefined;
    rest = whole ? only : Buffer.concat([rest, ...waiting]);
    waiting.length = 0;
    waitingBytes = 0;
    let start = 0;
    for (;;) {
      wantedBytes = headerBytes;
      if (rest.length - start < headerBytes) break;
      const length = frameLength(rest, start);
      wantedBytes = headerBytes + length;
      if (rest.length - start < wantedBytes) break;
      const bytes = rest.subarray(start + headerBytes, start + wantedBytes);
      if (rest[start] === engineComplaint) {
        throw new DockerError(
          "BAD_RESPONSE",
          `the engine broke the stream off: ${bytes.toString("utf8").trim().slice(0, 2000)}`,
        );
      }
      yield { stream: rest[start] === 2 ? "stderr" : "stdout", bytes };
      start += wantedBytes;
    }
    rest = rest.subarray(start);
  }
  if (rest.length + waitingBytes > 0) {
    throw new DockerError("BAD_RESPONSE", "the engine's output stream was cut off inside a frame");
  }
}

function frameLength(bytes: Buffer, start: number): number {
  const stream = bytes[start] ?? 0;
  const length = bytes.readUInt32BE(start + 4);
  const zeros = bytes.readUIntBE(start + 1, 3) === 0;
  if (stream > engineComplaint || length > maxFrameBytes || !zeros) {
    throw new DockerError(
      "BAD_RESPONSE",
      "the engine's output is not framed: does the container have a terminal?",
    );
  }
  return length;
}
