/** The sentences that a page's script says, as JSON in which nothing can end the element that holds it. */
export function inTemplate(words: Readonly<Record<string, string>>): string {
  return JSON.stringify(words).replaceAll("<", "\\u003c").replaceAll("&", "\\u0026");
}
