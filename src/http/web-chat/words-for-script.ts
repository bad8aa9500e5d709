import { LARGEST_PHOTO_BYTES, MOST_PHOTOS } from "../../domain/web-chat/said.ts";
import type { WebChatWording } from "../../domain/wording/web-chat/sentences.ts";
import { inTemplate } from "../public-pages/words-in-page.ts";

/** The sentences that the page's script says, as JSON in which nothing can end the element that holds it. */
export function wordsForScript(say: WebChatWording): string {
  const { place, link, refused } = say;
  const words = {
    ...{ lang: say.lang, send: say.send(), sending: say.sending(), sent: say.sent(), tryAgain: say.tryAgain() },
    ...{ noNetwork: say.noNetwork(), backAgain: say.backAgain(), proving: refused.proving() },
    ...{ larger: say.larger(), smaller: say.smaller(), read: say.readAloud(), stopReading: say.stopReading() },
    ...{ copied: link.copied(), none: place.none(), chosen: place.chosen(), looking: place.looking() },
    ...{
      vague: place.vague({ metres: "{metres}" }),
      unknown: place.unknown(),
      map: place.map(),
      centre: place.centre(),
    },
    ...{ use: place.use(), close: place.close() },
    wordsWent: refused.wordsWent(),
    notStored: refused.notStored(),
    tooLarge: refused.tooLarge({ megabytes: LARGEST_PHOTO_BYTES / 1024 / 1024 }),
    tooManyPhotos: refused.tooManyPhotos({ most: MOST_PHOTOS }),
    noPhoto: refused.noPhoto(),
  };
  return inTemplate(words);
}
