/**
 * The number that a change of a record or a claim takes: above all before it, and not below the time in microseconds since 1970.
 * So versions and fencing tokens go on rising where a registry starts anew or has lost its data.
 */
export function nextVersion(last: number, nowMs: number): number {
  return Math.max(last + 1, Math.floor(nowMs * 1000));
}
