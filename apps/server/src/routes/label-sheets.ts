import { admits, holdersOf, kindOf } from "@tessera/api";
import { LabelBatchId } from "@tessera/contracts";
import { isSheetName, sheetFormats } from "@tessera/domain/labels/sheets";
import type { TenantScope } from "@tessera/domain/tenant-scope";
import type { Express } from "express";
import type { LabelPictures } from "../labels/label-pictures.ts";
import { labelSheet } from "../labels/label-sheet.ts";
import type { Deployment } from "../platform.ts";
import { mayGoOn } from "./limit-headers.ts";

/**
 * `/api/labels/<batch>.pdf?format=L7160`: a batch of labels, to print. For staff. Drawing and reading five hundred codes takes
 * half a minute the first time.
 */
export function mountLabelSheets(
  app: Express,
  { platform, callers, addressOf, log }: Deployment,
  pictures: LabelPictures,
): void {
  app.get("/api/labels/:batch.pdf", async (request, response) => {
    const caller = await callers.recognise(request.headers);
    const holders = holdersOf(caller, addressOf(request));
    if (!(await mayGoOn({ limiter: platform.limiter, response, limitClass: "read", holders }))) return;
    if (!caller) return void response.status(401).json({ message: "Sign in first." });
    if (!admits("staff", kindOf(caller))) return void response.status(403).json({ message: "This is for staff." });

    const batch = LabelBatchId.safeParse(request.params.batch);
    const format = typeof request.query.format === "string" ? request.query.format : "A4";
    if (!isSheetName(format)) {
      const message = `The sheets are ${Object.keys(sheetFormats).join(", ")}.`;
      return void response.status(400).json({ message });
    }
    const { labels } = platform.openTenant(caller.tenant.id as TenantScope);
    const printed = batch.success ? await labels.printed(batch.data) : [];
    if (printed.length === 0) return void response.status(404).json({ message: "There is no such batch." });

    try {
      const pdf = await labelSheet(printed, sheetFormats[format], pictures);
      response.set("cache-control", "private, no-store").type("application/pdf").send(pdf);
    } catch (cause) {
      log.error({ err: cause }, "labels could not be drawn");
      response.status(500).json({ message: "The labels could not be drawn. Try again." });
    }
  });
}
