import { qrMatrix } from "@tessera/domain/qr/matrix";

const QUIET = 2;

/**
 * A QR for a terminal: two modules a character, light on dark drawn as half blocks.
 *
 * @param text What it says.
 * @returns Lines to print.
 */
export function terminalQr(text: string): string {
  const matrix = qrMatrix(text);
  const isLight = (row: number, column: number) => !matrix[row]?.[column];
  const lines: string[] = [];
  for (let row = -QUIET; row < matrix.length + QUIET; row += 2) {
    let line = "";
    for (let column = -QUIET; column < matrix.length + QUIET; column++) {
      const [top, bottom] = [isLight(row, column), isLight(row + 1, column)];
      line += top ? (bottom ? "█" : "▀") : bottom ? "▄" : " ";
    }
    lines.push(line);
  }
  return lines.join("\n");
}
