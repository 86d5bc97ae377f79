// The embedded relay in a process of its own.
import type { HostPort } from "@potassium/core-types";
import { startRelay } from "../src/server/index.js";
import { sayReady } from "./child.js";

/** Where it is. */
export interface RelayReady {
  readonly url: string;
  readonly udp: HostPort;
}

const relay = await startRelay();
const ready: RelayReady = { url: relay.url, udp: relay.udpAddress };
sayReady(ready, () => relay.close());
