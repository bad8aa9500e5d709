import { openDatabase } from "../../db/database.ts";
import { startErrands } from "../../workers/errands.ts";
import { COUNTING } from "../workers/errand-kinds.ts";
import { openSendingRuntime } from "../workers/sending-runtime.ts";

/** Does errands until it is killed. */
const from = JSON.parse(process.argv[2] ?? "{}");
const { runtime } = await openSendingRuntime(from);
startErrands({ runtime, kinds: COUNTING, openLong: () => openDatabase({ url: from.url }), log: runtime.log });
