/** The address of a person: their id, and the customer-service account in which they wrote, for only that one may answer them. */
export type CustomerAddress = { readonly person: string; readonly openKfId: string };

const BETWEEN = "@";

/** The one id by which the service knows a person in a customer-service account. */
export function addressIn({ person, openKfId }: CustomerAddress): string {
  return `${person}${BETWEEN}${openKfId}`;
}

/** The parts of such an id; null where it is none. */
export function addressOf(id: string): CustomerAddress | null {
  const at = id.lastIndexOf(BETWEEN);
  if (at < 1 || at === id.length - 1) return null;
  return { person: id.slice(0, at), openKfId: id.slice(at + 1) };
}
