import { parseArgs } from "node:util";
import { measureFrames } from "./frames.ts";
import { measurePhotos } from "./photos.ts";

const { values } = parseArgs({ options: { photos: { type: "string" }, scenes: { type: "string", default: "60" } } });

await measureFrames(Number(values.scenes));
if (values.photos) measurePhotos(values.photos);
else console.log("photos: none (say --photos DIR, a folder with an index.json of { file, texts })");
