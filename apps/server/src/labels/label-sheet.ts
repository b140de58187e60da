import type { ThingLabel } from "@tessera/contracts";
import { labelLayout, labelPlace, type SheetFormat } from "@tessera/domain/labels/sheets";
import { labelGroups, readLabelKey } from "@tessera/domain/qr/label-key";
import { qrSvgPath } from "@tessera/domain/qr/matrix";
import PDFDocument from "pdfkit";
import type { LabelPictures } from "./label-pictures.ts";

const POINTS_PER_MM = 72 / 25.4;
const KEY_POINTS = 6.5;
const NAME_POINTS = 5.5;

type Printed = Pick<ThingLabel, "key" | "name">;

/**
 * Draws labels on sheets: each code as it was seen to be read, its letters in groups below, for times when no camera helps.
 *
 * @param labels In the order in which they lie on the sheets.
 * @param format Of the sheets.
 * @param pictures Draws and reads each code first.
 * @returns The PDF.
 */
export async function labelSheet(
  labels: readonly Printed[],
  format: SheetFormat,
  pictures: LabelPictures,
): Promise<Buffer> {
  const size = format.page.map((mm) => mm * POINTS_PER_MM) as [number, number];
  const sheet = new PDFDocument({
    size,
    margin: 0,
    autoFirstPage: false,
    info: { Title: "Labels", Creator: "Tessera" },
  });
  const pieces: Buffer[] = [];
  sheet.on("data", (piece: Buffer) => pieces.push(piece));
  const ended = new Promise<void>((resolve, reject) => sheet.on("end", resolve).on("error", reject));

  let pages = 0;
  for (const [number, label] of labels.entries()) {
    const { page, left, top } = labelPlace(format, number);
    if (page === pages) {
      sheet.addPage();
      pages++;
    }
    await draw(sheet, label, { format, pictures, left, top });
  }
  sheet.end();
  await ended;
  return Buffer.concat(pieces);
}

interface Place {
  format: SheetFormat;
  pictures: LabelPictures;
  left: number;
  top: number;
}

async function draw(sheet: PDFKit.PDFDocument, { key, name }: Printed, { format, pictures, left, top }: Place) {
  const known = readLabelKey(key);
  if (!known) throw new Error(`the label ${name} has a key that is none`);
  const matrix = await pictures.matrixOf(known);
  const code = labelLayout(format, matrix.length);
  const points = (mm: number) => mm * POINTS_PER_MM;

  sheet
    .save()
    .translate(points(left + code.left), points(top + code.top))
    .scale(points(code.module));
  sheet.path(qrSvgPath(matrix)).fill("black").restore();

  const line = { width: points(format.label[0]), align: "center", lineBreak: false } as const;
  const below = points(top + code.text);
  sheet
    .fillColor("black")
    .font("Courier-Bold")
    .fontSize(KEY_POINTS)
    .text(labelGroups(known), points(left), below, line);
  sheet
    .font("Helvetica")
    .fontSize(NAME_POINTS)
    .text(name, points(left), below + KEY_POINTS, line);
}
