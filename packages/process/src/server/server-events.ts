import type { AbortOptions, ServerEvent } from "@potassium/core-types";
import { Broadcast, frozenCopy } from "@potassium/core-types/provider-kit";
import type { ServerState } from "../protocol/server-state.js";
import type { ServerRecord } from "./server-record.js";

export type EventType = Exclude<ServerEvent["type"], "stopped">;

/** The events of a provider's servers. */
export class ServerEvents {
  readonly #broadcast = new Broadcast<ServerEvent>();

  subscribe(options: AbortOptions): AsyncIterableIterator<ServerEvent> {
    return this.#broadcast.subscribe(options);
  }

  /** Tells what the provider itself has done or seen. */
  tell(record: ServerRecord, type: EventType, time = new Date().toISOString()): void {
    this.#broadcast.publish(frozenCopy({ type, ...about(record, time) }));
  }

  /** Tells a state that a supervisor has told. */
  tellState(record: ServerRecord, { status, time }: ServerState): void {
    switch (status.state) {
      case "starting":
      case "running":
      case "stopping":
        this.tell(record, status.state, time);
        break;
      case "stopped":
        this.#tellStopped(record, status.exitCode, time);
        break;
    }
  }

  /** Tells the end of a server whose supervisor is gone. */
  tellEnd(record: ServerRecord, { status, time }: ServerState): void {
    // Where the supervisor left no exit code, the server was killed after it.
    this.#tellStopped(record, status.state === "stopped" ? status.exitCode : 137, time);
  }

  close(): void {
    this.#broadcast.close();
  }

  #tellStopped(record: ServerRecord, exitCode: number, time: string): void {
    this.#broadcast.publish(
      frozenCopy({
        type: "stopped" as const,
        ...about(record, time),
        exitCode,
        outOfMemory: false,
      }),
    );
  }
}

function about({ id, name, request }: ServerRecord, time: string) {
  return { id, name, time, labels: request.labels ?? {} };
}
