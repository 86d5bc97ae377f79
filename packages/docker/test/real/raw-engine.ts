import { askEngine } from "@potassium/tooling/engines";
import * as z from "zod";

/** Asks the engine itself, behind the provider's back. */
export const askRaw = askEngine;

/** As {@link askRaw}, for an answer that must be good. */
export async function demandRaw<Schema extends z.ZodType>(
  host: string,
  method: string,
  path: string,
  schema: Schema,
  json?: unknown,
): Promise<z.output<Schema>> {
  const { status, text } = await askRaw(host, method, path, json);
  if (status >= 300) throw new Error(`${method} ${path}: ${status}: ${text}`);
  return schema.parse(text === "" ? undefined : JSON.parse(text));
}

const Listed = z.array(z.object({ Id: z.string(), State: z.string() }));

/** All containers that carry this label, in whatever state. */
export function rawContainers(host: string, label: string): Promise<z.infer<typeof Listed>> {
  const filters = encodeURIComponent(JSON.stringify({ label: [label] }));
  return demandRaw(host, "GET", `/containers/json?all=true&filters=${filters}`, Listed);
}
