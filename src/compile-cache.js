// JavaScript, for it is what makes TypeScript fast to load.
import { enableCompileCache } from "node:module";
import { fileURLToPath } from "node:url";

// Below node_modules, so that git never sees it and `npm ci` begins it anew. Node looks at each file again to see whether what was
// compiled of it still holds; where nothing can be kept, nothing is.
enableCompileCache(fileURLToPath(new URL("../node_modules/.cache/liaison", import.meta.url)));
