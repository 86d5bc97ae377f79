import { join } from "node:path";

/** What lies where in a server's folder. */
export interface ServerFolder {
  readonly path: string;
  /** The server's own files: `/` for `copyTo`, and where its process runs. */
  readonly files: string;
  readonly logs: string;
  /** What the provider knows of the server. */
  readonly record: string;
  /** How the server is, written by its supervisor. */
  readonly state: string;
  /** What the supervisor itself had to complain about. */
  readonly supervisorLog: string;
  readonly socket: string;
}

export function serverFolder(path: string): ServerFolder {
  return {
    path,
    files: join(path, "files"),
    logs: join(path, "log"),
    record: join(path, "server.json"),
    state: join(path, "state.json"),
    supervisorLog: join(path, "supervisor.log"),
    socket: join(path, "s"),
  };
}
