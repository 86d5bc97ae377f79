import { ExpiryQueue } from "./expiry-queue.js";
import type { KeeperClock } from "./keeper-clock.js";

/** Whose claim on which address. */
export interface ClaimName {
  readonly playerIp: string;
  readonly owner: string | undefined;
}

/**
 * Calls when claims end. A claim that is renewed costs nothing here: at the time when it would have
 * ended, it is looked at again.
 */
export class ClaimExpiry {
  readonly #clock: KeeperClock;
  readonly #onDue: (name: ClaimName) => number | undefined;
  readonly #queue = new ExpiryQueue<{ readonly id: string; readonly name: ClaimName }>();
  /** For each claim the time at which it is looked at. */
  readonly #looks = new Map<string, number>();
  #isClosed = false;
  #timer: { readonly atMs: number; readonly cancel: () => void } | undefined;

  /** @param onDue told of a claim whose time may be over; answers when it ends, if it does not yet. */
  constructor(clock: KeeperClock, onDue: (name: ClaimName) => number | undefined) {
    this.#clock = clock;
    this.#onDue = onDue;
  }

  add(name: ClaimName, endsMs: number): void {
    this.#add(name, endsMs);
    this.#arm();
  }

  /** Ends what is due by now, also where a timer is late. */
  run(): void {
    const now = this.#clock.now();
    for (let due = this.#queue.takeDue(now); due !== undefined; due = this.#queue.takeDue(now)) {
      const { id, name } = due.key;
      // It was given an earlier end later, and is looked at then.
      if (this.#looks.get(id) !== due.endsMs) continue;
      this.#looks.delete(id);
      const endsMs = this.#onDue(name);
      if (endsMs !== undefined) this.#add(name, endsMs);
    }
    this.#arm();
  }

  close(): void {
    this.#isClosed = true;
    this.#disarm();
  }

  #add(name: ClaimName, endsMs: number): void {
    const id = JSON.stringify([name.playerIp, name.owner ?? null]);
    const look = this.#looks.get(id);
    if (look !== undefined && look <= endsMs) return;
    this.#looks.set(id, endsMs);
    this.#queue.add({ id, name }, endsMs);
  }

  #arm(): void {
    const atMs = this.#queue.nextMs;
    if (atMs === this.#timer?.atMs) return;
    this.#disarm();
    if (atMs === undefined || this.#isClosed) return;
    const fire = () => {
      this.#timer = undefined;
      this.run();
    };
    const cancel = this.#clock.after(Math.max(0, atMs - this.#clock.now()), fire);
    this.#timer = { atMs, cancel };
  }

  #disarm(): void {
    this.#timer?.cancel();
    this.#timer = undefined;
  }
}
