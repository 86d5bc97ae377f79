import type { KeyedMutex } from "@potassium/core-types/provider-kit";
import type { ResolvedHardening } from "../container/hardening.js";
import type { ImageOptions } from "../image/ensure-image.js";
import type { Lifecycle } from "../stop/lifecycle.js";
import type { AddressPools } from "./address-pools.js";
import type { HostPorts } from "./host-ports.js";

/** What allocation needs of the provider. */
export interface Allocation extends Lifecycle {
  /** One call at a time for each idempotency key. */
  readonly keys: KeyedMutex;
  readonly hostPorts: HostPorts;
  readonly addressPools: AddressPools;
  readonly namespace: string;
  readonly hostAddress: string;
  readonly hardening: ResolvedHardening;
  readonly images: Omit<ImageOptions, "signal">;
  readonly now: () => Date;
}
