import { afterAll, beforeAll, expect, vi } from "vitest";

/**
 * What tests open and must close: servers, pipes, child processes. Sockets of clients are not among them: fetch keeps those of
 * requests that were answered, closes them in its own time, and tells nobody which they are.
 */
const OPEN = /^(TCPServer|Pipe|Process|UDP|FSEvent)/;
/** What a process listens to that concerns every test in it. */
const HEARD_BY_ALL = /^(SIG|uncaughtException|unhandledRejection|warning)/;

/**
 * Sees that a test file leaves the process as it was: many files share one, in any order. What a file opened (servers,
 * pipes, child processes) is closed at its end, what it set (environment, folder, listeners, globals) is set back.
 */
let before: ReturnType<typeof stateOfProcess>;
beforeAll(() => {
  before = stateOfProcess();
});
afterAll(() =>
  vi.waitFor(
    () => {
      const { folder, environment, ...counts } = stateOfProcess();
      expect({ folder, environment }).toEqual({ folder: before.folder, environment: before.environment });
      expect(added(before.counts, counts.counts)).toEqual({});
    },
    { timeout: 30_000, interval: 20 },
  ),
);

function stateOfProcess() {
  const counts: Record<string, number> = {};
  for (const kind of process.getActiveResourcesInfo())
    if (OPEN.test(kind)) counts[`open ${kind}`] = (counts[`open ${kind}`] ?? 0) + 1;
  for (const name of process.eventNames().map(String))
    if (HEARD_BY_ALL.test(name)) counts[`listener of ${name}`] = process.listenerCount(name);
  // Zod keeps its registry there once it is loaded, for all its versions in one process.
  const globals = Object.getOwnPropertyNames(globalThis).filter((name) => !name.startsWith("__zod_"));
  for (const name of globals) counts[`global ${name}`] = 1;
  // Written by sharp when it is loaded.
  const { VIPSHOME: _vips, ...environment } = process.env;
  return { folder: process.cwd(), environment, counts };
}

/** What there is more of than before; what an earlier file left may end meanwhile. */
function added(before: Record<string, number>, after: Record<string, number>): Record<string, number> {
  return Object.fromEntries(Object.entries(after).filter(([name, count]) => count > (before[name] ?? 0)));
}
