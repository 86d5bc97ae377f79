import * as z from "zod/mini";

const noNul = z.refine<string>((text) => !text.includes("\0"), "must not hold NUL");

/** Part of the host's files, or a named volume, inside the server. */
export const VolumeMount = z.readonly(
  z.strictObject({
    /** An absolute path on the host, which must exist, or the name of a volume. */
    source: z.string().check(z.minLength(1), noNul),
    /** The absolute path inside the server. */
    target: z.string().check(
      noNul,
      z.refine((path) => path.startsWith("/"), "must be an absolute path inside the server"),
      z.refine((path) => !path.includes(":"), "must not hold a colon"),
    ),
    readOnly: z.optional(z.boolean()),
  }),
);
export type VolumeMount = z.infer<typeof VolumeMount>;

/** Go has a map from source to target; a mount that is read-only ends in `:ro`, as for the engine. */
export const volumesWire = () =>
  z.union([
    z.record(z.string(), z.string()),
    z.array(
      z.object({ source: z.string(), target: z.string(), read_only: z.optional(z.boolean()) }),
    ),
  ]);

type VolumesWire = z.infer<ReturnType<typeof volumesWire>>;

export function volumesFromWire(wire: VolumesWire): VolumeMount[] {
  if (Array.isArray(wire)) {
    return wire.map(({ source, target, read_only }) => ({ source, target, readOnly: read_only }));
  }
  return Object.entries(wire).map(([source, text]) => {
    const [target = "", mode] = text.split(/:(?=r[ow]$)/);
    return { source, target, ...(mode === "ro" ? { readOnly: true } : {}) };
  });
}

/** The map that Go reads, or, where one source has two targets, which Go can't say, a list. */
export function volumesToWire(volumes: readonly VolumeMount[]): VolumesWire {
  if (new Set(volumes.map((volume) => volume.source)).size === volumes.length) {
    return Object.fromEntries(
      volumes.map(({ source, target, readOnly }) => [source, readOnly ? `${target}:ro` : target]),
    );
  }
  return volumes.map(({ source, target, readOnly }) => ({
    source,
    target,
    ...(readOnly ? { read_only: true } : {}),
  }));
}
