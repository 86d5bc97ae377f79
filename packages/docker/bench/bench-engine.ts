import { randomBytes } from "node:crypto";
import { conformanceServerPath } from "@potassium/core-types/conformance";
import { conformanceImage, importConformanceImage } from "@potassium/tooling/engines";
import Docker from "dockerode";
import { DockerProvider } from "../src/index.js";

/** One engine, seen through both libraries, and a namespace for what is made there. */
export interface BenchEngine extends AsyncDisposable {
  readonly docker: Docker;
  readonly provider: DockerProvider;
  readonly namespace: string;
  readonly image: string;
}

/** Label of the peer's containers, by which they are listed and removed. */
export const peerLabel = "potassium-bench";

/** The engine that the environment names, with the conformance image in it. Disposal removes all that was made. */
export async function openBenchEngine(): Promise<BenchEngine> {
  const host =
    process.env["POTASSIUM_DOCKER_HOST"] ??
    process.env["DOCKER_HOST"] ??
    "unix:///var/run/docker.sock";
  const docker = new Docker({ socketPath: host.replace(/^unix:\/\//, "") });
  await importIfMissing(docker, host);
  const namespace = `bench-${randomBytes(4).toString("hex")}`;
  // A million lines must not be rotated away.
  const hardening = { logMaxBytes: 1024 ** 3 };
  const provider = new DockerProvider({ host, namespace, hardening, portRange: "24000-24999" });
  return {
    docker,
    provider,
    namespace,
    image: conformanceImage,
    async [Symbol.asyncDispose]() {
      const servers = await provider.list();
      await Promise.all(servers.map(({ id }) => provider.deallocate(id)));
      const filters = JSON.stringify({ label: [`${peerLabel}=${namespace}`] });
      const theirs = await docker.listContainers({ all: true, filters });
      await Promise.all(
        theirs.map(({ Id }) => docker.getContainer(Id).remove({ force: true, v: true })),
      );
      await provider[Symbol.asyncDispose]();
    },
  };
}

async function importIfMissing(docker: Docker, host: string): Promise<void> {
  try {
    await docker.getImage(conformanceImage).inspect();
  } catch {
    await importConformanceImage(host, conformanceServerPath);
  }
}
