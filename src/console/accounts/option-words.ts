import type { Words } from "../words/zh-CN.ts";

/** The word for an option of an account: that of its platform, else the one that several share, else what its channel says of it. */
export function labelOf(
  { accounts }: Words,
  channel: string,
  option: { readonly name: string; readonly meaning?: string },
): string {
  const fields: Readonly<Record<string, string>> = accounts.fields;
  return fields[`${channel}/${option.name}`] ?? fields[option.name] ?? option.meaning ?? option.name;
}
