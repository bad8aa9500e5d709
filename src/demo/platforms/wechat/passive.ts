import { z } from "zod";
import type { ScreenContent } from "./screen.ts";
import { type AccountState, type Person, show, storedMedia, type World } from "./world.ts";

const article = z.object({ Title: z.string(), Description: z.string().default(""), Url: z.string().default("") });
const text = z.object({ MsgType: z.literal("text"), Content: z.string() });
const image = z.object({ MsgType: z.literal("image"), Image: z.object({ MediaId: z.string() }) });
const news = z.object({
  MsgType: z.literal("news"),
  Articles: z.object({ item: z.union([article, z.array(article).max(1)]) }),
});

const passiveReply = z.discriminatedUnion("MsgType", [text, image, news]);

/**
 * Puts an account's passive reply on the phone. Kinds that put nothing on a screen, such as the hand-over to human
 * customer service, are let pass; an unknown media id shows nothing, as on a real phone.
 */
export function showPassiveReply(
  world: World,
  state: AccountState,
  person: Person,
  reply: Readonly<Record<string, unknown>>,
): void {
  const parsed = passiveReply.safeParse(reply);
  if (!parsed.success) return;
  const content = screenContent(world, state, parsed.data);
  if (content !== null) show(world, state, person, { direction: "in", state: "arrived", rung: "passive", content });
}

function screenContent(world: World, state: AccountState, reply: z.infer<typeof passiveReply>): ScreenContent | null {
  switch (reply.MsgType) {
    case "text":
      return { kind: "text", text: reply.Content };
    case "image": {
      const { MediaId: mediaId } = reply.Image;
      return storedMedia(world, state, mediaId) === null ? null : { kind: "picture", mediaId };
    }
    case "news": {
      const item = Array.isArray(reply.Articles.item) ? reply.Articles.item[0] : reply.Articles.item;
      if (item === undefined) return null;
      return { kind: "article", title: item.Title, description: item.Description, url: item.Url };
    }
  }
}
