import { QUIET_MODULES } from "@tessera/domain/labels/sheets";
import { qrSvgPath } from "@tessera/domain/qr/matrix";

/**
 * @param matrix A code's modules.
 * @param size Width and height in pixels of the page.
 * @returns The code with its quiet zone, as an SVG that stays sharp at any size.
 */
export function qrSvg(matrix: boolean[][], size: number): string {
  const side = matrix.length + 2 * QUIET_MODULES;
  const open = `<svg xmlns="http://www.w3.org/2000/svg" width="${size}" height="${size}" viewBox="0 0 ${side} ${side}" shape-rendering="crispEdges">`;
  const paper = `<path fill="#fff" d="M0 0h${side}v${side}H0z"/>`;
  return `${open}${paper}<path transform="translate(${QUIET_MODULES} ${QUIET_MODULES})" d="${qrSvgPath(matrix)}"/></svg>`;
}
