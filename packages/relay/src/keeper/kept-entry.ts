import { RouteClaims } from "./route-claims.js";

/** How far the relay is with what is wanted. */
export type KeptState = "pending" | "applied" | "refused";

/** What the keeper knows of one address. It lives on after a delete until the relay is seen without it. */
export class KeptEntry {
  readonly playerIp: string;
  readonly claims = new RouteClaims();
  state: KeptState = "pending";
  /** Why the relay refused it. */
  refusal: unknown;
  /** Rises with every change of what is wanted, so that an older answer is not taken for the newer's. */
  generation = 0;
  /** Whether a call for this address is under way: there is never a second one. */
  isRunning = false;
  /** The keeper's count of happenings when a call for this address last began or ended. */
  touched = 0;
  /**
   * Backends that calls of ours may have left on the relay, those included whose end is not known: a
   * call that timed out may yet take effect.
   */
  sent = new Set<string>();
  /** Told when the state settles, or will not by itself. */
  readonly waiting = new Set<() => void>();

  constructor(playerIp: string) {
    this.playerIp = playerIp;
  }

  /** The backend that the relay should have; `undefined` for no route. */
  get wanted(): string | undefined {
    return this.claims.backend;
  }

  /** Something else is wanted from now on. */
  change(): void {
    this.generation += 1;
    this.state = "pending";
    this.refusal = undefined;
  }

  settle(state: "applied" | "refused", refusal?: unknown): void {
    this.state = state;
    this.refusal = refusal;
    this.wake();
  }

  /** Lets those who wait look again. */
  wake(): void {
    for (const tell of [...this.waiting]) tell();
  }
}
