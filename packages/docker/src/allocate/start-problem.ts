import { DockerError } from "../docker-error.js";
import { EngineFailure } from "../engine/engine-failure.js";

/** What stands in the way of a container, as far as the engine's words tell. */
export type StartProblem =
  | { readonly type: "port-in-use"; readonly port: number | undefined }
  | { readonly type: "other"; readonly error: unknown };

/**
 * Reads the engine's refusal to create or start a container. Engines tell one reason from another by
 * words alone; these are Docker's and Podman's.
 */
export function startProblem(
  error: unknown,
  context: { name: string; image: string; ip?: string | undefined },
): StartProblem {
  if (!(error instanceof EngineFailure)) return { type: "other", error };
  const { reason, status } = error;
  const says = (pattern: RegExp) => error.says(pattern);
  const fail = (code: ConstructorParameters<typeof DockerError>[0], text: string, field?: string) =>
    ({
      type: "other",
      error: new DockerError(code, `${text}: ${reason}`, { cause: error, field }),
    }) as const;

  if (
    says(
      /port is already allocated|bind: address already in use|ports are not available|host port .*: address already in use/i,
    )
  ) {
    return { type: "port-in-use", port: portIn(reason) };
  }
  if (
    says(
      /requested ip address .* already allocated|(?:^|: )address already in use$|address .* already in use/i,
    )
  ) {
    return fail("ADDRESS_IN_USE", `the address ${context.ip} is another container's`, "ip");
  }
  if (
    says(/does not belong to any of this network's subnets|not in any subnet|no configured subnet/i)
  ) {
    return fail("INVALID_ARGUMENT", `the network has no address ${context.ip}`, "ip");
  }
  // A Swarm does not say why it gives no address: the engine waits for it for 20 seconds.
  if (context.ip !== undefined && says(/attaching to network failed.*deadline exceeded/i)) {
    const text = `the Swarm did not give the address ${context.ip}, which is another container's or in no subnet of the network`;
    return fail("ADDRESS_IN_USE", text, "ip");
  }
  if (says(/cannot assign requested address/i)) {
    const text = "hostAddress: the engine's host has no such address to publish ports on";
    return fail("INVALID_ARGUMENT", text, "hostAddress");
  }
  if (says(/network .*not found|unable to find network/i)) {
    return fail("NOT_FOUND", "there is no such network", "network");
  }
  if (
    says(
      /bind source path does not exist|no such file or directory.*(?:mount|bind)|statfs .*no such file/i,
    )
  ) {
    return fail("INVALID_ARGUMENT", "the source of a volume does not exist", "volumes");
  }
  if (says(/name .*already in use|name is already in use/i)) {
    return fail("ALREADY_EXISTS", `the name ${context.name} is taken`, "name");
  }
  if (says(/no such image|image not known/i)) {
    return fail("IMAGE_NOT_FOUND", `there is no image ${context.image}`, "image");
  }
  if (says(/storage-opt|storage opt|pquota/i)) {
    return fail(
      "NOT_SUPPORTED",
      "this engine can't limit the size of a server's files",
      "diskSizeLimit",
    );
  }
  if (status === 400 && !says(/OCI runtime|runc|crun|shim/i)) {
    return fail("INVALID_ARGUMENT", "the engine refused the request");
  }
  return fail("START_FAILED", `server ${context.name} could not be started`);
}

/** The places of the host's port: Docker's proxy-less way and its proxy, Podman's, and Docker 28's. */
const portPlaces = [
  /Bind for \S*:(\d{1,5}) failed/,
  /listen \w+ \S*:(\d{1,5}): bind/,
  /host port(?: for)? (?:\[[^\]\s]*\]|[\d.]*):(\d{1,5})\b/,
];

function portIn(reason: string): number | undefined {
  const [port] = portPlaces.flatMap((place) => place.exec(reason)?.[1] ?? []);
  return port === undefined ? undefined : Number(port);
}
