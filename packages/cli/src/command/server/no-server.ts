import type { PotassiumError } from "@potassium/core-types";
import type { GivenEngine } from "./engine-options.js";

/** The error of a name that no server has. */
export async function noServer(
  id: string,
  { namespace }: Pick<GivenEngine, "namespace">,
): Promise<PotassiumError> {
  const { ProviderError } = await import("@potassium/core-types");
  return new ProviderError(
    "NOT_FOUND",
    `there is no server ${JSON.stringify(id)} in the namespace ${namespace}`,
    { field: "id" },
  );
}
