import { randomBytes, randomInt } from "node:crypto";
import * as z from "zod";
import { askRaw, demandRaw } from "./raw-engine.js";

/** A bridge network with a subnet of its own, until it is disposed of. */
export interface ScratchNetwork extends AsyncDisposable {
  readonly name: string;
  /** The IPv4 address with this last number. */
  readonly ip: (last: number) => string;
  /** The IPv6 address with this last number, where the network has any. */
  readonly ipv6: (last: number) => string;
}

/** Makes a network by the engine's own API. */
export async function scratchNetwork(
  host: string,
  options: { readonly ipv6?: boolean } = {},
): Promise<ScratchNetwork> {
  for (let attempt = 1; ; attempt += 1) {
    const name = `test-${randomBytes(5).toString("hex")}`;
    // Not 0, which the canonical form of an IPv6 address leaves out.
    const [b, c] = [randomInt(200, 256), randomInt(1, 256)];
    const prefix6 = `fd7e:${b.toString(16)}:${c.toString(16)}:`;
    const v6 = options.ipv6 ? [{ Subnet: `${prefix6}:/64`, Gateway: `${prefix6}:1` }] : [];
    const body = {
      Name: name,
      Driver: "bridge",
      EnableIPv6: options.ipv6 ?? false,
      IPAM: { Config: [{ Subnet: `10.${b}.${c}.0/24`, Gateway: `10.${b}.${c}.1` }, ...v6] },
    };
    try {
      await demandRaw(host, "POST", "/networks/create", z.object({ Id: z.string() }), body);
    } catch (error) {
      // The subnet may be somebody's.
      if (attempt === 10) throw error;
      continue;
    }
    return {
      name,
      ip: (last) => `10.${b}.${c}.${last}`,
      ipv6: (last) => `${prefix6}:${last.toString(16)}`,
      async [Symbol.asyncDispose]() {
        await askRaw(host, "DELETE", `/networks/${name}`);
      },
    };
  }
}
