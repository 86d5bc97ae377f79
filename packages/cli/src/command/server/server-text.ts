import type { Server } from "@potassium/core-types";

/** Where a server's ports are reached: "5521->5520/udp", and "5520/udp" where none of the host's leads there. */
export function portsText(ports: Server["ports"]): string {
  return ports
    .map(({ host, container, protocol }) =>
      host === undefined ? `${container}/${protocol}` : `${host}->${container}/${protocol}`,
    )
    .join(", ");
}

/** What a server is doing, in a few words: "running", "stopped (137, out of memory)". */
export function statusText({ status }: Pick<Server, "status">): string {
  switch (status.state) {
    case "stopped":
      return `stopped (${status.exitCode}${status.outOfMemory === true ? ", out of memory" : ""})`;
    case "error":
      return status.message === "" ? "error" : `error: ${status.message}`;
    default:
      return status.state;
  }
}
