import type { EdgeWording } from "./sentences.ts";

/** The English sentences of what is said while the service itself is away. */
export const edgeEn: EdgeWording = {
  late: () =>
    "Your words have arrived and are kept. The service is slow just now and goes on when it can; you need not send them again. In danger call 110, 120 or 119 first.",
};
