import { type Readable, Transform } from "node:stream";
import { ProviderError } from "@potassium/core-types";
import { cannotCopy, type IncomingFolder } from "@potassium/core-types/provider-kit";
import { extract, type Header } from "tar-stream";
import { DockerError } from "../docker-error.js";

const blockBytes = 512;
/** An archive's end: two blocks of zeros. */
const endBytes = 2 * blockBytes;

/**
 * Unpacks the archive of a folder, which comes from an engine but was filled by a server.
 *
 * @param name the folder's own, with which each entry's name begins.
 * @param lost makes the error for a stream that broke off.
 * @throws {DockerError} `BAD_RESPONSE`, and what `incoming` throws
 */
export async function unpackFolder(
  archive: Readable,
  name: string,
  incoming: IncomingFolder,
  lost: (error: unknown) => unknown,
): Promise<void> {
  const end = new ArchiveEnd();
  const unpacked = archive.pipe(end).pipe(extract());
  // Piping passes on bytes, not errors.
  let broken: unknown;
  const onBreak = (error: unknown) => {
    broken ??= error;
    unpacked.destroy(error as Error);
  };
  archive.once("error", onBreak);
  archive.once("aborted", () => onBreak(new Error("the connection broke off")));
  archive.once("close", () => {
    if (!archive.readableEnded) onBreak(new Error("the connection broke off"));
  });
  let lastByte = 0;
  try {
    for await (const entry of unpacked) {
      const { type, size } = entry.header;
      const blocks = 1 + (type === "directory" ? 0 : Math.ceil(size / blockBytes));
      lastByte = entry.offset + blocks * blockBytes;
      await take(entry.header, entry as AsyncIterable<Uint8Array>, name, incoming);
      entry.resume();
    }
    // Where it is cut between two entries, nothing else shows it.
    if (!end.isWhole(lastByte)) throw cut("has no end");
  } catch (error) {
    if (error instanceof ProviderError) throw error;
    throw broken === undefined
      ? cut(`is damaged: ${(error as Error).message}`, error)
      : lost(broken);
  } finally {
    archive.destroy();
    end.destroy();
    unpacked.destroy();
  }
}

async function take(
  { name, type, mode, size, linkname }: Header,
  content: AsyncIterable<Uint8Array>,
  top: string,
  incoming: IncomingFolder,
): Promise<void> {
  const below = nameBelow(name, top);
  if (below === undefined) throw cut(`has an entry that is not in ${top}: ${JSON.stringify(name)}`);
  if (below === "") {
    if (type !== "directory") throw cut(`is of a ${type}, not of a folder`);
    return;
  }
  switch (type) {
    case "directory":
      return incoming.folder(below, mode);
    case "file":
      incoming.expect(size);
      return incoming.file(below, mode, content);
    case "symlink":
      return incoming.link(below, linkname ?? "");
    case "link": {
      const earlier = nameBelow(linkname ?? "", top);
      if (earlier === undefined || earlier === "")
        throw cut(`has a hard link that leads out of it: ${JSON.stringify(name)}`);
      return incoming.hardLink(below, earlier);
    }
    case "character-device":
    case "block-device":
    case "fifo":
      throw cannotCopy(below, `is a ${type}`);
    default:
      // What this package's reader of archives doesn't know, or passes on unread.
      throw cannotCopy(below, "is neither a file, a folder nor a link");
  }
}

/** The name below the folder; empty for the folder itself, `undefined` for what is not in it. */
function nameBelow(name: string, top: string): string | undefined {
  const plain = name.endsWith("/") ? name.slice(0, -1) : name;
  if (plain === top) return "";
  return plain.startsWith(`${top}/`) ? plain.slice(top.length + 1) : undefined;
}

function cut(problem: string, cause?: unknown): DockerError {
  return new DockerError("BAD_RESPONSE", `the engine's archive of the folder ${problem}`, {
    cause,
  });
}

/** Passes an archive on and remembers how it ended. */
class ArchiveEnd extends Transform {
  #bytes = 0;
  #zeros = 0;

  /** Whether there were the two blocks of zeros, and not just a file's zeros, after the last entry. */
  isWhole(lastByte: number): boolean {
    return this.#zeros >= endBytes && this.#bytes >= lastByte + endBytes;
  }

  override _transform(
    piece: Buffer,
    _encoding: BufferEncoding,
    done: (error: null, piece: Buffer) => void,
  ): void {
    this.#bytes += piece.length;
    let from = piece.length;
    while (from > 0 && piece.length - from < endBytes && piece[from - 1] === 0) from -= 1;
    const zeros = piece.length - from;
    this.#zeros = from === 0 ? this.#zeros + zeros : zeros;
    done(null, piece);
  }
}
