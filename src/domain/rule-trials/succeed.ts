import { addDays } from "../calendar/days.ts";
import type { CountySnapshot, SnapshotPost } from "./county-snapshot.ts";

/** A planned succession: from its day on `by` answers where `of` did; at these places, by code, or everywhere. */
export type PlannedSuccession = {
  readonly of: string;
  readonly by: string;
  readonly fromOn: string;
  readonly places: readonly string[] | null;
};

/**
 * The snapshot of a day to come, with the successions carried out that are planned until then, in their order: posts pass over, and
 * whoever is followed everywhere is out of office.
 */
export function withSuccessions(snapshot: CountySnapshot, planned: readonly PlannedSuccession[]): CountySnapshot {
  return planned.filter(({ fromOn }) => fromOn <= snapshot.on).reduce(succeed, snapshot);
}

function succeed(snapshot: CountySnapshot, { of, by, fromOn, places }: PlannedSuccession): CountySnapshot {
  const lastDay = addDays(fromOn, -1);
  const placeOf = ({ at }: SnapshotPost) => ("grid" in at ? at.grid : at.station);
  const isMoved = (post: SnapshotPost) => post.deputy === of && (places === null || places.includes(placeOf(post)));
  const kept = snapshot.posts.filter((post) => !isMoved(post));
  const has = (post: SnapshotPost) =>
    kept.some((one) => one.deputy === by && placeOf(one) === placeOf(post) && "grid" in one.at === "grid" in post.at);
  const taken = snapshot.posts.filter(isMoved).flatMap((post) => (has(post) ? [] : [{ ...post, deputy: by }]));
  const deputies = snapshot.deputies.map((one) =>
    places === null && one.code === of && (one.untilOn === null || one.untilOn > lastDay)
      ? { ...one, untilOn: lastDay }
      : one,
  );
  return { ...snapshot, deputies, posts: [...kept, ...taken] };
}
