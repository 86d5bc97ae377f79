import { ProviderError } from "../../provider/provider-error.js";

/**
 * What a file operation of this machine gives, or `IO_ERROR` with the system's error as its cause.
 *
 * @param known makes of the system's error what says more, or nothing.
 */
export async function local<T>(
  operation: Promise<T>,
  known: (code: string | undefined) => ProviderError | undefined = () => undefined,
): Promise<T> {
  try {
    return await operation;
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (error instanceof ProviderError) throw error;
    throw (
      known(code) ??
      new ProviderError("IO_ERROR", `the files of this machine: ${message}`, { cause: error })
    );
  }
}
