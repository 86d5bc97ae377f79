/** The two fields of `POST /routes`, empty where they were left out. */
export interface SetRouteFields {
  readonly playerIp: string;
  readonly backend: string;
}

/**
 * Reads the body of `POST /routes` as Go's `encoding/json` does for Peel: field names in any case,
 * null as if it were left out, unknown fields ignored.
 *
 * @returns `undefined` where the body is no such JSON.
 */
export function parseSetRoute(body: string): SetRouteFields | undefined {
  let json: unknown;
  try {
    json = JSON.parse(body);
  } catch {
    return undefined;
  }
  if (typeof json !== "object" || Array.isArray(json)) return undefined;
  const fields = { player_ip: "", backend: "" };
  for (const [key, value] of Object.entries(json ?? {})) {
    const name = key.toLowerCase();
    if ((name !== "player_ip" && name !== "backend") || value === null) continue;
    if (typeof value !== "string") return undefined;
    fields[name] = value;
  }
  return { playerIp: fields.player_ip, backend: fields.backend };
}
