import type { PortBinding } from "@potassium/core-types";
import { InvalidArgumentError } from "commander";

const shape =
  /^(?:(?<name>[A-Za-z][\w-]*)=)?(?:(?<host>\d+)(?:-(?<last>\d+))?:)?(?<container>\d+)(?:\/(?<protocol>udp|tcp))?$/;

/**
 * Parses a port, for an option that may be given several times: `[name=][host:]container[/protocol]`, where host is one
 * port or a range, and the protocol udp if none is said, as games speak it.
 */
export function portFlag(text: string, previous: readonly PortBinding[] = []): PortBinding[] {
  const { name, host, last, container, protocol } = shape.exec(text)?.groups ?? {};
  if (container === undefined) {
    throw new InvalidArgumentError(
      "It must be like 5520:5520/udp, 25565-25599:5520/udp or rcon=5521/tcp.",
    );
  }
  return [
    ...previous,
    {
      container: Number(container),
      protocol: protocol === "tcp" ? "tcp" : "udp",
      ...(host === undefined || last !== undefined ? {} : { host: Number(host) }),
      ...(last === undefined ? {} : { range: `${host}-${last}` }),
      ...(name === undefined ? {} : { name }),
    },
  ];
}
