import { Agent, type AgentOptions, type ClientRequestArgs } from "node:http";
import { connect } from "node:net";
import type { Duplex } from "node:stream";
import { connect as connectTls } from "node:tls";
import type { Endpoint } from "../endpoint/endpoint.js";
import { sshConnection } from "./ssh-connection.js";

/** An agent whose connections lead to the engine, kept alive between requests. */
export function connectionAgent(endpoint: Endpoint, options: AgentOptions): Agent {
  return new EndpointAgent(endpoint, options);
}

class EndpointAgent extends Agent {
  readonly #endpoint: Endpoint;

  constructor(endpoint: Endpoint, options: AgentOptions) {
    super(options);
    this.#endpoint = endpoint;
  }

  override createConnection(_options: ClientRequestArgs): Duplex {
    return openConnection(this.#endpoint);
  }
}

function openConnection(endpoint: Endpoint): Duplex {
  switch (endpoint.kind) {
    case "socket":
      return connect({ path: endpoint.path });
    case "ssh":
      return sshConnection(endpoint.destination, endpoint.port);
    case "tcp": {
      const { host, port, tls } = endpoint;
      if (tls === undefined) return connect({ host, port });
      const { ca, cert, key, insecure = false } = tls;
      return connectTls({
        host,
        port,
        ca,
        cert,
        key,
        rejectUnauthorized: !insecure,
        servername: host,
      });
    }
    default:
      return endpoint satisfies never;
  }
}
