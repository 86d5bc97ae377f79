import { DockerError } from "../docker-error.js";

/** One piece of a container's output. */
export interface Frame {
  readonly stream: "stdout" | "stderr";
  readonly bytes: Buffer;
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
 * Gives all frames that a piece completes at once: a turn of the loop for each would cost more than the rest.
 *
 * @throws {DockerError} `BAD_RESPONSE` where the stream is not framed or ends inside a frame
 * @see https://docs.docker.com/reference/api/engine/ "Stream format" at ContainerAttach
 */
export async function* frames(source: AsyncIterable<Uint8Array>): AsyncGenerator<readonly Frame[]> {
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
    const split = splitFrames(rest);
    // What came before something wrong is good.
    if (split.frames.length > 0) yield split.frames;
    if (split.problem !== undefined) throw split.problem;
    wantedBytes = split.wantedBytes;
    rest = rest.subarray(split.end);
  }
  if (rest.length + waitingBytes > 0) {
    throw new DockerError("BAD_RESPONSE", "the engine's output stream was cut off inside a frame");
  }
}

interface Split {
  readonly frames: readonly Frame[];
  /** Where the first frame begins that is not whole, */
  readonly end: number;
  /** and how many bytes it takes to know more of it. */
  readonly wantedBytes: number;
  readonly problem?: DockerError;
}

function splitFrames(bytes: Buffer): Split {
  const whole: Frame[] = [];
  let start = 0;
  for (;;) {
    if (bytes.length - start < headerBytes) {
      return { frames: whole, end: start, wantedBytes: headerBytes };
    }
    const length = frameLength(bytes, start);
    if (length === undefined)
      return {
        frames: whole,
        end: start,
        wantedBytes: 0,
        problem: unframed(bytes.subarray(start)),
      };
    const wantedBytes = headerBytes + length;
    if (bytes.length - start < wantedBytes) return { frames: whole, end: start, wantedBytes };
    const text = bytes.subarray(start + headerBytes, start + wantedBytes);
    if (bytes[start] === engineComplaint) {
      return { frames: whole, end: start, wantedBytes: 0, problem: complaint(text) };
    }
    whole.push({ stream: bytes[start] === 2 ? "stderr" : "stdout", bytes: text });
    start += wantedBytes;
  }
}

/** The number of bytes behind a header, or `undefined` where there is none. */
function frameLength(bytes: Buffer, start: number): number | undefined {
  const stream = bytes[start] ?? 0;
  const length = bytes.readUInt32BE(start + 4);
  const zeros = bytes.readUIntBE(start + 1, 3) === 0;
  return stream > engineComplaint || length > maxFrameBytes || !zeros ? undefined : length;
}

function unframed(bytes: Buffer): DockerError {
  const beginning = JSON.stringify(bytes.toString("utf8", 0, 200));
  return new DockerError(
    "BAD_RESPONSE",
    `the engine's output is not framed: does the container have a terminal? It goes on with ${beginning}`,
  );
}

function complaint(text: Buffer): DockerError {
  const words = text.toString("utf8").trim().slice(0, 2000);
  return new DockerError("BAD_RESPONSE", `the engine broke the stream off: ${words}`);
}
