import { offerCopying, openByLink } from "./link.ts";
import { stayFresh } from "./live.ts";
import { offerPlace } from "./place.ts";
import { sendFromPage } from "./send.ts";
import { offerSize } from "./size.ts";
import { offerReading } from "./speak.ts";

// The page works without any of this; where one part cannot begin, in an old browser, the others do.
for (const begin of [sendFromPage, openByLink, offerSize, stayFresh, offerPlace, offerReading, offerCopying]) {
  try {
    begin();
  } catch {
    document.documentElement.dataset.without = `${document.documentElement.dataset.without ?? ""} ${begin.name}`;
  }
}
