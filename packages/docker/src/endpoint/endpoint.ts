import { formatHostPort } from "@potassium/core-types";

/** Certificates for TLS with the engine, in PEM. */
export interface TlsFiles {
  readonly ca?: string | undefined;
  readonly cert?: string | undefined;
  readonly key?: string | undefined;
  /** Accepts any certificate of the engine's. @default false */
  readonly insecure?: boolean | undefined;
}

/** How an engine is reached. */
export type Endpoint =
  | { readonly kind: "socket"; readonly path: string }
  | {
      readonly kind: "tcp";
      readonly host: string;
      readonly port: number;
      readonly tls?: TlsFiles | undefined;
    }
  /** The engine on another machine, through the system's own `ssh` with its keys and known hosts. */
  | { readonly kind: "ssh"; readonly destination: string; readonly port?: number | undefined };

/** The endpoint as text, in the form of DOCKER_HOST. */
export function describeEndpoint(endpoint: Endpoint): string {
  switch (endpoint.kind) {
    case "socket":
      return endpoint.path.startsWith("\\\\")
        ? `npipe://${endpoint.path.replaceAll("\\", "/")}`
        : `unix://${endpoint.path}`;
    case "tcp":
      return `${endpoint.tls === undefined ? "tcp" : "https"}://${formatHostPort(endpoint)}`;
    case "ssh":
      return `ssh://${bracketed(endpoint.destination)}${endpoint.port === undefined ? "" : `:${endpoint.port}`}`;
    default:
      return endpoint satisfies never;
  }
}

/** An IPv6 address behind the user, which ssh itself takes without brackets. */
const bracketed = (destination: string) =>
  destination.replace(/(?<=^|@)[0-9a-fA-F]*:[0-9a-fA-F:]*$/, "[$&]");
