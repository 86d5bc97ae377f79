import {
  abortable,
  backOffMs,
  defaultStopPolicy,
  delay,
  type ServerEvent,
} from "@potassium/core-types";
import { Broadcast } from "@potassium/core-types/provider-kit";
import type { Containers } from "../container/containers.js";
import { filters, fromLabels } from "../container/wanted.js";
import type { Connection } from "../engine/connection.js";
import type { EngineAnswer } from "../engine/engine-client.js";
import { jsonLines } from "../engine/json-lines.js";
import { EngineEvent, exitCodeOf, meaningOf, timeOf } from "./engine-event.js";
import { EventHistory } from "./event-history.js";
import { ServerTracker } from "./server-tracker.js";

export interface EventHubOptions {
  readonly namespace: string;
  readonly connection: () => Promise<Connection>;
  readonly containers: () => Promise<Containers>;
}

/**
 * Reads the engine's events once for all readers, as long as there are any. After a break it connects
 * again with back-off, asks for what came in between, and lists the containers for what the engine has
 * forgotten: the end of a stream is never taken for the end of a server.
 */
export class EventHub {
  readonly #options: EventHubOptions;
  readonly #broadcast = new Broadcast<ServerEvent>();
  #reading:
    | {
        readonly stop: AbortController;
        readonly ready: Promise<void>;
        readonly tracker: ServerTracker;
      }
    | undefined;

  constructor(options: EventHubOptions) {
    this.#options = options;
  }

  /** Events from now on. */
  subscribe(signal: AbortSignal | undefined): AsyncIterableIterator<ServerEvent> {
    const stream = this.#broadcast.subscribe({ signal });
    if (this.#broadcast.readers > 0) this.#start();
    const stopIfUnread = () => {
      if (this.#broadcast.readers === 0) this.#stop();
    };
    return {
      next: () => stream.next().finally(stopIfUnread),
      return: async () => {
        await stream.return?.();
        stopIfUnread();
        return { done: true, value: undefined };
      },
      [Symbol.asyncIterator]() {
        return this;
      },
    };
  }

  /**
   * Resolves when the engine's events are being read, if anybody wants them: what is done then is told to
   * all who have subscribed before.
   */
  async whenReading(signal?: AbortSignal): Promise<void> {
    await abortable(Promise.resolve(this.#reading?.ready), signal);
  }

  /** How many starts of a server were told, for {@link tellReady}. */
  startsOf(id: string): number {
    return this.#reading?.tracker.startsOf(id) ?? 0;
  }

  /** Tells that a server is ready, once its start was told. @param startsBefore those before it */
  async tellReady(id: string, startsBefore = 0): Promise<void> {
    const { tracker, stop } = this.#reading ?? {};
    await tracker?.tellReady(id, startsBefore, stop?.signal);
  }

  /** Tells that a server is being stopped, where its engine doesn't. */
  tellStopping(id: string): void {
    this.#reading?.tracker.tell(id, "stopping", new Date().toISOString());
  }

  close(): void {
    this.#broadcast.close();
    this.#stop();
  }

  #stop(): void {
    this.#reading?.stop.abort();
    this.#reading = undefined;
  }

  #start(): void {
    if (this.#reading !== undefined) return;
    const stop = new AbortController();
    const tracker = new ServerTracker((event) => this.#broadcast.publish(event));
    let ready = () => {};
    const whenReady = new Promise<void>((resolve) => {
      ready = resolve;
    });
    this.#reading = { stop, ready: whenReady, tracker };
    void this.#read(tracker, stop.signal, ready).finally(ready);
  }

  async #read(tracker: ServerTracker, signal: AbortSignal, ready: () => void): Promise<void> {
    const history = new EventHistory();
    const subscribedAt = Date.now();
    for (let failures = 0; !signal.aborted; ) {
      try {
        const isFirst = !history.begun;
        if (isFirst) await this.#lookAround(tracker, history, subscribedAt, signal);
        await this.#readOnce(tracker, history, isFirst, signal, () => {
          failures = 0;
          ready();
        });
      } catch {
        // Broken off, or no engine there: try again below. Whoever waits need not: what is done meanwhile
        // differs from what was there before, and is told then.
        ready();
      }
      failures += 1;
      await delay(backOffMs(failures, { minMs: 50, maxMs: 5000 }), { signal }).catch(() => {});
    }
  }

  /**
   * Takes in what is there before the first stream is opened. Whatever differs later was missed, also where
   * the stream could not be opened at once.
   */
  async #lookAround(
    tracker: ServerTracker,
    history: EventHistory,
    subscribedAt: number,
    signal: AbortSignal,
  ): Promise<void> {
    const [{ client }, containers] = await Promise.all([
      this.#options.connection(),
      this.#options.containers(),
    ]);
    const { headers } = await client.plain({ method: "GET", path: "/_ping", signal });
    const servers = await containers.list({}, signal);
    // The engine may have been away until now: what was made since is still to be told.
    const earlier = servers.filter(({ createdAt }) => Date.parse(createdAt) < subscribedAt);
    tracker.reconcile(earlier, false);
    history.begin(headers.date);
  }

  async #readOnce(
    tracker: ServerTracker,
    history: EventHistory,
    isFirst: boolean,
    signal: AbortSignal,
    connected: () => void,
  ) {
    const { namespace } = this.#options;
    const [{ client }, containers] = await Promise.all([
      this.#options.connection(),
      this.#options.containers(),
    ]);
    const open = (since: number | undefined, until?: number) =>
      client.stream({
        method: "GET",
        path: "/events",
        query: {
          since,
          until,
          // By type and label only: Podman delivers nothing for some kinds of event when asked for them.
          filters: JSON.stringify({ type: ["container"], ...filters.namespace(namespace) }),
        },
        signal,
      });
    const since = isFirst ? undefined : history.since;
    if (since !== undefined) {
      // What came in between is told first: it knows exit codes, and the list only what is left.
      const { headers } = await client.plain({ method: "GET", path: "/_ping", signal });
      const now = Math.floor(Date.parse(headers.date ?? "") / 1000);
      if (now >= since) await this.#take(tracker, history, containers, await open(since, now));
    }
    const answer = await open(isFirst ? undefined : history.since);
    try {
      // The list comes after the stream, so that nothing falls between them.
      tracker.reconcile(await containers.list({}, signal), true);
      connected();
      await this.#take(tracker, history, containers, answer);
    } finally {
      answer.destroy();
    }
  }

  async #take(
    tracker: ServerTracker,
    history: EventHistory,
    containers: Containers,
    answer: EngineAnswer,
  ): Promise<void> {
    for await (const event of jsonLines(answer, EngineEvent)) {
      if (history.isNew(event)) await this.#tell(tracker, containers, event);
    }
  }

  async #tell(tracker: ServerTracker, containers: Containers, event: EngineEvent): Promise<void> {
    const { ID: id, Attributes } = event.Actor;
    const attributes = Attributes ?? {};
    const wanted = fromLabels(attributes, this.#options.namespace);
    const meaning = meaningOf(event, wanted?.stop?.signal ?? defaultStopPolicy.signal);
    if (meaning === undefined || wanted === undefined) return;
    tracker.know(id, attributes["name"] ?? id, wanted.labels);
    const exitCode = exitCodeOf(event);
    if (
      meaning === "stopped" &&
      exitCode === killedExitCode &&
      (await wasOutOfMemory(containers, id))
    ) {
      tracker.tell(id, "out-of-memory", timeOf(event));
    }
    tracker.tell(id, meaning, timeOf(event), exitCode);
  }
}

/** 128 and SIGKILL's number: how the kernel ends whom it takes the memory from. */
const killedExitCode = 137;

/** Podman has no event for it, and Docker's may come late. */
async function wasOutOfMemory(containers: Containers, id: string): Promise<boolean> {
  const found = await containers.find(id).catch(() => undefined);
  return found?.inspected.State.OOMKilled ?? false;
}
