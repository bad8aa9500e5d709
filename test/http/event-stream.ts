/** An event of a stream, or a comment, as it came. */
type StreamEvent = { readonly id: string; readonly event: string; readonly data: unknown };

/** An open stream of server-sent events, as a page hears it. */
export type EventStream = {
  readonly status: number;
  readonly headers: Headers;
  readonly events: StreamEvent[];
  /** Everything as it came, with comments. */
  text(): string;
  /** Resolves when the service ended it. */
  readonly ended: Promise<void>;
  close(): void;
};

/** Opens a stream and reads it until it ends or is closed. */
export async function openEventStream(
  address: string,
  headers: Readonly<Record<string, string>>,
): Promise<EventStream> {
  const stop = new AbortController();
  const response = await fetch(address, { headers, signal: stop.signal });
  const events: StreamEvent[] = [];
  let text = "";
  let rest = "";
  const take = (part: string): void => {
    text += part;
    rest += part;
    for (let end = rest.indexOf("\n\n"); end >= 0; end = rest.indexOf("\n\n")) {
      const fields = new Map(
        rest
          .slice(0, end)
          .split("\n")
          .map((line) => [line.slice(0, line.indexOf(":")), line.slice(line.indexOf(":") + 1).trim()]),
      );
      rest = rest.slice(end + 2);
      const event = fields.get("event");
      if (event !== undefined)
        events.push({ id: fields.get("id") ?? "", event, data: JSON.parse(fields.get("data") ?? "null") });
    }
  };
  const read = async (): Promise<void> => {
    if (response.body === null) return;
    const decoder = new TextDecoder();
    for await (const part of response.body) take(decoder.decode(part, { stream: true }));
  };
  const ended = read().catch(() => undefined);
  return {
    status: response.status,
    headers: response.headers,
    events,
    text: () => text,
    ended,
    close: () => stop.abort(),
  };
}

/** The keys of the cases of which a stream told. */
export function casesOf({ events }: Pick<EventStream, "events">): string[] {
  return events.flatMap(({ event, data }) => {
    const { topic, key } = (data ?? {}) as { readonly topic?: string; readonly key?: string };
    return event === "changed" && topic === "cases" && key !== undefined ? [key] : [];
  });
}
