import { createHash } from "node:crypto";
import { unless } from "../fs/file-system-code.js";
import type { Update } from "../open-update.js";
import { partKey, type ShippedPart } from "../plan/recipe.js";
import { fetchFile } from "../source/fetch-file.js";
import type { UpdateSource } from "../source/update-source.js";
import type { DownloadFolder } from "./download-folder.js";
import type { PauseGate } from "./pause-gate.js";
import type { ProgressMeter } from "./progress-meter.js";

export interface DownloadPartsOptions {
  readonly updates: readonly Update[];
  readonly folder: DownloadFolder;
  readonly pause: PauseGate;
  readonly maxUnsizedBytes: number;
  readonly meter: ProgressMeter;
  readonly signal?: AbortSignal | undefined;
}

/** The name of a part in the download folder: no hash alone, as a file of the game may have the same content. */
export function partName(part: ShippedPart): string {
  return `part-${part.hash ?? createHash("sha256").update(partKey(part)).digest("hex")}`;
}

/** Downloads files of updates, each once, and keeps each for as long as somebody needs it. */
export class DownloadParts {
  readonly #uses = new Map<string, number>();
  readonly #paths = new Map<string, Promise<string>>();
  #receivedBytes = 0;

  /** @param needed every use of a part. */
  constructor(
    needed: Iterable<ShippedPart>,
    readonly options: DownloadPartsOptions,
  ) {
    for (const part of needed) {
      this.#uses.set(partName(part), (this.#uses.get(partName(part)) ?? 0) + 1);
    }
  }

  /** Bytes that the sources gave. */
  get receivedBytes(): number {
    return this.#receivedBytes;
  }

  /** Gives `work` the path of a part, and removes it after its last use. */
  async use<T>(
    path: string,
    part: ShippedPart,
    work: (partPath: string) => Promise<T>,
  ): Promise<T> {
    const name = partName(part);
    const ready = this.#paths.get(name) ?? this.#fetched(path, part);
    this.#paths.set(name, ready);
    const result = await work(await ready);
    const left = (this.#uses.get(name) ?? 1) - 1;
    this.#uses.set(name, left);
    if (left === 0) await this.options.folder.site.fs.unlink(await ready);
    return result;
  }

  /** Counts parts as downloaded whose use an earlier try has made already. */
  skip(path: string, parts: readonly ShippedPart[]): void {
    for (const part of parts) {
      this.options.meter.downloaded(path, partName(part), part.sizeBytes ?? 0);
    }
  }

  /** Downloads a part to where it is to stay, where it isn't yet. */
  async fetch(path: string, part: ShippedPart, toPath: string): Promise<void> {
    const { folder, meter, maxUnsizedBytes, updates, signal } = this.options;
    const { source } = updates[part.update] as Update;
    const { file, hash, sizeBytes } = part;
    await fetchFile(this.#counted(source), {
      file,
      hash,
      sizeBytes,
      maxBytes: maxUnsizedBytes,
      toPath,
      fs: folder.site.fs,
      signal,
      onBytes: (doneBytes) => meter.downloaded(path, partName(part), doneBytes),
    });
  }

  async #fetched(path: string, part: ShippedPart): Promise<string> {
    const { folder } = this.options;
    const toPath = folder.path(partName(part));
    await unless(["ENOENT"], async () => {
      // What an earlier try has left whole becomes a download that only needs to be looked at.
      await folder.site.fs.lstat(toPath);
      await folder.site.fs.rename(toPath, `${toPath}.part`);
    });
    await this.fetch(path, part, toPath);
    return toPath;
  }

  #counted(source: UpdateSource): UpdateSource {
    const { pause } = this.options;
    const received = (bytes: number) => {
      this.#receivedBytes += bytes;
    };
    return {
      name: source.name,
      async open(file, options) {
        await pause.passed({ signal: options?.signal });
        const { totalBytes, chunks } = await source.open(file, options);
        return { totalBytes, chunks: counted(chunks, options?.signal) };
      },
    };

    async function* counted(chunks: AsyncIterable<Uint8Array>, signal: AbortSignal | undefined) {
      for await (const chunk of chunks) {
        received(chunk.length);
        yield chunk;
        await pause.passed({ signal });
      }
    }
  }
}
