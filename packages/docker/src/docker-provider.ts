import {
  type AbortOptions,
  type AllocateRequest,
  abortable,
  CommandLine,
  type CopyFolderFromOptions,
  type CopyFolderToOptions,
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
  checkCallOptions,
  checkedStream,
  checkFileContent,
  checkReconcileOptions,
  KeyedMutex,
  OpenCalls,
  type OptionsOf,
  type ReconcileOptions,
  type ReconcileReport,
  reconcile,
} from "@potassium/core-types/provider-kit";
import { allocateOnce } from "./allocate/allocate-once.js";
import type { Allocation } from "./allocate/allocation.js";
import { HostPorts } from "./allocate/host-ports.js";
import { restart } from "./allocate/restart.js";
import { Containers } from "./container/containers.js";
import { inspectedServer } from "./container/to-server.js";
import type { DockerProviderOptions } from "./docker-provider-options.js";
import { dockerSupports } from "./docker-supports.js";
import { LazyConnection } from "./engine/connection.js";
import type { EngineInfo } from "./engine/engine-info.js";
import { EventHub } from "./event/event-hub.js";
import { exec } from "./exec/exec.js";
import { sendCommand } from "./exec/send-command.js";
import { readFile } from "./file/read-file.js";
import { readFolder } from "./file/read-folder.js";
import { deleteFile, writeFile } from "./file/write-file.js";
import { writeFolder } from "./file/write-folder.js";
import { type ChangeableLimits, updateLimits } from "./limit/update-limits.js";
import { followLogBatches } from "./log/follow-logs.js";
import { LogFollowers } from "./log/log-followers.js";
import { readLogs } from "./log/read-logs.js";
import { parseArgument, parseLogOptions, parseNamed, parseRequest } from "./parse-argument.js";
import { type Settings, settingsOf } from "./settings.js";
import { measure } from "./stat/measure.js";
import { measureAll } from "./stat/measure-all.js";
import { deallocate } from "./stop/deallocate.js";
import { ServerTurns } from "./stop/server-turns.js";

/** What a call may work with once the engine is reached. */
type Parts = Allocation & { readonly consoles: KeyedMutex };

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
  readonly #events: EventHub;
  readonly #parts;

  /** @throws {DockerError} `INVALID_ARGUMENT` */
  constructor(options: DockerProviderOptions = {}) {
    this.#settings = settingsOf(options);
    this.#connection = new LazyConnection(this.#settings);
    this.#events = new EventHub({
      namespace: this.#settings.namespace,
      connection: () => this.#connection.get(),
      containers: async () => (await this.#reach()).containers,
    });
    this.#parts = {
      events: this.#events,
      followers: new LogFollowers(),
      hostPorts: new HostPorts(this.#settings.portRange),
      consoles: new KeyedMutex(),
      keys: new KeyedMutex(),
      turns: new ServerTurns(),
    };
  }

  /** What the engine is, and what it therefore can't do. */
  engine(options: AbortOptions = {}): Promise<EngineInfo> {
    return this.#run(options, async ({ connection }) => connection.info);
  }

  allocate(request: AllocateRequest, options: AbortOptions = {}): Promise<Server> {
    return this.#run(options, async (reached, signal) =>
      allocateOnce(reached, parseRequest(request, this.supports), signal),
    );
  }

  list(filter: ServerFilter = {}, options: AbortOptions = {}): Promise<readonly Server[]> {
    return this.#run(options, ({ containers }, signal) =>
      containers.list(parseArgument(ServerFilter, filter, "server filter"), signal),
    );
  }

  get(id: string, options: AbortOptions = {}): Promise<Server | undefined> {
    return this.#run(options, async ({ containers }, signal) => {
      const found = await containers.find(id, signal);
      return found === undefined ? undefined : inspectedServer(found.inspected, found.wanted);
    });
  }

  deallocate(id: string, options: AbortOptions = {}): Promise<void> {
    return this.#run(options, (reached, signal) => deallocate(reached, id, signal));
  }

  restart(id: string, options: AbortOptions = {}): Promise<Server> {
    return this.#run(options, (reached, signal) => restart(reached, id, signal));
  }

  exec(id: string, command: readonly string[], options: ExecOptions = {}): Promise<ExecResult> {
    return this.#call("exec", options, async ({ connection, containers }, signal) => {
      const words = parseNamed(CommandLine, command, "command");
      const { inspected } = await containers.requireRunning(id, signal);
      return exec(connection, inspected.Id, words, { ...options, signal });
    });
  }

  sendCommand(id: string, line: string, options: AbortOptions = {}): Promise<void> {
    return this.#run(options, (reached, signal) => sendCommand(reached, id, line, signal));
  }

  logs(id: string, options: LogsOptions = {}): Promise<readonly LogLine[]> {
    return this.#call("logs", options, async ({ connection, containers }, signal) => {
      const window = parseLogOptions(options);
      const { inspected } = await containers.require(id, signal);
      return readLogs(connection, inspected.Id, { ...window, signal });
    });
  }

  followLogs(id: string, options: LogOptions = {}): AsyncIterable<LogLine> {
    const reach = () => this.#reach();
    return checkedStream("followLogs", options, () =>
      this.#calls.streamBatches(options, "failure", async function* (signal) {
        const window = parseLogOptions(options);
        const { connection, containers, followers } = await abortable(reach(), signal);
        const { inspected } = await containers.require(id, signal);
        yield* followLogBatches(connection, inspected.Id, { ...window, signal, followers });
      }),
    );
  }

  events(options: AbortOptions = {}): AsyncIterable<ServerEvent> {
    const subscribe = () => this.#events.subscribe(options.signal);
    // From the call on, and not from the first read; disposal ends it once it has given what waits.
    return checkedStream("other", options, () =>
      this.#calls.closed ? this.#calls.stream(options, "failure", subscribe) : subscribe(),
    );
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
    return this.#run(options, (reached, signal) => updateLimits(reached, id, limits, signal));
  }

  /**
   * Compares the engine's servers with what a registry and a relay's routes say. Reports the differences and
   * mends those that it is told to mend.
   */
  async reconcile(options: ReconcileOptions): Promise<ReconcileReport> {
    checkReconcileOptions(options);
    return this.#calls.run(options, (signal) => reconcile(this, { ...options, signal }));
  }

  /** What each running server uses now, measured side by side. One that ends meanwhile is left out. */
  statsAll(filter: ServerFilter = {}, options: AbortOptions = {}): Promise<readonly ServerStats[]> {
    return this.#run(options, async ({ connection, containers }, signal) => {
      const parsed = parseArgument(ServerFilter, filter, "server filter");
      return measureAll(connection, await containers.list(parsed, signal), signal);
    });
  }

  copyTo(
    id: string,
    path: string,
    content: FileContent,
    options: CopyToOptions = {},
  ): Promise<void> {
    return this.#call("copyTo", options, async ({ connection, containers }, signal) => {
      checkFileContent(content);
      const found = await containers.require(id, signal);
      await writeFile(connection, found, path, content, { ...options, signal });
    });
  }

  copyFrom(id: string, path: string, options: CopyFromOptions = {}): AsyncIterable<Uint8Array> {
    const reach = () => this.#reach();
    return checkedStream("copyFrom", options, () =>
      this.#calls.stream(options, "failure", async function* (signal) {
        const { connection, containers } = await abortable(reach(), signal);
        const { inspected } = await containers.require(id, signal);
        yield* readFile(connection, inspected.Id, path, { ...options, signal });
      }),
    );
  }

  copyFolderTo(
    id: string,
    path: string,
    localFolder: string,
    options: CopyFolderToOptions = {},
  ): Promise<void> {
    return this.#call("copyFolderTo", options, async ({ connection, containers }, signal) => {
      const found = await containers.require(id, signal);
      await writeFolder(connection, found, path, localFolder, { ...options, signal });
    });
  }

  copyFolderFrom(
    id: string,
    path: string,
    localFolder: string,
    options: CopyFolderFromOptions = {},
  ): Promise<void> {
    return this.#call("copyFolderFrom", options, async ({ connection, containers }, signal) => {
      const { inspected } = await containers.require(id, signal);
      await readFolder(connection, inspected.Id, path, localFolder, { ...options, signal });
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
    body: (reached: Parts, signal: AbortSignal) => Promise<T>,
  ): Promise<T> {
    return this.#call("other", options, body);
  }

  async #call<T>(
    call: OptionsOf,
    options: AbortOptions,
    body: (reached: Parts, signal: AbortSignal) => Promise<T>,
  ): Promise<T> {
    checkCallOptions(call, options);
    return this.#calls.run(options, async (signal) =>
      body(await abortable(this.#reach(), signal), signal),
    );
  }

  async #reach(): Promise<Parts> {
    const connection = await this.#connection.get();
    const containers = new Containers(connection.client, this.#settings.namespace);
    return { connection, containers, ...this.#settings, ...this.#parts };
  }
}
