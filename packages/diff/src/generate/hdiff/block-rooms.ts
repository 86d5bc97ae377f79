/** A room could not be had, since what was in another one failed. */
interface Failure {
  readonly reason: unknown;
}

interface Waiting {
  readonly resolve: (room: ArrayBuffer) => void;
  readonly reject: (reason: unknown) => void;
}

/**
 * So many pieces of memory, in which blocks go to a thread and back: for as many blocks as may be on their way. Memory that is
 * made anew for each block is collected late, so that the most that is taken at a time would be anybody's guess.
 */
export class BlockRooms {
  readonly #roomBytes: number;
  /** How many were not made yet. */
  #unmade: number;
  readonly #free: ArrayBuffer[] = [];
  readonly #waiting: Waiting[] = [];
  #failure: Failure | undefined;

  constructor(count: number, roomBytes: number) {
    this.#unmade = count;
    this.#roomBytes = roomBytes;
  }

  /** A room, as soon as there is one; to be given back. @throws what `fail` was told */
  take(): Promise<ArrayBuffer> {
    return new Promise((resolve, reject) => {
      if (this.#failure !== undefined) return reject(this.#failure.reason);
      const room = this.#free.pop() ?? this.#made();
      if (room === undefined) this.#waiting.push({ resolve, reject });
      else resolve(room);
    });
  }

  give(room: ArrayBuffer): void {
    const next = this.#waiting.shift();
    if (next === undefined) this.#free.push(room);
    else next.resolve(room);
  }

  /** A room is lost, and so is the whole: nobody is to wait for it. */
  fail(reason: unknown): void {
    this.#failure ??= { reason };
    for (const { reject } of this.#waiting.splice(0)) reject(reason);
  }

  #made(): ArrayBuffer | undefined {
    if (this.#unmade === 0) return undefined;
    this.#unmade -= 1;
    return new ArrayBuffer(this.#roomBytes);
  }
}
