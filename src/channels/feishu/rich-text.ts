import { idIn, isFields, type JsonFields, listIn, wordsIn } from "../json-fields.ts";

/** The words and the pictures of a rich text, in its order. */
type Flat = { readonly text: string; readonly images: readonly string[] };

/**
 * Whether one of the names in a message is a bot's. Older events do not say of whom a name is: an app that hears only what calls
 * it, as it should be set up, is meant by them.
 */
export function callsBot(mentions: readonly JsonFields[]): boolean {
  return mentions.some(isBot) || (!mentions.some(hasKind) && mentions.some(isSomebody));
}

/**
 * Puts the names of people in the place of their marks (`@_user_1`), and leaves out that by which we were called.
 * @param mentions as the platform tells them beside the words
 */
export function withNames(text: string, mentions: readonly JsonFields[]): string {
  if (mentions.length === 0) return text;
  const somebody = mentions.filter(isSomebody);
  const isOurs = (mention: JsonFields) => isBot(mention) || (somebody.length === 1 && !hasKind(mention));
  const names = new Map(
    somebody.map((one) => [idIn(one, "key"), isOurs(one) ? "" : `@${wordsIn(one, "name")}`] as const),
  );
  return text
    .replace(/(@_(?:user_\d+|all)) ?/g, (whole, mark: string) => {
      const name = names.get(mark);
      if (name === undefined) return whole;
      return name === "" ? "" : whole.replace(mark, name);
    })
    .trim();
}

function isBot(mention: JsonFields): boolean {
  return /^(?:bot|app)$/.test(idIn(mention, "mentioned_type"));
}

function hasKind(mention: JsonFields): boolean {
  return idIn(mention, "mentioned_type") !== "";
}

function isSomebody(mention: JsonFields): boolean {
  return idIn(mention, "key") !== "@_all";
}

/** The words of a rich text (`post`), line by line, and the keys of the pictures in it. */
export function flatPost(post: JsonFields, mentions: readonly JsonFields[]): Flat {
  const images: string[] = [];
  const lines = linesOf(post).map((line) =>
    line
      .map((part) => {
        switch (idIn(part, "tag")) {
          case "img":
            images.push(idIn(part, "image_key"));
            return "";
          case "at":
            return withNames(idIn(part, "user_id"), mentions);
          case "a":
            return [wordsIn(part, "text"), idIn(part, "href")].filter((word) => word !== "").join(" ");
          default:
            return wordsIn(part, "text");
        }
      })
      .join(""),
  );
  const text = [wordsIn(post, "title"), ...lines].filter((line) => line.trim() !== "").join("\n");
  return { text: text.trim(), images: images.filter((key) => key !== "") };
}

/** As it comes it has its lines at once; as some clients send it they stand under a language. */
function linesOf(post: JsonFields): readonly (readonly JsonFields[])[] {
  const lines = post.content;
  if (Array.isArray(lines)) return lines.map((line) => (Array.isArray(line) ? line.filter(isFields) : []));
  const [translated] = Object.values(post).filter(isFields);
  return translated === undefined || !Array.isArray(translated.content)
    ? [listIn(post, "content")]
    : linesOf(translated);
}
