import { requireNode } from "./node-version.mjs";

requireNode();
// Imported late: what follows uses syntax that a Node too old for Tessera cannot parse.
import("./run.mjs").then(({ run }) => run(() => import("./run-security.mjs")));
