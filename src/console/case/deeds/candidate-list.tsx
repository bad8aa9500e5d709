import { TextInput } from "@mantine/core";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useId, useState } from "react";
import type { Answered, Given } from "../../client/call.ts";
import { useLanguage } from "../../client/language.tsx";
import { useSession } from "../../client/session.ts";
import { RefusalNote } from "../../parts/notes.tsx";

type Kind = Given<"POST /cases/{number}/candidates">["body"]["kind"];
/** A thing that a case can be given, or a reason why not. */
type Candidate = Answered<"POST /cases/{number}/candidates">["items"][number];

/** A search for a grid, a deputy, a unit or a category of a case, by name or code; who cannot have it is listed with the reason. */
export function CandidateList(props: {
  readonly number: string;
  readonly kind: Kind;
  readonly value: string | null;
  readonly onChange: (code: string | null) => void;
  /** What stands first and means none. */
  readonly none?: string;
}) {
  const { words, times } = useLanguage();
  const { joint } = words;
  const { call } = useSession();
  const [q, setQ] = useState("");
  const name = useId();
  const { number, kind } = props;
  const asked = useQuery({
    queryKey: ["candidates", number, kind, q.trim()],
    queryFn: async ({ signal }) =>
      (await call("POST /cases/{number}/candidates", { params: { number }, body: { kind, q: q.trim() }, signal })).body,
    placeholderData: keepPreviousData,
  });
  const items = asked.data?.items ?? [];
  const why = ({ unfit, until }: Candidate) =>
    unfit === null ? null : until === null ? joint.unfit[unfit] : joint.untilDay(joint.unfit[unfit], times.day(until));
  const hasDistance = items.some(({ metres }) => metres !== null);
  return (
    <div className="candidates">
      <TextInput
        label={joint.find[kind]}
        description={joint.findHint}
        value={q}
        onChange={(event) => setQ(event.currentTarget.value)}
        autoFocus
      />
      <RefusalNote error={asked.error} />
      <fieldset className="picks" aria-busy={asked.isFetching}>
        <legend>{joint.chosen}</legend>
        {props.none === undefined ? null : (
          <label className="pick">
            <input type="radio" name={name} checked={props.value === null} onChange={() => props.onChange(null)} />
            <span>{props.none}</span>
          </label>
        )}
        {items.map((item) => (
          <label key={item.code} className={item.unfit === null ? "pick" : "pick pick-unfit"}>
            <input
              type="radio"
              name={name}
              value={item.code}
              checked={props.value === item.code}
              disabled={item.unfit !== null}
              onChange={() => props.onChange(item.code)}
            />
            <span>
              <strong>{item.name}</strong> <span className="small">{item.code}</span>
              {item.about === "" ? null : <span className="small"> · {item.about}</span>}
              {item.metres === null ? null : <span> · {joint.metres(item.metres)}</span>}
              {item.unfit === null ? null : <span> · {why(item)}</span>}
            </span>
          </label>
        ))}
        {asked.data !== undefined && items.length === 0 ? <p>{joint.nothingFound}</p> : null}
      </fieldset>
      {asked.data?.hasMore === true ? <p className="small">{joint.moreFound}</p> : null}
      {hasDistance ? <p className="small">{joint.distanceFrom}</p> : null}
    </div>
  );
}
