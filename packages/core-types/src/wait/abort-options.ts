/** Base of the options of every call that can wait. */
export interface AbortOptions {
  /** Ends the wait: the call then cleans up and rejects with `signal.reason`. */
  readonly signal?: AbortSignal | undefined;
}
