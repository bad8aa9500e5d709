/**
 * The key of an outgoing message, by which a platform may recognise a repetition: the same in every try of the same piece of the
 * same message, and in no other.
 *
 * @param id of its row in the outbox, a UUID
 * @param piece the number of the piece, from 1; 0 for the notice that announces it
 * @returns at most 32 of `[0-9A-Za-z_-]`, which every platform takes
 */
export function outboundKey(id: string, piece: number): string {
  const bytes = (id.replaceAll("-", "").match(/../g) ?? []).map((hex) => Number.parseInt(hex, 16));
  const signs = btoa(String.fromCharCode(...bytes));
  return `${signs.replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "")}_${piece}`;
}
