import { RegistryError } from "@potassium/core-types";
import { keysOf } from "../script/keys.js";
import type { Script } from "../script/script.js";
import type { Connection } from "./connection.js";
import { refusalKind } from "./redis-failure.js";

export interface NamespaceOptions {
  readonly connection: Connection;
  readonly namespace: string;
  readonly graceMs: number;
  readonly keptChanges: number;
  /** @default Redis's own time */
  readonly now?: (() => number) | undefined;
}

export interface RunOptions {
  readonly signal: AbortSignal;
  /** @default true */
  readonly isRepeatable?: boolean;
}

/** The keys of one registry, and the scripts that run on them. */
export class Namespace {
  readonly connection: Connection;
  readonly keys: readonly string[];
  readonly #options: NamespaceOptions;

  constructor(options: NamespaceOptions) {
    this.connection = options.connection;
    this.keys = keysOf(options.namespace);
    this.#options = options;
  }

  /** Runs a script until it has answered, and gives the answer: a word, and what belongs to it. */
  async run(
    script: Script,
    args: readonly (string | number)[],
    { signal, isRepeatable = true }: RunOptions,
  ): Promise<readonly string[]> {
    const { graceMs, keptChanges, now } = this.#options;
    for (;;) {
      const given = [now?.() ?? "", graceMs, keptChanges, ...args].map(String);
      const rest = [String(this.keys.length), ...this.keys, ...given];
      const answer = await this.#evaluate(script, rest, { signal, isRepeatable });
      if (!Array.isArray(answer) || !answer.every((item) => typeof item === "string")) {
        throw badResponse(this.connection, `an answer of the script ${script.name}`);
      }
      if (answer[0] !== "again") return answer;
    }
  }

  async #evaluate(script: Script, rest: readonly string[], options: Required<RunOptions>) {
    try {
      return await this.connection.send(["EVALSHA", script.sha1, ...rest], options);
    } catch (error) {
      if (!(error instanceof Error) || refusalKind(error) !== "unknown-script") throw error;
      return await this.connection.send(["EVAL", script.text, ...rest], options);
    }
  }
}

/** @param what was read. */
export function badResponse(connection: Connection, what: string, cause?: unknown): RegistryError {
  const message = `Redis at ${connection.address} holds ${what} that this registry did not write: use a namespace of its own, or delete it`;
  return new RegistryError("BAD_RESPONSE", message, { cause });
}
