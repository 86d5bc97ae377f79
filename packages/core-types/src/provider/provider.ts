import type { AbortOptions } from "../wait/abort-options.js";
import type { AllocateRequest } from "./allocate-request.js";
import type { CopyFolderFromOptions, CopyFolderToOptions } from "./copy-folder-options.js";
import type { ExecOptions, ExecResult } from "./exec.js";
import type { LogLine, LogOptions, LogsOptions } from "./log-line.js";
import type { ProviderSupports } from "./provider-feature.js";
import type { Server } from "./server.js";
import type { ServerEvent } from "./server-event.js";
import type { ServerFilter } from "./server-filter.js";
import type { ServerStats } from "./server-stats.js";

/** Content of a file, in one piece or as a stream. A string is written as UTF-8. */
export type FileContent = string | Uint8Array | AsyncIterable<Uint8Array>;

export interface CopyToOptions extends AbortOptions {
  /** Permissions of a new file; an existing one keeps its own. @default 0o644 */
  readonly mode?: number | undefined;
}

export interface CopyFromOptions extends AbortOptions {
  /** A larger file ends in `TOO_LARGE`. @default 1 GiB */
  readonly maxBytes?: number | undefined;
}

/**
 * Runs game servers: containers of an engine, or processes.
 *
 * Everywhere: an aborted call rejects with `signal.reason` after it has cleaned up; a call after
 * disposal rejects with `DISPOSED`; what the provider can't do rejects with `NOT_SUPPORTED`; an engine
 * that can't be reached with `UNAVAILABLE`; a bad argument with `INVALID_ARGUMENT` and its `field`,
 * before anything was done. `id` is the server's id or its exact name. What is handed out is frozen.
 *
 * Disposal ends what the provider object holds (connections, streams, watchers). Whether servers
 * outlive it is said by each implementation.
 */
export interface Provider extends AsyncDisposable {
  readonly supports: ProviderSupports;

  /**
   * Starts a server and waits until it is ready. A failure or abort at any step leaves nothing behind.
   *
   * The server finds in its environment, unless the request sets them itself: `SERVER_ID` (the name),
   * `SERVER_HOST` (the address to listen on), `SERVER_PORT` (the first port) and `PORT_<NAME>`: the
   * port to listen on, which is the container's in a container and the host's in a process.
   *
   * @throws `IMAGE_NOT_FOUND`, `ALREADY_EXISTS` (the name), `PORT_IN_USE`, `PORTS_EXHAUSTED` (the
   *   range), `UNAUTHORIZED` (a port for administrators), `ADDRESS_IN_USE`, `NOT_FOUND` (the network), `START_FAILED` (it ended at once; with its
   *   last lines), `NOT_READY` (the deadline passed), `CONFLICT` (the idempotency key of another request)
   */
  allocate(request: AllocateRequest, options?: AbortOptions): Promise<Server>;

  /** All servers of this provider, stopped ones too, oldest first. */
  list(filter?: ServerFilter, options?: AbortOptions): Promise<readonly Server[]>;

  /** The server, or `undefined` where there is none. */
  get(id: string, options?: AbortOptions): Promise<Server | undefined>;

  /**
   * Stops the server by its stop policy and removes it with all that belongs to it. Resolves once it
   * is gone, also where it was gone before. An abort only ends the wait for the grace time: the server
   * may go on stopping, and another call finishes the work.
   */
  deallocate(id: string, options?: AbortOptions): Promise<void>;

  /**
   * Stops the server by its stop policy, if it runs, and starts it again with the same id, ports and
   * files.
   *
   * @throws `NOT_FOUND`, `START_FAILED`, `NOT_READY`
   */
  restart(id: string, options?: AbortOptions): Promise<Server>;

  /**
   * Runs a program inside the server. An abort or time-out kills it.
   *
   * @param command the program and its arguments; no shell reads them.
   * @throws `NOT_FOUND`, `NOT_RUNNING`, `TIMEOUT`, `EXEC_FAILED` (there is no such program)
   */
  exec(id: string, command: readonly string[], options?: ExecOptions): Promise<ExecResult>;

  /**
   * Writes one line to the server's console, its standard input.
   *
   * @throws `NOT_FOUND`, `NOT_RUNNING`
   */
  sendCommand(id: string, line: string, options?: AbortOptions): Promise<void>;

  /**
   * The server's output so far, oldest first, as far as it is kept.
   *
   * @throws `NOT_FOUND`
   */
  logs(id: string, options?: LogsOptions): Promise<readonly LogLine[]>;

  /**
   * The server's output so far and from now on, across restarts, until the server is removed. Leaving
   * the loop releases what it holds.
   *
   * What runs the servers may be away for a while, as an engine that is restarted: that neither ends the
   * stream nor fails it. It is tried again with back-off until it answers, and the stream goes on behind
   * the last line. Who won't wait so long passes a `signal`. Where it can't be reached at the beginning,
   * the first `next()` rejects.
   *
   * @throws `NOT_FOUND`, and `UNAVAILABLE` before the first line only
   */
  followLogs(id: string, options?: LogOptions): AsyncIterable<LogLine>;

  /**
   * Changes of this provider's servers from the call on (not only from the first `next()`), in order
   * for each server. Leaving the loop releases what it holds.
   */
  events(options?: AbortOptions): AsyncIterable<ServerEvent>;

  /**
   * What the server uses now.
   *
   * @throws `NOT_FOUND`, `NOT_RUNNING`
   */
  stats(id: string, options?: AbortOptions): Promise<ServerStats>;

  /**
   * Writes a file inside the server, atomically: readers see the old content or the new.
   *
   * @param path absolute, inside the server; its folder must exist.
   * @throws `NOT_FOUND` (the server or the folder)
   */
  copyTo(id: string, path: string, content: FileContent, options?: CopyToOptions): Promise<void>;

  /**
   * Reads a file inside the server, in pieces: `collectBytes` makes them one.
   *
   * @param path absolute, inside the server.
   * @throws `NOT_FOUND` (the server or the file), `TOO_LARGE`
   */
  copyFrom(id: string, path: string, options?: CopyFromOptions): AsyncIterable<Uint8Array>;

  /**
   * Copies the content of a local folder into a folder inside the server, which is made if it is missing.
   * Files that only the server has stay. Permissions and symbolic links are kept as they are; an existing
   * file keeps its owner and permissions, an existing folder too. Sockets are left out. What is wrong with
   * the folder is told before anything is written; a failure or abort later on may leave a part.
   *
   * @param path absolute, inside the server; the folder above must exist.
   * @param localFolder a folder of this machine.
   * @throws `NOT_FOUND` (the server, the folder above, the local folder), `INVALID_ARGUMENT` (there is
   *   something else than a folder; something of another kind is in an entry's place; a device or pipe),
   *   `TOO_LARGE`
   */
  copyFolderTo(
    id: string,
    path: string,
    localFolder: string,
    options?: CopyFolderToOptions,
  ): Promise<void>;

  /**
   * Copies the content of a folder inside the server into a local folder, which is there as a whole or
   * not at all. Files and folders belong to who runs this, and keep their permissions, without those that
   * change the user (set-user-id, set-group-id, sticky); their owner may always enter folders. Sockets are left out.
   *
   * The server is not trusted. What its folder may hold but a copy must not is `INVALID_ARGUMENT`: a
   * symbolic link that is absolute, leads out of the folder or has `..` after a name; a device or pipe; a
   * name that this system can't have. What no folder can hold is `BAD_RESPONSE`: a name that climbs, a
   * name that comes twice, an entry below a link, a hard link to nothing that came, an archive without its end.
   *
   * @param path absolute, inside the server.
   * @param localFolder nothing, or an empty folder; the folder above must exist.
   * @throws `NOT_FOUND` (the server or the folder, the folder above the local one), `ALREADY_EXISTS`,
   *   `TOO_LARGE`, `INVALID_ARGUMENT`, `BAD_RESPONSE`
   */
  copyFolderFrom(
    id: string,
    path: string,
    localFolder: string,
    options?: CopyFolderFromOptions,
  ): Promise<void>;

  /**
   * Deletes a file inside the server.
   *
   * @param path absolute, inside the server.
   * @throws `NOT_FOUND` (the server or the file)
   */
  deleteFile(id: string, path: string, options?: AbortOptions): Promise<void>;
}
