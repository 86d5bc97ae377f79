import {
  type AbortOptions,
  type AllocateRequest,
  abortable,
  ConsoleLine,
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
  ProviderError,
  type ProviderSupports,
  parseInput,
  type Server,
  type ServerEvent,
  ServerFilter,
  type ServerStats,
} from "@potassium/core-types";
import {
  checkCallOptions,
  checkedStream,
  checkFileContent,
  matchesServerFilter,
  OpenCalls,
  type OptionsOf,
  parseAllocateRequest,
  requireFeature,
} from "@potassium/core-types/provider-kit";
import { allocateServer } from "./allocate-server.js";
import { deleteServerFile } from "./files/delete-server-file.js";
import { readServerFile } from "./files/read-server-file.js";
import { readServerFolder } from "./files/read-server-folder.js";
import { parseServerPath } from "./files/server-file.js";
import { writeServerFile } from "./files/write-server-file.js";
import { writeServerFolder } from "./files/write-server-folder.js";
import { asProviderError } from "./io-error.js";
import { parseLogWindow } from "./log/log-window.js";
import { onceOpened } from "./once-opened.js";
import { OpenProvider } from "./open-provider.js";
import {
  type ProcessProviderOptions,
  type ProviderSettings,
  parseProviderOptions,
} from "./process-provider-options.js";
import { processSupports } from "./process-supports.js";
import { checkExec } from "./server/exec-in-server.js";
import type { ManagedServer } from "./server/managed-server.js";
import { measureServer } from "./server/measure-server.js";
import { ServerEvents } from "./server/server-events.js";

const invalid = (message: string, field: string) =>
  new ProviderError("INVALID_ARGUMENT", message, { field });

/**
 * Runs game servers as child processes of this machine: an image is a name for a program.
 *
 * Each server has a small supervisor process of its own. With the lifetime `owner`, servers end with
 * the provider: disposing of it stops and removes them, and when its process dies, however it dies,
 * they are killed and removed. With `detached` they go on, and the next provider with the same
 * `stateFolder` finds them again.
 *
 * @example
 * ```ts
 * await using provider = new ProcessProvider({
 *   images: { lobby: { command: ["node", "/srv/lobby/server.js"] } },
 * });
 * const server = await provider.allocate({ image: "lobby", ports: [{ container: 5520, protocol: "udp" }] });
 * ```
 */
export class ProcessProvider implements Provider {
  readonly supports: ProviderSupports = processSupports;
  readonly #settings: ProviderSettings;
  readonly #calls = new OpenCalls();
  readonly #events = new ServerEvents();
  #opening: Promise<OpenProvider> | undefined;
  #disposal: Promise<void> | undefined;

  /**
   * Starts nothing yet: the first call opens the state folder, and rejects with `CONFLICT` where another
   * provider has it open.
   *
   * @throws {ProviderError} `INVALID_ARGUMENT` with the `field` at fault.
   */
  constructor(options: ProcessProviderOptions) {
    this.#settings = parseProviderOptions(options);
  }

  async allocate(request: AllocateRequest, options: AbortOptions = {}): Promise<Server> {
    return this.#call("other", options, async (signal) => {
      const parsed = parseAllocateRequest(request, this.supports);
      return allocateServer(await this.#open(signal), parsed, signal);
    });
  }

  async list(filter: ServerFilter = {}, options: AbortOptions = {}): Promise<readonly Server[]> {
    return this.#call("other", options, async (signal) => {
      const parsed = parseInput(ServerFilter, filter, "server filter", invalid);
      const { servers } = await this.#open(signal);
      const all = servers.all().map((server) => server.snapshot());
      return Object.freeze(all.filter((server) => matchesServerFilter(server, parsed)));
    });
  }

  async get(id: string, options: AbortOptions = {}): Promise<Server | undefined> {
    return this.#call("other", options, async (signal) =>
      (await this.#open(signal)).servers.find(id)?.snapshot(),
    );
  }

  async deallocate(id: string, options: AbortOptions = {}): Promise<void> {
    return this.#call("other", options, async (signal) => {
      const provider = await this.#open(signal);
      const server = provider.servers.find(id);
      if (server !== undefined) await abortable(provider.remove(server), signal);
    });
  }

  async restart(id: string, options: AbortOptions = {}): Promise<Server> {
    return this.#call("other", options, async (signal) => {
      const provider = await this.#open(signal);
      const server = find(provider, id);
      await provider.restart(server, signal);
      return server.snapshot();
    });
  }

  async exec(
    id: string,
    command: readonly string[],
    options: ExecOptions = {},
  ): Promise<ExecResult> {
    return this.#call("exec", options, async (signal) => {
      checkExec(command, options);
      return (await this.#find(id, signal)).exec(command, { ...options, signal });
    });
  }

  async sendCommand(id: string, line: string, options: AbortOptions = {}): Promise<void> {
    return this.#call("other", options, async (signal) => {
      const parsed = parseInput(ConsoleLine, line, "command", (message) =>
        invalid(message, "line"),
      );
      await abortable((await this.#find(id, signal)).write(parsed), signal);
    });
  }

  async logs(id: string, options: LogsOptions = {}): Promise<readonly LogLine[]> {
    return this.#call("logs", options, async (signal) => {
      const window = parseLogWindow(options);
      return (await this.#find(id, signal)).readLog(window);
    });
  }

  followLogs(id: string, options: LogOptions = {}): AsyncIterable<LogLine> {
    const find = (signal: AbortSignal) => this.#find(id, signal);
    return checkedStream("followLogs", options, () =>
      this.#calls.stream(options, "end", async function* (signal) {
        const window = parseLogWindow(options);
        yield* (await find(signal)).followLog(window, signal);
      }),
    );
  }

  events(options: AbortOptions = {}): AsyncIterable<ServerEvent> {
    return checkedStream("other", options, () => {
      if (this.#calls.closed) return this.#calls.stream(options, "end", nothing);
      const events = this.#events.subscribe(options);
      // Servers of earlier providers have events too, once they are found again.
      return onceOpened(this.#open(), events, options);
    });
  }

  async stats(id: string, options: AbortOptions = {}): Promise<ServerStats> {
    return this.#call("other", options, async (signal) => {
      requireFeature(this.supports, "stats");
      return measureServer(await this.#find(id, signal), signal);
    });
  }

  async copyTo(
    id: string,
    path: string,
    content: FileContent,
    options: CopyToOptions = {},
  ): Promise<void> {
    return this.#call("copyTo", options, async (signal) => {
      parseServerPath(path);
      checkFileContent(content);
      const { folder } = await this.#find(id, signal);
      await writeServerFile(folder.files, path, content, { ...options, signal });
    });
  }

  copyFrom(id: string, path: string, options: CopyFromOptions = {}): AsyncIterable<Uint8Array> {
    const find = (signal: AbortSignal) => this.#find(id, signal);
    return checkedStream("copyFrom", options, () =>
      this.#calls.stream(options, "failure", async function* (signal) {
        const { maxBytes = 1024 ** 3 } = options;
        parseServerPath(path);
        const { folder } = await find(signal);
        yield* readServerFile(folder.files, path, maxBytes, signal);
      }),
    );
  }

  async copyFolderTo(
    id: string,
    path: string,
    localFolder: string,
    options: CopyFolderToOptions = {},
  ): Promise<void> {
    return this.#call("copyFolderTo", options, async (signal) => {
      parseServerPath(path);
      const { folder } = await this.#find(id, signal);
      await writeServerFolder(folder.files, path, localFolder, { ...options, signal });
    });
  }

  async copyFolderFrom(
    id: string,
    path: string,
    localFolder: string,
    options: CopyFolderFromOptions = {},
  ): Promise<void> {
    return this.#call("copyFolderFrom", options, async (signal) => {
      parseServerPath(path);
      const { folder } = await this.#find(id, signal);
      await readServerFolder(folder.files, path, localFolder, { ...options, signal });
    });
  }

  async deleteFile(id: string, path: string, options: AbortOptions = {}): Promise<void> {
    return this.#call("other", options, async (signal) => {
      parseServerPath(path);
      const { folder } = await this.#find(id, signal);
      await deleteServerFile(folder.files, path);
    });
  }

  /**
   * Ends all open calls. Servers of the lifetime `owner` are stopped by their stop policies and removed;
   * detached ones go on.
   */
  async [Symbol.asyncDispose](): Promise<void> {
    this.#disposal ??= (async () => {
      await this.#calls.close();
      const provider = await this.#opening?.catch(() => undefined);
      try {
        await provider?.close();
      } finally {
        this.#events.close();
      }
    })();
    return this.#disposal;
  }

  async #call<T>(
    call: OptionsOf,
    options: AbortOptions,
    body: (signal: AbortSignal) => Promise<T>,
  ): Promise<T> {
    checkCallOptions(call, options);
    return this.#calls.run(options, (signal) =>
      body(signal).catch((error: unknown) => {
        throw error === signal.reason ? error : asProviderError(error);
      }),
    );
  }

  /** Opens the state folder at the first call, and again after a failure. */
  #open(signal?: AbortSignal): Promise<OpenProvider> {
    this.#opening ??= OpenProvider.open(this.#settings, this.#events).catch((error: unknown) => {
      this.#opening = undefined;
      throw error;
    });
    return abortable(this.#opening, signal);
  }

  async #find(id: string, signal: AbortSignal): Promise<ManagedServer> {
    return find(await this.#open(signal), id);
  }
}

function find({ servers }: OpenProvider, id: string): ManagedServer {
  const server = servers.find(id);
  if (server !== undefined) return server;
  throw new ProviderError("NOT_FOUND", `there is no server ${JSON.stringify(id)}`, { field: "id" });
}

async function* nothing(): AsyncGenerator<never> {}
