import * as z from "zod";

const noNul = (text: string) => !text.includes("\0");

/** Part of the host's files, or a named volume, inside the server. */
export const VolumeMount = z
  .strictObject({
    /** An absolute path on the host, which must exist, or the name of a volume. */
    source: z.string().min(1).refine(noNul, "must not hold NUL"),
    /** The absolute path inside the server. */
    target: z
      .string()
      .refine(noNul, "must not hold NUL")
      .refine((path) => path.startsWith("/"), "must be an absolute path inside the server")
      .refine((path) => !path.includes(":"), "must not hold a colon"),
    readOnly: z.boolean().optional(),
  })
  .readonly();
export type VolumeMount = z.infer<typeof VolumeMount>;

/** Go has a map from source to target; a mount that is read-only ends in `:ro`, as for the engine. */
export const VolumesWire = z.union([
  z.record(z.string(), z.string()),
  z.array(z.object({ source: z.string(), target: z.string(), read_only: z.boolean().optional() })),
]);

export function volumesFromWire(wire: z.infer<typeof VolumesWire>): VolumeMount[] {
  if (Array.isArray(wire)) {
    return wire.map(({ source, target, read_only }) => ({ source, target, readOnly: read_only }));
  }
  return Object.entries(wire).map(([source, text]) => {
    const [target = "", mode] = text.split(/:(?=r[ow]$)/);
    return { source, target, ...(mode === "ro" ? { readOnly: true } : {}) };
  });
}

/** The map that Go reads, or, where one source has two targets, which Go can't say, a list. */
export function volumesToWire(volumes: readonly VolumeMount[]): z.infer<typeof VolumesWire> {
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
