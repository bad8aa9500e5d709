import type { MiddlewareHandler } from "hono";
import { secureHeaders } from "hono/secure-headers";

/** The needs of a page beside its script, styles and pictures. */
type Needs = {
  /** The template of the map's tiles, whose host alone may then give pictures beside this one; null where there are none. */
  readonly tiles?: string | null;
  readonly fonts?: boolean;
  readonly recordings?: boolean;
};

/**
 * The content policy of every page of ours: only its own script and styles run, forms go nowhere else, nobody frames it, and pictures
 * come from here, from the page itself, or from where the map's tiles are.
 */
export function pagePolicy({ tiles = null, fonts = false, recordings = false }: Needs = {}): MiddlewareHandler {
  const own = ["'self'"];
  return secureHeaders({
    contentSecurityPolicy: {
      defaultSrc: ["'none'"],
      scriptSrc: own,
      styleSrc: own,
      imgSrc: [...own, "data:", "blob:", ...(tiles === null ? [] : [new URL(tiles).origin])],
      ...(fonts && { fontSrc: own }),
      ...(recordings && { mediaSrc: own }),
      connectSrc: own,
      formAction: own,
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
