import { fileURLToPath } from "node:url";
import { cruiseTree } from "./src/cruise-tree.mjs";

const { modules, violations } = await cruiseTree(fileURLToPath(new URL("../../", import.meta.url)));

for (const { sentence } of violations) console.log(sentence);
// With a TypeScript that it does not know, the cruiser reads nothing and is content.
if (modules.length === 0)
  console.log("No file was looked at: dependency-cruiser and TypeScript do not fit each other.");
console.log(`${modules.length} files, ${violations.length} wrong imports`);
process.exitCode = violations.length > 0 || modules.length === 0 ? 1 : 0;
