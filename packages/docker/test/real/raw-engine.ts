import { request } from "node:http";
import * as z from "zod";

/** An engine's answer to a request that the provider did not send. */
export interface RawAnswer {
  readonly status: number;
  readonly text: string;
}

/** Asks the engine itself, behind the provider's back. */
export function askRaw(
  host: string,
  method: string,
  path: string,
  json?: unknown,
): Promise<RawAnswer> {
  return new Promise((resolve, reject) => {
    const body = json === undefined ? undefined : JSON.stringify(json);
    const headers = body === undefined ? {} : { "Content-Type": "application/json" };
    const socketPath = host.replace(/^unix:\/\//, "");
    const asking = request({ socketPath, method, path, headers, agent: false }, (answer) => {
      const pieces: Buffer[] = [];
      answer.on("data", (piece: Buffer) => pieces.push(piece));
      answer.once("error", reject);
      answer.once("end", () => {
        resolve({ status: answer.statusCode ?? 0, text: Buffer.concat(pieces).toString() });
      });
    });
    asking.once("error", reject);
    asking.end(body);
  });
}

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
