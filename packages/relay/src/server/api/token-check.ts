import { createHash, timingSafeEqual } from "node:crypto";

/** Says why a request's token is refused, or nothing where it is right. */
export type TokenCheck = (given: string | undefined) => string | undefined;

/**
 * Compares tokens in a time that tells nothing about where they differ. Without a service token every
 * request is let through.
 */
export function tokenCheck(serviceToken: string | undefined): TokenCheck {
  if (serviceToken === undefined) return () => undefined;
  const wanted = digest(serviceToken);
  return (given) => {
    if (given === undefined || given === "") return "missing service token";
    return timingSafeEqual(digest(given), wanted) ? undefined : "invalid service token";
  };
}

/** Of one length, as `timingSafeEqual` needs it, whatever was sent. */
function digest(text: string): Buffer {
  return createHash("sha256").update(text).digest();
}
