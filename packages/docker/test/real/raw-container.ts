import { randomBytes } from "node:crypto";
import * as z from "zod";
import type { TestEngine } from "../engines.js";
import { askRaw, demandRaw } from "./raw-engine.js";

const Created = z.object({ Id: z.string() });
const Inspected = z.object({
  State: z.object({ Status: z.string(), StartedAt: z.string(), Pid: z.number() }),
});

/** A container that somebody else made, as far as the provider can know; removed at the end. */
export interface RawContainer extends AsyncDisposable {
  readonly id: string;
  readonly name: string;
  readonly inspect: () => Promise<z.infer<typeof Inspected>>;
}

export interface RawContainerOptions {
  readonly name?: string;
  readonly labels?: Readonly<Record<string, string>>;
  /** @default true */
  readonly start?: boolean;
  readonly command?: readonly string[];
}

/** Makes a container by the engine's own API. */
export async function rawContainer(
  { host, image }: TestEngine,
  options: RawContainerOptions = {},
): Promise<RawContainer> {
  const name = options.name ?? `foreign-${randomBytes(5).toString("hex")}`;
  const body = { Image: image, Labels: options.labels ?? {}, Cmd: options.command };
  const path = `/containers/create?name=${name}`;
  const { Id: id } = await demandRaw(host, "POST", path, Created, body);
  if (options.start ?? true) {
    await demandRaw(host, "POST", `/containers/${id}/start`, z.undefined());
  }
  return {
    id,
    name,
    inspect: () => demandRaw(host, "GET", `/containers/${id}/json`, Inspected),
    async [Symbol.asyncDispose]() {
      await askRaw(host, "DELETE", `/containers/${id}?force=true&v=true`);
    },
  };
}
