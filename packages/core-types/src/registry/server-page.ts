import type { AbortOptions } from "../wait/abort-options.js";
import type { ServerOrderInput } from "./server-order.js";
import type { ServerRecord } from "./server-record.js";

export interface ListOptions extends AbortOptions {
  /** @default "oldest" */
  readonly order?: ServerOrderInput | undefined;
  /** At most so many. @default all */
  readonly limit?: number | undefined;
}

export interface PageOptions extends AbortOptions {
  /** The same for all pages of a list. @default "oldest" */
  readonly order?: ServerOrderInput | undefined;
  /** Servers of a page: 1 to 10,000. @default 100 */
  readonly limit?: number | undefined;
  /** The `cursor` of the page before, of the same filter and order. */
  readonly cursor?: string | undefined;
}

/** A part of a list. A server whose place in the order does not change is on exactly one of the pages. Frozen. */
export interface ServerPage {
  readonly servers: readonly ServerRecord[];
  /** Where the next page begins; left out on the last. */
  readonly cursor?: string | undefined;
}
