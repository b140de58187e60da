import { createHash } from "node:crypto";
import { readLabelKey } from "@tessera/domain/qr/label-key";
import type { Express } from "express";
import type { LabelPictures } from "../labels/label-pictures.ts";
import { qrPng } from "../labels/qr-png.ts";
import { qrSvg } from "../labels/qr-svg.ts";
import type { Deployment } from "../platform.ts";
import { mayGoOn } from "./limit-headers.ts";

const SIZE = { least: 64, usual: 256, most: 2_048 };
const FOR_EVER = "public, max-age=31536000, immutable";
const NAME = /^([0-9A-Z]{17})\.(svg|png)$/;

const drawn = { svg: { type: "image/svg+xml", draw: qrSvg }, png: { type: "image/png", draw: qrPng } } as const;

/**
 * `/img/<key>.svg`, `/img/<key>.png`: the code of a label. The same for ever, so anybody may keep it. A picture is drawn of any
 * text that has the form of a key: that one can be had says nothing of whether there is such a label.
 */
export function mountLabelImages(app: Express, { platform, addressOf }: Deployment, pictures: LabelPictures): void {
  app.get("/img/:name", async (request, response) => {
    const [, key = "", kind = ""] = NAME.exec(request.params.name) ?? [];
    const known = readLabelKey(key);
    const size = sizeIn(request.query.size);
    // One address for each picture: another spelling of the key, or of the size, is none.
    if (known !== key || !size) return void response.status(404).end();
    const holders = { address: addressOf(request) };
    if (!(await mayGoOn({ limiter: platform.limiter, response, limitClass: "read", holders }))) return;

    const { type, draw } = drawn[kind === "svg" ? "svg" : "png"];
    const picture = draw(await pictures.matrixOf(known), size);
    const tag = `"${createHash("sha256").update(picture).digest("base64url").slice(0, 27)}"`;
    response
      .set("cache-control", FOR_EVER)
      .set("etag", tag)
      .set("cross-origin-resource-policy", "cross-origin") // it is there to be shown on other pages
      .type(type);
    if (isKnown(request.headers["if-none-match"], tag)) response.status(304).end();
    else response.send(picture);
  });
}

/** Whether somebody has the picture already. It never changes, so also who wants to be sure has it. */
const isKnown = (tags: string | undefined, tag: string): boolean =>
  tags?.split(",").some((one) => one.trim().replace(/^W\//, "") === tag) ?? false;

function sizeIn(given: unknown): number | null {
  if (given === undefined) return SIZE.usual;
  const size = typeof given === "string" && /^\d{2,4}$/.test(given) ? Number(given) : 0;
  return size >= SIZE.least && size <= SIZE.most ? size : null;
}
