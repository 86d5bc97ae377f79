import type { Readable } from "node:stream";

/** One request to the engine. */
export interface EngineRequest {
  readonly method: "GET" | "HEAD" | "POST" | "PUT" | "DELETE";
  /** Without the API version: `/containers/json`. */
  readonly path: string;
  /** What is `undefined` is left out. */
  readonly query?: Readonly<Record<string, string | number | boolean | undefined>> | undefined;
  /** Sent as JSON. Secrets belong here, never into the query. */
  readonly json?: unknown;
  /** Sent as it is, for a tar archive. */
  readonly content?: Readable | Uint8Array | undefined;
  readonly headers?: Readonly<Record<string, string>> | undefined;
  /** What no error may show, should the engine repeat it. */
  readonly secrets?: readonly string[] | undefined;
  readonly signal?: AbortSignal | undefined;
  /** Longest wait for the answer's head, in milliseconds; 0 for none. */
  readonly timeoutMs?: number | undefined;
}

/** Puts an id or name into a path, whatever characters it has. */
export function containerPath(id: string, rest = ""): string {
  return `/containers/${encodeURIComponent(id)}${rest}`;
}

export function queryString(query: EngineRequest["query"] = {}): string {
  const given = Object.entries(query).flatMap(([key, value]): [string, string][] =>
    value === undefined ? [] : [[key, String(value)]],
  );
  return given.length === 0 ? "" : `?${new URLSearchParams(given)}`;
}

export function bodyHeaders({ json, content }: EngineRequest): Record<string, string | number> {
  if (json !== undefined) {
    return {
      "Content-Type": "application/json",
      "Content-Length": Buffer.byteLength(JSON.stringify(json)),
    };
  }
  return content === undefined ? {} : { "Content-Type": "application/x-tar" };
}
