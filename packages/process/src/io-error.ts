import { ProviderError } from "@potassium/core-types";

/** An error of the system as one of ours, with the original as its cause. Others stay as they are. */
export function asProviderError(error: unknown): unknown {
  if (!(error instanceof Error) || !("syscall" in error)) return error;
  return new ProviderError(
    "IO_ERROR",
    `the files of the provider or of a server: ${error.message}`,
    {
      cause: error,
    },
  );
}
