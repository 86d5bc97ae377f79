import { RegistryError } from "@potassium/core-types";

/** What is used of a client of `@redis/client`. */
export interface RedisClient {
  readonly isReady: boolean;
  readonly isOpen: boolean;
  on(event: "error" | "terminated" | "ready", listener: (error: unknown) => void): unknown;
  connect(): Promise<unknown>;
  sendCommand(args: readonly string[]): Promise<unknown>;
  destroy(): void;
}

type ErrorClass = abstract new (...args: never[]) => Error;

/** What is used of `@redis/client` 6. */
export interface RedisLibrary {
  createClient(options: Readonly<Record<string, unknown>>): RedisClient;
  /** What Redis itself refuses. */
  readonly ErrorReply: ErrorClass;
  readonly ClientOfflineError: ErrorClass;
  readonly ClientClosedError: ErrorClass;
}

/** @throws {RegistryError} `UNAVAILABLE` where it isn't installed. */
export async function loadRedisLibrary(): Promise<RedisLibrary> {
  try {
    return (await import("@redis/client")) as unknown as RedisLibrary;
  } catch (cause) {
    throw new RegistryError(
      "UNAVAILABLE",
      "RedisRegistry needs the package @redis/client, which could not be loaded: npm install @redis/client@6",
      { cause },
    );
  }
}
