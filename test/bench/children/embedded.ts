import { openEmbedded } from "../../../db/embedded/embedded.ts";
import { serveBenchmark, setup } from "./parent.ts";

/** Nothing but the embedded database. */
const { folder } = setup<{ readonly folder: string }>();
const server = await openEmbedded({ folder, asService: true, say: () => undefined });

serveBenchmark({ close: () => server.close() });
