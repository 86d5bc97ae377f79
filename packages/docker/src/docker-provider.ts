import { randomBytes } from "node:crypto";
import {
  type AbortOptions,
  type AllocateRequest,
  abortable,
  CommandLine,
  ConsoleLine,
  type CopyFromOptions,
  type CopyToOptions,
  type ExecOptions,
  type ExecResult,
  type FileContent,
  type LogLine,
  type LogOptions,
  type LogsOptions,
  type Provider,
  type ProviderSupports,
  type Server,
  type ServerEvent,
  ServerFilter,
  type ServerStats,
} from "@potassium/core-types";
import {
  KeyedMutex,
  OpenCalls,
  type ReconcileOptions,
  type ReconcileReport,
  reconcile,
} from "@potassium/core-types/provider-kit";
import { allocate } from "./allocate/allocate.js";
import type { Allocation } from "./allocate/allocation.js";
import { HostPorts } from "./allocate/host-ports.js";
import { allocateByKey, nameFor } from "./allocate/idempotency.js";
import { restartServer } from "./allocate/restart.js";
import { Containers } from "./container/containers.js";
import { removeContainer } from "./container/remove-container.js";
import type { DockerProviderOptions } from "./docker-provider-options.js";
import { dockerSupports } from "./docker-supports.js";
import { type Connection, LazyConnection } from "./engine/connection.js";
import type { EngineInfo } from "./engine/engine-info.js";
import { EventHub } from "./event/event-hub.js";
import { exec } from "./exec/exec.js";
import { writeConsole } from "./exec/write-console.js";
import { readFile } from "./file/read-file.js";
import { deleteFile, writeFile } from "./file/write-file.js";
import { type ChangeableLimits, LimitChange, updateLimits } from "./limit/update-limits.js";
import { LogFollowers } from "./log/log-followers.js";
import { followLogs, readLogs } from "./log/read-logs.js";
import {
  parseArgument,
  parseLogOptions,
  parseRequest,
  type Settings,
  settingsOf,
} from "./parse-argument.js";
import { measure } from "./stat/measure.js";
import { measureAll } from "./stat/measure-all.js";
import { stopContainer } from "./stop/stop-container.js";

/** What a call works with once the engine is reached. */
interface Reached {
  readonly connection: Connection;
  readonly containers: Containers;
}

/**
 * Game servers in containers of Docker or Podman.
 *
 * Nothing is opened before the first call. Servers outlive the provider: disposal closes its connections
 * and streams, and another provider with the same namespace finds the servers again.
 *
 * @example
 * ```ts
 * await using provider = new DockerProvider();
 * const server = await provider.allocate({
 *   image: "localhost/hytale-server",
 *   ports: [{ host: 5521, container: 5521, protocol: "udp" }],
 * });
 * ```
 */
export class DockerProvider implements Provider {
  readonly supports: ProviderSupports = dockerSupports;
  readonly #settings: Settings;
  readonly #connection: LazyConnection;
  readonly #calls = new OpenCalls();
  readonly #locks = new KeyedMutex();
  readonly #followers = new LogFollowers();
  readonly #hostPorts: HostPorts;
  readonly #events: EventHub;

  /** @throws {DockerError} `INVALID_ARGUMENT` */
  constructor(options: DockerProviderOptions = {}) {
    this.#settings = settingsOf(options);
    this.#connection = new LazyConnection(this.#settings);
    this.#hostPorts = new HostPorts(this.#settings.portRange);
    this.#events = new EventHub({
      namespace: this.#settings.namespace,
      connection: () => this.#connection.get(),
      containers: async () => (await this.#reach()).containers,
    });
  }

  /** What the engine is, and what it therefore can't do. */
  engine(options: AbortOptions = {}): Promise<EngineInfo> {
    return this.#run(options, async ({ connection }) => connection.info);
  }

  allocate(request: AllocateRequest, options: AbortOptions = {}): Promise<Server> {
    return this.#run(options, async (reached, signal) => {
      const parsed = parseRequest(request, this.supports);
      await this.#events.whenReading(signal);
      const allocation: Allocation = { ...reached, ...this.#settings, hostPorts: this.#hostPorts };
      const key = parsed.idempotencyKey;
      const make = async (name: string) => {
        const server = await allocate(allocation, name, parsed, signal);
        if (parsed.readiness !== undefined) await this.#events.tellReady(server.id);
        return server;
      };
      if (key === undefined)
        return make(parsed.name ?? `potassium-${randomBytes(6).toString("hex")}`);
      const name = parsed.name ?? nameFor(this.#settings.namespace, key);
      const turn = () => allocateByKey(reached, parsed, { key, name }, signal, () => make(name));
      return this.#locks.run(`key ${key}`, turn, { signal });
    });
  }

  list(filter: ServerFilter = {}, options: AbortOptions = {}): Promise<readonly Server[]> {
    return this.#run(options, ({ containers }, signal) =>
      containers.list(parseArgument(ServerFilter, filter, "server filter"), signal),
    );
  }

  get(id: string, options: AbortOptions = {}): Promise<Server | undefined> {
    return this.#run(options, async ({ containers }, signal) => {
      const found = await containers.find(id, signal);
      return found === undefined ? undefined : containers.server(found.inspected.Id, [], signal);
    });
  }

  deallocate(id: string, options: AbortOptions = {}): Promise<void> {
    return this.#run(options, async ({ connection, containers }, signal) => {
      const found = await containers.find(id, signal);
      if (found === undefined) return;
      await this.#events.whenReading(signal);
      const turn = async () => {
        const present = await containers.find(found.inspected.Id, signal);
        if (present === undefined) return;
        if (present.inspected.State.Running) this.#events.tellStopping(present.inspected.Id);
        await stopContainer(connection, containers, present, signal);
        await this.#followers.settled(present.inspected.Id);
        await removeContainer(connection.client, present.inspected.Id);
      };
      await this.#locks.run(found.inspected.Id, turn, { signal });
    });
  }

  restart(id: string, options: AbortOptions = {}): Promise<Server> {
    return this.#run(options, async ({ connection, containers }, signal) => {
      const { inspected } = await containers.require(id, signal);
      await this.#events.whenReading(signal);
      const turn = async () => {
        const present = await containers.require(inspected.Id, signal);
        if (present.inspected.State.Running) {
          this.#events.tellStopping(present.inspected.Id);
          await stopContainer(connection, containers, present, signal);
        }
        const server = await restartServer(connection, containers, present, signal);
        if (present.wanted.readiness !== undefined) await this.#events.tellReady(server.id);
        return server;
      };
      return this.#locks.run(inspected.Id, turn, { signal });
    });
  }

  exec(id: string, command: readonly string[], options: ExecOptions = {}): Promise<ExecResult> {
    return this.#run(options, async ({ connection, containers }, signal) => {
      const words = parseArgument(CommandLine, command, "command");
      const { inspected } = await containers.requireRunning(id, signal);
      return exec(connection, inspected.Id, words, { ...options, signal });
    });
  }

  sendCommand(id: string, line: string, options: AbortOptions = {}): Promise<void> {
    return this.#run(options, async ({ connection, containers }, signal) => {
      const text = parseArgument(ConsoleLine, line, "console line");
      const { inspected } = await containers.requireRunning(id, signal);
      const turn = () => writeConsole(connection, inspected.Id, text, signal);
      await this.#locks.run(`console ${inspected.Id}`, turn, { signal });
    });
  }

  logs(id: string, options: LogsOptions = {}): Promise<readonly LogLine[]> {
    return this.#run(options, async ({ connection, containers }, signal) => {
      const window = parseLogOptions(options);
      const { inspected } = await containers.require(id, signal);
      return readLogs(connection, inspected.Id, { ...window, signal });
    });
  }

  followLogs(id: string, options: LogOptions = {}): AsyncIterable<LogLine> {
    const reach = () => this.#reach();
    const followers = this.#followers;
    return this.#calls.stream(options, "failure", async function* (signal) {
      const window = parseLogOptions(options);
      const { connection, containers } = await abortable(reach(), signal);
      const { inspected } = await containers.require(id, signal);
      yield* followLogs(connection, inspected.Id, { ...window, signal, followers });
    });
  }

  events(options: AbortOptions = {}): AsyncIterable<ServerEvent> {
    const subscribe = () => this.#events.subscribe(options.signal);
    // From the call on, and not from the first read; disposal ends it once it has given what waits.
    return this.#calls.closed ? this.#calls.stream(options, "failure", subscribe) : subscribe();
  }

  stats(id: string, options: AbortOptions = {}): Promise<ServerStats> {
    return this.#run(options, async ({ connection, containers }, signal) => {
      const { inspected } = await containers.requireRunning(id, signal);
      return measure(connection, inspected.Id, signal);
    });
  }

  /**
   * Changes limits of a server, while it runs as well. What is left out stays. `get()` tells the present ones,
   * `list()` those of the allocation.
   *
   * @throws {DockerError} `NOT_FOUND`, `NOT_SUPPORTED`, `INVALID_ARGUMENT`
   */
  updateLimits(id: string, limits: ChangeableLimits, options: AbortOptions = {}): Promise<Server> {
    return this.#run(options, async ({ connection, containers }, signal) => {
      const changed = parseArgument(LimitChange, limits, "limits");
      const { inspected } = await containers.require(id, signal);
      await updateLimits(connection, inspected.Id, changed, signal);
      return containers.server(inspected.Id, [], signal);
    });
  }

  /**
   * Compares the engine's servers with what a registry and a relay's routes say. Reports the differences and
   * mends those that it is told to mend.
   */
  reconcile(options: ReconcileOptions): Promise<ReconcileReport> {
    return this.#run(options, (_reached, signal) => reconcile(this, { ...options, signal }));
  }

  /** What each running server uses now, measured side by side. One that ends meanwhile is left out. */
  statsAll(filter: ServerFilter = {}, options: AbortOptions = {}): Promise<readonly ServerStats[]> {
    return this.#run(options, async ({ connection, containers }, signal) => {
      const parsed = parseArgument(ServerFilter, filter, "server filter");
      const servers = await containers.list(parsed, signal);
      const running = servers.filter(({ status }) => status.state === "running");
      return measureAll(
        connection,
        running.map(({ id }) => id),
        signal,
      );
    });
  }

  copyTo(
    id: string,
    path: string,
    content: FileContent,
    options: CopyToOptions = {},
  ): Promise<void> {
    return this.#run(options, async ({ connection, containers }, signal) => {
      const found = await containers.require(id, signal);
      await writeFile(connection, found, path, content, { ...options, signal });
    });
  }

  copyFrom(id: string, path: string, options: CopyFromOptions = {}): AsyncIterable<Uint8Array> {
    const reach = () => this.#reach();
    return this.#calls.stream(options, "failure", async function* (signal) {
      const { connection, containers } = await abortable(reach(), signal);
      const { inspected } = await containers.require(id, signal);
      yield* readFile(connection, inspected.Id, path, { ...options, signal });
    });
  }

  deleteFile(id: string, path: string, options: AbortOptions = {}): Promise<void> {
    return this.#run(options, async ({ connection, containers }, signal) => {
      const found = await containers.requireRunning(id, signal);
      await deleteFile(connection, found, path, signal);
    });
  }

  /** Closes connections and streams. The servers run on. */
  async [Symbol.asyncDispose](): Promise<void> {
    this.#events.close();
    await this.#calls.close();
    await this.#connection.close();
  }

  #run<T>(
    options: AbortOptions,
    body: (reached: Reached, signal: AbortSignal) => Promise<T>,
  ): Promise<T> {
    return this.#calls.run(options, async (signal) =>
      body(await abortable(this.#reach(), signal), signal),
    );
  }

  async #reach(): Promise<Reached> {
    const connection = await this.#connection.get();
    return { connection, containers: new Containers(connection.client, this.#settings.namespace) };
  }
}
