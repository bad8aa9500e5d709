/** A function that writes what happened, in codes and numbers: never words, names or ids of people. */
export type Log = (event: string, facts?: Readonly<Record<string, string | number | boolean>>) => void;

/** Writes a line of JSON to the error output. */
export const logToStderr: Log = (event, facts = {}) => {
  process.stderr.write(`${JSON.stringify({ time: new Date().toISOString(), event, ...facts })}\n`);
};

/** The name of an error, and its code where it has one: what it says may hold people's words. */
export function causeOf(error: unknown): string {
  if (!(error instanceof Error)) return typeof error;
  const code: unknown = Reflect.get(error, "code");
  return typeof code === "string" ? `${error.name} ${code}` : error.name;
}
