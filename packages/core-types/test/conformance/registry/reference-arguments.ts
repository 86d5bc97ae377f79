import * as z from "zod/mini";
import {
  Identifier,
  ListFilter,
  parseInput,
  RegistryError,
  SeatOrder,
  ServerConditions,
  ServerOrder,
} from "../../../src/index.js";

const wholeNumber = z.int().check(z.minimum(0));
const positive = z.int().check(z.minimum(1));

/** The options of all calls but finds, whose `order` is another. */
const CallOptions = z.object({
  ttlMs: z.optional(positive),
  matches: z._default(z.enum(["replace", "keep"]), "replace"),
  ifVersion: z.optional(wholeNumber),
  order: z._default(ServerOrder, "oldest"),
  limit: z.optional(positive.check(z.maximum(10_000))),
  cursor: z.optional(z.string()),
  deadlineMs: z.optional(wholeNumber),
  from: z.optional(wholeNumber),
});
export type CallOptions = z.infer<typeof CallOptions>;

const FindOptions = z.object({
  seats: z._default(positive, 1),
  order: z._default(SeatOrder, "oldest"),
  where: z.prefault(ServerConditions, {}),
});

export function parseOptions(options: object | undefined): CallOptions {
  return parse(CallOptions, options ?? {}, "options");
}

export function parseFindOptions(options: object | undefined): z.infer<typeof FindOptions> {
  return parse(FindOptions, options ?? {}, "options");
}

export function parseFilter(filter: unknown): ListFilter {
  return parse(ListFilter, filter, "filter");
}

export function parseId(id: unknown, field: string): string {
  return parseInput(Identifier, id, field, (message) => invalid(message, field));
}

export function parse<Schema extends z.core.$ZodType>(
  schema: Schema,
  value: unknown,
  what: string,
): z.output<Schema> {
  return parseInput(schema, value, what, invalid);
}

export function invalid(message: string, field: string): RegistryError {
  return new RegistryError("INVALID_ARGUMENT", message, { field });
}
