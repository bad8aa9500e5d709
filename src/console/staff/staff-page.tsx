import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import type { Answered } from "../client/call.ts";
import { useLanguage } from "../client/language.tsx";
import { mayAsk, useSession } from "../client/session.ts";
import { Asked } from "../parts/asking/asked.tsx";
import { EmptyNote } from "../parts/notes.tsx";
import { TableHead } from "../parts/table-head.tsx";
import { InviteDialog } from "./invite-dialog.tsx";
import { type MemberDeed, MemberDialog } from "./member-dialog.tsx";

/** A person of the office, as the operator sees them. */
export type Member = Answered<"GET /staff">["items"][number];

/** The people of the office: who they are, how they stand, and what an operator does about them. */
export function StaffPage() {
  const { words, times } = useLanguage();
  const { staff, shell } = words;
  const { me, call } = useSession();
  const [isInviting, setInviting] = useState(false);
  const [chosen, setChosen] = useState<{ readonly member: Member; readonly deed: MemberDeed } | null>(null);
  const asked = useQuery({
    queryKey: ["staff"],
    queryFn: async ({ signal }) => (await call("GET /staff", { signal })).body.items,
  });
  const mayChange = mayAsk(me, "POST /staff");
  const members = asked.data ?? [];
  const deedsOf = ({ id, state }: Member): readonly MemberDeed[] =>
    !mayChange || id === me.id || state === "ended"
      ? []
      : [...(state === "locked" ? (["unlock"] as const) : []), "reset", "endSessions", "end"];
  return (
    <>
      <h1>{staff.title}</h1>
      {mayChange ? (
        <p>
          <button type="button" className="deed" onClick={() => setInviting(true)}>
            ＋ {staff.invite}
          </button>
        </p>
      ) : null}
      <Asked asked={asked} rows={5} />
      {asked.isSuccess && members.length === 0 ? <EmptyNote text={staff.empty} /> : null}
      {members.length === 0 ? null : (
        <table className="table cards" aria-label={staff.title}>
          <TableHead
            names={[staff.name, staff.email, staff.role, staff.state, staff.factor, staff.lastSeen, staff.acts]}
          />
          <tbody>
            {members.map((member) => (
              <tr key={member.id}>
                <th scope="row">{member.name}</th>
                <td data-label={staff.email}>{member.email}</td>
                <td data-label={staff.role}>
                  {shell.roles[member.role]}
                  {member.stations.length === 0 ? null : ` (${member.stations.join(", ")})`}
                </td>
                <td data-label={staff.state}>{staff.states[member.state]}</td>
                <td data-label={staff.factor}>{member.hasSecondFactor ? staff.has : staff.hasNot}</td>
                <td data-label={staff.lastSeen}>
                  {member.lastSeenAt === null ? shell.nothing : times.moment(member.lastSeenAt)}
                </td>
                <td data-label={staff.acts} className="acts">
                  {deedsOf(member).map((deed) => (
                    <button
                      key={deed}
                      type="button"
                      className="link-button"
                      aria-label={staff.sure(staff[deed], member.name)}
                      onClick={() => setChosen({ member, deed })}
                    >
                      {staff[deed]}
                    </button>
                  ))}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {isInviting ? (
        <InviteDialog
          onClose={() => {
            setInviting(false);
            void asked.refetch();
          }}
        />
      ) : null}
      {chosen === null ? null : (
        <MemberDialog
          member={chosen.member}
          deed={chosen.deed}
          onClose={() => {
            setChosen(null);
            void asked.refetch();
          }}
        />
      )}
    </>
  );
}
