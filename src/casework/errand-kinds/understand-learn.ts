import { z } from "zod";
import { ErrandFailed, errandKind } from "../errands/kind.ts";
import { makeLayer } from "../learning/learn.ts";
import { readFrozen } from "../runtime/frozen-rows.ts";
import { openReader } from "../runtime/open-reader.ts";

/** The errand that makes a layer of understanding of what two people agree on, and measures it; nothing changes until it is published. */
export const UNDERSTAND_LEARN = errandKind({
  name: "understand-learn",
  roles: ["office"],
  seenBy: ["office", "auditor"],
  shape: z.strictObject({}),
  refuse: async (_tx, { kind }) =>
    kind === "person" ? null : "A person asks for it: no program teaches what words mean.",
  async run({ jurisdictionId, by, runtime }) {
    const ground = { reader: openReader(), frozen: readFrozen() };
    const made = await makeLayer(runtime, jurisdictionId, ground, { author: by.name });
    if (!made.ok) throw new ErrandFailed(made.reason);
    const { number, features, rows, people, measured, refusals } = made;
    const { messages, changed, lowered } = measured;
    const { rightBefore, rightAfter, texts } = measured.frozen;
    return {
      answer: {
        number,
        features,
        rows,
        people,
        messages,
        changed,
        lowered,
        rightBefore,
        rightAfter,
        texts,
        mayPublish: refusals.length === 0,
      },
    };
  },
});
