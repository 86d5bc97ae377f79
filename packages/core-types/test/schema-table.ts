import assert from "node:assert/strict";
import { expect, test } from "vitest";
import type * as z from "zod/mini";
import { parseInput } from "../src/index.js";

export interface SchemaTable {
  /** Values that come back as they are. */
  readonly accepts?: readonly unknown[];
  /** Values, and what comes back in their place. */
  readonly makes?: readonly (readonly [value: unknown, made: unknown])[];
  /** Values, and the field that the error must name. */
  readonly rejects?: readonly (readonly [value: unknown, field: string])[];
}

/** Registers one test for each row: what a schema takes and refuses through `parseInput`. */
export function schemaTable(what: string, schema: z.core.$ZodType, table: SchemaTable): void {
  for (const value of table.accepts ?? []) {
    test(`${what} accepts ${shown(value)}`, () => {
      expectMade(schema, value, value);
    });
  }
  for (const [value, made] of table.makes ?? []) {
    test(`${what} makes ${shown(made)} of ${shown(value)}`, () => {
      expectMade(schema, value, made);
    });
  }
  for (const [value, field] of table.rejects ?? []) {
    test(`${what} refuses ${field} in ${shown(value)}`, () => {
      expect(() => parseInput(schema, value, what)).toThrow(
        expect.objectContaining({ code: "INVALID_ARGUMENT", field: field || what }),
      );
    });
  }
}

function expectMade(schema: z.core.$ZodType, value: unknown, made: unknown): void {
  const parsed = parseInput(schema, value, "value");
  // vitest's toStrictEqual stumbles over a key `constructor`.
  assert.deepStrictEqual(parsed, made);
  expectFrozen(parsed);
}

function expectFrozen(value: unknown): void {
  if (typeof value !== "object" || value === null) return;
  expect(Object.isFrozen(value), `${shown(value)} is frozen`).toBe(true);
  for (const item of Object.values(value)) expectFrozen(item);
}

function shown(value: unknown): string {
  const text = JSON.stringify(value, (_, item) =>
    typeof item === "number" && !Number.isFinite(item) ? String(item) : item,
  );
  if (text === undefined) return String(value);
  return text.length > 100 ? `${text.slice(0, 97)}...` : text;
}
