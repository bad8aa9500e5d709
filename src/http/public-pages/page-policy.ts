import type { MiddlewareHandler } from "hono";
import { secureHeaders } from "hono/secure-headers";

/** The places beside this one from which a page may show pictures. */
type Pictures = {
  /** The template of the map's tiles; null where there are none. */
  readonly tiles?: string | null;
};

/**
 * The content policy of every page of ours: only its own script and styles run, forms go nowhere else, nobody frames it, and pictures
 * come from here, from the page itself, or from where the map's tiles are.
 */
export function pagePolicy({ tiles = null }: Pictures = {}): MiddlewareHandler {
  return secureHeaders({
    contentSecurityPolicy: {
      defaultSrc: ["'none'"],
      scriptSrc: ["'self'"],
      styleSrc: ["'self'"],
      imgSrc: ["'self'", "blob:", "data:", ...(tiles === null ? [] : [new URL(tiles).origin])],
      mediaSrc: ["'self'"],
      connectSrc: ["'self'"],
      formAction: ["'self'"],
      baseUri: ["'none'"],
      frameAncestors: ["'none'"],
    },
    strictTransportSecurity: false,
  });
}

/** The headers of a picture or a file that somebody sent: nothing in it runs, whatever it is. @param name under which it is kept, not shown */
export function pictureHeaders(contentType: string, name?: string): Record<string, string> {
  return {
    ...(name === undefined ? {} : { "content-disposition": `attachment; filename="${name}"` }),
    ...{ "content-type": contentType, "x-content-type-options": "nosniff" },
    "content-security-policy": "sandbox; default-src 'none'",
  };
}
