import type { Check } from "./check.js";

const oldest = [20, 19] as const;

/** Whether this Node is new enough. */
export function checkNode(version: string, platform: string, architecture: string): Check {
  const [major = 0, minor = 0] = version.split(".").map(Number);
  const isNew = major > oldest[0] || (major === oldest[0] && minor >= oldest[1]);
  const detail = `${version} on ${platform}-${architecture}`;
  if (isNew) return { name: "node", state: "ok", detail };
  const advice = `Install Node ${oldest.join(".")} or newer.`;
  return { name: "node", state: "failed", detail, advice };
}
