import { createHash } from "node:crypto";
import { claim, lease, leasesOn } from "./claim.js";
import { clockAndRevision } from "./clock-and-revision.js";
import { commit, heartbeat, unregister } from "./commit.js";
import { leases } from "./leases.js";
import { candidates, find, openPlaces } from "./open-places.js";
import { attend, get, list } from "./read.js";
import { servers } from "./servers.js";
import { sweep } from "./sweep.js";

/** A Lua script. Redis keeps it by its hash. */
export interface Script {
  readonly name: string;
  readonly text: string;
  readonly sha1: string;
}

const base = clockAndRevision + servers + leases + sweep;

const end = `
local answer = main()
if wrote then keepAlive(0) end
return answer
`;

/** A script's `main` with what it stands on. */
function script(name: string, ...parts: readonly string[]): Script {
  const text = [base, ...parts, end].join("");
  return { name, text, sha1: createHash("sha1").update(text).digest("hex") };
}

export const scripts = {
  commit: script("commit", commit),
  unregister: script("unregister", unregister),
  heartbeat: script("heartbeat", heartbeat),
  find: script("find", openPlaces, find),
  candidates: script("candidates", openPlaces, candidates),
  claim: script("claim", openPlaces, claim),
  lease: script("lease", lease),
  leasesOn: script("leases on a server", leasesOn),
  get: script("get", get),
  list: script("list", list),
  attend: script("attend", attend),
} as const;
