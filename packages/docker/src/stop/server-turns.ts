import { KeyedMutex } from "@potassium/core-types/provider-kit";
import type { Containers, OwnContainer } from "../container/containers.js";

/** Lets one call at a time stop, start or remove a server. Calls for different servers run side by side. */
export class ServerTurns {
  readonly #locks = new KeyedMutex();

  /**
   * Runs `body` in the server's turn, with what the engine then has: nothing where the server is gone.
   *
   * @param id the engine's, which saves a look-up, or the server's exact name.
   */
  async run<T>(
    containers: Containers,
    id: string,
    body: (present: OwnContainer | undefined) => Promise<T>,
    signal: AbortSignal,
  ): Promise<T> {
    const whole = isWholeId(id) ? id : (await containers.find(id, signal))?.inspected.Id;
    if (whole === undefined) return body(undefined);
    const turn = async () => {
      const present = await containers.find(whole, signal);
      const found = present?.inspected.Id ?? whole;
      // A name may look like an id; its server's turn is that of the id.
      return found === whole ? body(present) : this.run(containers, found, body, signal);
    };
    return this.#locks.run(whole, turn, { signal });
  }
}

/** As Docker and Podman give them. */
const isWholeId = (id: string) => /^[0-9a-f]{64}$/.test(id);
