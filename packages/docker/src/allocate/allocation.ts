import type { Containers } from "../container/containers.js";
import type { ResolvedHardening } from "../container/hardening.js";
import type { Connection } from "../engine/connection.js";
import type { ImageOptions } from "../image/ensure-image.js";
import type { AddressPools } from "./address-pools.js";
import type { HostPorts } from "./host-ports.js";

/** What allocation needs of the provider. */
export interface Allocation {
  readonly connection: Connection;
  readonly containers: Containers;
  readonly hostPorts: HostPorts;
  readonly addressPools: AddressPools;
  readonly namespace: string;
  readonly hostAddress: string;
  readonly hardening: ResolvedHardening;
  readonly images: Omit<ImageOptions, "signal">;
  readonly now: () => Date;
}
