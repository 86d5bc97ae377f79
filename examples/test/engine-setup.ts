import { type IncomingMessage, request } from "node:http";
import { text } from "node:stream/consumers";
import { conformanceImage } from "@potassium/tooling/engines";

// What an operator prepares in an engine before a provider is used, by the engine's raw API.

/**
 * Makes an image whose servers listen as `command` tells the conformance server.
 *
 * @param changes lines of a Dockerfile that change more of the image.
 */
export async function makeGameImage(
  host: string,
  image: string,
  command: readonly string[],
  changes: readonly string[] = [],
) {
  const body = { Image: conformanceImage, Cmd: command };
  const created = await ask(host, "POST", "/containers/create", body);
  const { Id } = JSON.parse(created) as { Id: string };
  try {
    const query = new URLSearchParams({ container: Id, repo: image });
    for (const change of changes) query.append("changes", change);
    await ask(host, "POST", `/commit?${query}`, {});
  } finally {
    await ask(host, "DELETE", `/containers/${Id}?force=true`);
  }
}

export async function removeImage(host: string, image: string) {
  await ask(host, "DELETE", `/images/${encodeURIComponent(image)}`, undefined, [404]);
}

export async function createNetwork(host: string, network: string, subnet: string) {
  const ipam = { Driver: "default", Config: [{ Subnet: subnet }] };
  await ask(host, "POST", "/networks/create", { Name: network, Driver: "bridge", IPAM: ipam });
}

export async function removeNetwork(host: string, network: string) {
  await ask(host, "DELETE", `/networks/${network}`, undefined, [404]);
}

/** @param fine statuses that are as good as success. */
async function ask(
  host: string,
  method: "POST" | "DELETE",
  path: string,
  body?: unknown,
  fine: readonly number[] = [],
): Promise<string> {
  const socketPath = host.replace(/^unix:\/\//, "");
  const headers = { "Content-Type": "application/json" };
  const answer = await new Promise<IncomingMessage>((resolve, reject) => {
    const sent = request({ socketPath, method, path, headers, agent: false }, resolve);
    sent.once("error", reject);
    sent.end(body === undefined ? undefined : JSON.stringify(body));
  });
  const said = await text(answer);
  const { statusCode = 0 } = answer;
  if (statusCode >= 300 && !fine.includes(statusCode)) {
    throw new Error(`${method} ${path}: ${statusCode}: ${said}`);
  }
  return said;
}
