import { readFileSync } from "node:fs";
import type { ServerRegistry } from "@potassium/core-types";
import { expect } from "vitest";
import { Registry } from "../../src/index.js";
import type { RedisRegistry } from "../../src/redis/index.js";
import { scratchRegistry, uniqueNamespace } from "../redis/scratch-registry.js";
import { graceMs } from "./naive-registry.js";

/** What is held against the model. */
export interface Subject extends AsyncDisposable {
  /** The registry for the call of this number: where there are several objects, each in turn. */
  at(turn: number): ServerRegistry;
  /** @returns whether each server has its whole TTL again. */
  restart(): Promise<boolean>;
}

export interface SubjectOptions {
  readonly now: () => number;
  readonly keptChanges?: number;
}

export type CreateSubject = (options: SubjectOptions) => Subject;

/** @param path where it is saved before it is restored. */
export const memorySubject =
  (path: string): CreateSubject =>
  (options) => {
    const settings = { ...options, graceMs };
    let registry = new Registry(settings);
    return {
      at: () => registry,
      async restart() {
        await registry.saveSnapshot(path);
        expect(readFileSync(path, "utf8")).not.toBe("");
        registry = await Registry.restore(path, settings);
        return true;
      },
      [Symbol.asyncDispose]: () => registry[Symbol.asyncDispose](),
    };
  };

/** So many registries of one namespace, each used in turn. One that restarts loses nothing: all is in Redis. */
export const redisSubject =
  (url: string, count: number): CreateSubject =>
  (options) => {
    const settings = { ...options, graceMs, namespace: uniqueNamespace() };
    const open = () => scratchRegistry(url, settings);
    const registries: RedisRegistry[] = Array.from({ length: count }, open);
    return {
      at: (turn) => registries[turn % count] as RedisRegistry,
      async restart() {
        const first = registries.shift();
        registries.push(open());
        await first?.[Symbol.asyncDispose]();
        return false;
      },
      async [Symbol.asyncDispose]() {
        await Promise.all(registries.map((registry) => registry[Symbol.asyncDispose]()));
      },
    };
  };
