import { askEngine } from "./ask-engine.js";
import { joinSpaces } from "./network-space.js";
import { type PrivateDockerd, privateDockerd } from "./private-dockerd.js";

/** Two Docker engines that are one Swarm, joined by a cable that is nobody else's. */
export interface DockerSwarm extends AsyncDisposable {
  readonly manager: PrivateDockerd;
  readonly worker: PrivateDockerd;
  /** Makes an overlay network on which containers may be put: attachable. */
  readonly createOverlay: (name: string, subnet: string) => Promise<void>;
}

const managerAddress = "192.0.2.1";
const workerAddress = "192.0.2.2";

export async function dockerSwarm(): Promise<DockerSwarm> {
  const [manager, worker] = await Promise.all([
    privateDockerd({ network: true }),
    privateDockerd({ network: true }),
  ]);
  const end = async () => {
    await Promise.all([manager[Symbol.asyncDispose](), worker[Symbol.asyncDispose]()]);
  };
  try {
    await joinSpaces([manager.space, managerAddress], [worker.space, workerAddress]);
    await demand(manager.host, "POST", "/swarm/init", at(managerAddress));
    const swarm = (await demand(manager.host, "GET", "/swarm")) as {
      JoinTokens: { Worker: string };
    };
    await demand(worker.host, "POST", "/swarm/join", {
      ...at(workerAddress),
      RemoteAddrs: [`${managerAddress}:${port}`],
      JoinToken: swarm.JoinTokens.Worker,
    });
  } catch (error) {
    await end();
    throw error;
  }
  return {
    manager,
    worker,
    async createOverlay(name, subnet) {
      const ipam = { Config: [{ Subnet: subnet }] };
      const body = { Name: name, Driver: "overlay", Attachable: true, IPAM: ipam };
      await demand(manager.host, "POST", "/networks/create", body);
    },
    [Symbol.asyncDispose]: end,
  };
}

/** Where a Swarm's engines talk to each other. */
const port = 2377;

const at = (address: string) => ({
  ListenAddr: `${address}:${port}`,
  AdvertiseAddr: address,
});

async function demand(
  host: string,
  method: string,
  path: string,
  json?: unknown,
): Promise<unknown> {
  const { status, text } = await askEngine(host, method, path, json);
  if (status >= 300) throw new Error(`${method} ${path}: ${status}: ${text}`);
  return text === "" ? undefined : JSON.parse(text);
}
