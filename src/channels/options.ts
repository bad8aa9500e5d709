import type { Option } from "./channel.ts";

type Given = Readonly<Record<string, string | undefined>>;

/** An option of `channel add`, plain where nothing else is said of it. */
export function option(name: string, meaning: string, is: Partial<Omit<Option, "name" | "meaning">> = {}): Option {
  return { name, meaning, isSecret: false, isRequired: false, isForReceiving: false, ...is };
}

/** The given values of the options that are no secrets, by name. */
export function settingsAmong(options: readonly Option[], given: Given): Record<string, string> {
  return chosen(
    options.filter(({ isSecret }) => !isSecret),
    given,
  );
}

/** The given values of the options that are secrets, by name. */
export function secretsAmong(options: readonly Option[], given: Given): Record<string, string> {
  return chosen(
    options.filter(({ isSecret }) => isSecret),
    given,
  );
}

function chosen(options: readonly Option[], given: Given): Record<string, string> {
  return Object.fromEntries(
    options.flatMap(({ name }) => {
      const value = given[name];
      return value === undefined ? [] : [[name, value]];
    }),
  );
}
