const BIND = /^\s*\/?(?:绑定群|bind[ _]?(?:room|group))\s*[:：]?\s*([a-z0-9]{4,12})\s*[.。]?\s*$/iu;
const CODE = /^[A-Z0-9]{4,12}$/;

/** The code by which somebody in a room says that it is the office's: `绑定群 K7M2Q9`; null for anything else. */
export function roomCodeIn(text: string): string | null {
  const code = BIND.exec(text.normalize("NFKC"))?.[1];
  return code === undefined ? null : roomCode(code);
}

/** A code of a room in the form in which it is compared; null for what is none. */
export function roomCode(typed: string): string | null {
  const code = typed.normalize("NFKC").trim().toUpperCase();
  return CODE.test(code) ? code : null;
}
