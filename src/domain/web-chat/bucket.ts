/** A bucket: how often something happened in the present stretch of time, and in the one before it. */
export type Bucket = { readonly beganAt: number; readonly count: number; readonly before: number };

/** The limit of a bucket: so often within so long. */
export type BucketLimit = { readonly most: number; readonly withinMs: number };

/** The level of a bucket: what happened within the time of its limit, the stretch before counted by the part of it that is not over. */
export function levelOf(bucket: Bucket | undefined, { withinMs }: BucketLimit, nowMs: number): number {
  const { beganAt, count, before } = turned(bucket, withinMs, nowMs);
  return count + before * (1 - (nowMs - beganAt) / withinMs);
}

/** A bucket with one more. */
export function withOneMore(bucket: Bucket | undefined, { withinMs }: BucketLimit, nowMs: number): Bucket {
  const now = turned(bucket, withinMs, nowMs);
  return { ...now, count: now.count + 1 };
}

/** Whether a bucket has run out, so that it may be forgotten. */
export function isEmpty(bucket: Bucket, { withinMs }: BucketLimit, nowMs: number): boolean {
  return nowMs - bucket.beganAt >= 2 * withinMs;
}

function turned(bucket: Bucket | undefined, withinMs: number, nowMs: number): Bucket {
  if (bucket === undefined) return { beganAt: nowMs, count: 0, before: 0 };
  const stretches = Math.floor((nowMs - bucket.beganAt) / withinMs);
  if (stretches <= 0) return bucket;
  return { beganAt: bucket.beganAt + stretches * withinMs, count: 0, before: stretches === 1 ? bucket.count : 0 };
}
