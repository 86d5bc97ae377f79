import { parseOptions } from "@potassium/core-types";
import { invalidArgument } from "../invalid-argument.js";
import { openSite, type Site, type SiteOptions } from "./site.js";

/**
 * The installation that a public call is for.
 *
 * @param names every option that the call takes
 * @throws `INVALID_ARGUMENT`
 */
export function parseSite(
  root: string,
  options: SiteOptions | undefined,
  names: readonly string[],
): Site {
  if (typeof root !== "string" || root === "" || root.includes("\0")) {
    throw invalidArgument("root must be the path of an installation", "root");
  }
  parseOptions(options, names, invalidArgument);
  const { busyTimeoutMs = 0 } = options ?? {};
  if (typeof busyTimeoutMs !== "number" || !(busyTimeoutMs >= 0)) {
    throw invalidArgument("busyTimeoutMs must be a number of milliseconds", "busyTimeoutMs");
  }
  return openSite(root, options ?? {});
}
