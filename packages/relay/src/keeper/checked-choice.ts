import { RelayError } from "@potassium/core-types";
import { checkedKeepOptions, type KeepOptions } from "./route-keeper-options.js";

/**
 * What `choose` answered about a route.
 *
 * @throws {RelayError} `INVALID_ARGUMENT` with `choose` as its `field` for the promise of an async
 *   function, which would else take over every route, or with the option at fault.
 */
export function checkedChoice(choice: KeepOptions | undefined): KeepOptions | undefined {
  if (choice === undefined) return undefined;
  if (!(choice instanceof Promise)) return checkedKeepOptions(choice);
  // What becomes of the promise is told here already.
  choice.catch(() => {});
  const message = "invalid choose: must answer at once, not with a promise";
  throw new RelayError("INVALID_ARGUMENT", message, { field: "choose" });
}
