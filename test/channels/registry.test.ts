import { expect, it } from "vitest";
import { channelOf, channels } from "../../src/channels/registry.ts";

it("a channel is found by its type, and no two have the same", () => {
  for (const channel of channels) expect(channelOf(channel.type)).toBe(channel);
  expect(channelOf("wechat-official")?.apiBaseVariable).toBe("WECHAT_API_BASE");
  expect(channelOf("pigeon")).toBeNull();
});
