import { useQuery } from "@tanstack/react-query";
import { type ReactNode, useCallback, useEffect, useMemo, useRef, useState } from "react";
import { mayAskAgain, untouchedMs } from "../client/asking.ts";
import { createCall } from "../client/call.ts";
import { chosenLocale, useLanguage } from "../client/language.tsx";
import { Refused } from "../client/refused.ts";
import { SessionContext } from "../client/session.ts";
import { Dialog } from "../parts/dialog.tsx";
import { RefusalNote, Skeleton } from "../parts/notes.tsx";
import { Door } from "../sign-in/door.tsx";
import { Enrol } from "../sign-in/enrol.tsx";
import { Invitation } from "../sign-in/invitation.tsx";
import { SignIn } from "../sign-in/sign-in.tsx";
import { ConfirmDialog } from "./confirm-dialog.tsx";

const LEFT_MS = 36 * 60_000;
const LOOK_MS = 60_000;

/**
 * Gives the pages their session, or the door where there is none.
 *
 * A session that ends while somebody works leaves the page as it is, with the door over it: nothing that is being written goes.
 */
export function SessionGate({ children }: { readonly children: ReactNode }) {
  const { words, locale, choose } = useLanguage();
  const [isOver, setOver] = useState(false);
  const [answer, setAnswer] = useState<((isConfirmed: boolean) => void) | null>(null);
  const invitation = useRef(invitationCode());
  const call = useMemo(
    () =>
      createCall({
        confirm: () => new Promise<boolean>((resolve) => setAnswer(() => resolve)),
        signedOut: () => setOver(true),
      }),
    [],
  );
  const asked = useQuery({
    queryKey: ["me"],
    queryFn: async ({ signal }) => (await call("GET /me", { signal })).body,
    staleTime: Number.POSITIVE_INFINITY,
    retry: mayAskAgain,
  });
  const { data: me, refetch } = asked;
  const wished = me?.locale;
  useEffect(() => {
    if (wished !== undefined && chosenLocale() === null && wished !== locale) choose(wished);
  }, [wished, locale, choose]);
  useEffect(() => {
    // Whoever left has been signed out by then: what they left open is covered.
    const timer = setInterval(() => {
      if (untouchedMs() > LEFT_MS) void refetch();
    }, LOOK_MS);
    return () => clearInterval(timer);
  }, [refetch]);
  const renew = useCallback(async () => {
    await refetch();
  }, [refetch]);
  const opened = async () => {
    const before = me?.id;
    if (invitation.current !== null) history.replaceState(null, "", "/console");
    invitation.current = null;
    const { data } = await refetch();
    // Somebody else at the same computer begins with an empty page.
    if (before !== undefined && data?.id !== before) location.replace("/console");
    else setOver(false);
  };
  const session = useMemo(() => (me === undefined ? null : { me, call, renew }), [me, call, renew]);

  if (invitation.current !== null)
    return (
      <Door title={words.signIn.invitation.title}>
        <Invitation call={call} code={invitation.current} onOpen={opened} />
      </Door>
    );
  if (session === null) {
    const isSignedOut = asked.error instanceof Refused && asked.error.code === "signed-out";
    if (asked.isPending) return <Skeleton rows={6} isLoading />;
    return (
      <Door title={words.signIn.title}>
        {isSignedOut ? (
          <SignIn call={call} onOpen={opened} />
        ) : (
          <RefusalNote error={asked.error} again={() => void refetch()} />
        )}
      </Door>
    );
  }
  if (session.me.must === "second-factor")
    return (
      <Door title={words.signIn.enrol.title}>
        <Enrol call={call} onDone={renew} />
      </Door>
    );
  return (
    <SessionContext value={session}>
      {children}
      {answer === null ? null : (
        <ConfirmDialog
          call={call}
          onAnswer={(isConfirmed) => {
            setAnswer(null);
            answer(isConfirmed);
          }}
        />
      )}
      {isOver ? (
        <Dialog title={words.signIn.title} onClose={() => undefined} isFixed>
          <p>{words.shell.sessionOver}</p>
          <SignIn call={call} onOpen={opened} />
        </Dialog>
      ) : null}
    </SessionContext>
  );
}

/** The code of the invitation that the address holds behind its `#`; null on every other page. */
function invitationCode(): string | null {
  return location.pathname.endsWith("/invitation") && location.hash.length > 1 ? location.hash.slice(1) : null;
}
