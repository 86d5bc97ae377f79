import type { VolumeMount } from "@potassium/core-types";
import { InvalidArgumentError } from "commander";

/**
 * Parses a mount, for an option that may be given several times: `source:target[:ro]`. The source may hold colons, as
 * `C:\maps` does; the target begins at the last colon that a slash follows.
 */
export function volumeFlag(text: string, previous: readonly VolumeMount[] = []): VolumeMount[] {
  const { source, target, mode } =
    /^(?<source>.+):(?<target>\/[^:]*)(?::(?<mode>ro|rw))?$/.exec(text)?.groups ?? {};
  if (source === undefined || target === undefined) {
    throw new InvalidArgumentError("It must be like /srv/maps:/maps, maps:/maps or maps:/maps:ro.");
  }
  return [...previous, { source, target, ...(mode === "ro" ? { readOnly: true } : {}) }];
}
