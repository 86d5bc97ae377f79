import type { Session } from "./session.js";

/** The open sessions, by the player's address and port. */
export class SessionTable {
  readonly #byIp = new Map<string, Map<number, Session>>();
  #size = 0;
  #added = 0;

  get size(): number {
    return this.#size;
  }

  /** Sessions that were ever added. */
  get added(): number {
    return this.#added;
  }

  get(ip: string, port: number): Session | undefined {
    return this.#byIp.get(ip)?.get(port);
  }

  add(session: Session): void {
    const { ip, port } = session.player;
    const ofPlayer = this.#byIp.get(ip) ?? new Map<number, Session>();
    this.#byIp.set(ip, ofPlayer.set(port, session));
    this.#size += 1;
    this.#added += 1;
  }

  /** @returns whether it was there. */
  remove(session: Session): boolean {
    const { ip, port } = session.player;
    const ofPlayer = this.#byIp.get(ip);
    if (ofPlayer?.get(port) !== session) return false;
    ofPlayer.delete(port);
    if (ofPlayer.size === 0) this.#byIp.delete(ip);
    this.#size -= 1;
    return true;
  }

  /** A copy: sessions may be removed while it is walked. */
  ofPlayer(ip: string): readonly Session[] {
    return [...(this.#byIp.get(ip)?.values() ?? [])];
  }

  /** A copy: sessions may be removed while it is walked. */
  all(): readonly Session[] {
    return [...this.#byIp.values()].flatMap((ofPlayer) => [...ofPlayer.values()]);
  }
}
