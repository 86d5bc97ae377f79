import { formatHostPort, type HostPort, RelayError } from "@potassium/core-types";

/** The error for an address that can't be listened on. `name` is the option: `udp` or `api`. */
export function listenError(name: "udp" | "api", address: HostPort, cause: unknown): RelayError {
  const code = cause instanceof Error && "code" in cause ? cause.code : undefined;
  const where = `the relay can't listen on ${name} ${formatHostPort(address)}`;
  switch (code) {
    case "EADDRINUSE":
      return new RelayError(
        "PORT_IN_USE",
        `${where}: the port is in use; stop what holds it, or choose another ${name}.port (0 is a free one)`,
        { cause, field: `${name}.port` },
      );
    case "EADDRNOTAVAIL":
      return new RelayError(
        "INVALID_ARGUMENT",
        `${where}: that is no address of this machine; choose another ${name}.host`,
        { cause, field: `${name}.host` },
      );
    default:
      return new RelayError("IO_ERROR", `${where}: ${String(cause)}`, { cause });
  }
}

/** The error for a host name that has no address. */
export function unknownHostError(name: "udp" | "api", host: string, cause: unknown): RelayError {
  return new RelayError(
    "INVALID_ARGUMENT",
    `the relay can't listen on ${name} ${host}: the host name has no address; choose another ${name}.host`,
    { cause, field: `${name}.host` },
  );
}
