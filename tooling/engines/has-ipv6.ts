import { networkInterfaces } from "node:os";

/**
 * Whether this machine has the loopback address of IPv6. Where not, that is said loudly; where
 * `POTASSIUM_REQUIRE` names `ipv6`, it must have it.
 */
export function hasIpv6(): boolean {
  const addresses = Object.values(networkInterfaces()).flat();
  if (addresses.some((address) => address?.address === "::1")) return true;
  const text = "no IPv6: its tests need the address ::1 on the loopback interface";
  if ((process.env["POTASSIUM_REQUIRE"] ?? "").split(",").includes("ipv6")) throw new Error(text);
  console.warn(`SKIPPED: ${text}`);
  return false;
}
