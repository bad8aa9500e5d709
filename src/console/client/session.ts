import { createContext, useContext } from "react";
import type { Answered, Call, OperationName } from "./call.ts";

/** The person who is signed in, as the API says it. */
export type Me = Answered<"GET /me">;

/** The ground of every page: who is signed in, and the way to the API. */
export type Session = {
  readonly me: Me;
  readonly call: Call;
  /** Reads anew who is signed in, after something about them changed. */
  readonly renew: () => Promise<void>;
};

/** Carries the session to the pages; the shell gives it. */
export const SessionContext = createContext<Session | null>(null);

/** The session of the page. */
export function useSession(): Session {
  const session = useContext(SessionContext);
  if (session === null) throw new Error("Nobody is signed in.");
  return session;
}

/** Whether the person's role may ask for an operation at all. */
export function mayAsk({ may }: Me, name: OperationName): boolean {
  return may.includes(name);
}
