import { lookup } from "node:dns/promises";

/**
 * An address of a host name as the system knows it, IPv4 where there is one: Go's resolver prefers it
 * too, and a game server on `localhost` mostly listens there.
 */
export async function resolveHost(host: string): Promise<string> {
  const addresses = await lookup(host, { all: true });
  const chosen = addresses.find(({ family }) => family === 4) ?? addresses[0];
  if (chosen === undefined) throw new Error(`${host} has no address`);
  return chosen.address;
}
