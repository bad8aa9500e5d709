/** The most that fits into the 64 signs of a link. */
export const MAX_SCENE_BYTES = 48;

/** A scene as a link carries it: a link takes letters, digits, `_` and `-`, and our scenes hold `:`. */
export function payloadOf(scene: string): string {
  return Buffer.from(scene, "utf8").toString("base64url");
}

/** The scene that a link carried; null for none, or for what is none of ours. */
export function sceneOf(payload: string): string | null {
  if (!/^[\w-]{1,64}$/.test(payload)) return null;
  const scene = Buffer.from(payload, "base64url").toString("utf8");
  return payloadOf(scene) === payload && /^[a-z]:./.test(scene) ? scene : null;
}
