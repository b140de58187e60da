import { blankImage, type GreyImage } from "../grey-image.ts";
import { halve } from "../halve.ts";

/** How a code is held before a camera. Angles in degrees, lengths in pixels of the frame. */
export interface Pose {
  readonly width: number;
  readonly height: number;
  /** The middle of the code. Default: the middle of the frame. */
  readonly centre?: readonly [x: number, y: number];
  /** The side of the code without its quiet zone, before tilting. */
  readonly side: number;
  readonly turn?: number;
  readonly tilt?: readonly [nodding: number, shaking: number];
  /** Paper around the code, in modules. Default 4. */
  readonly quiet?: number;
  /** Brightness of paper, ink and what is behind. Default 255, 0, 200. */
  readonly shades?: readonly [paper: number, ink: number, behind: number];
  /** Samples across a pixel: 1 is quick and has hard edges, 2 is nearer to a lens. Default 2. */
  readonly samples?: 1 | 2;
}

/** Takes modules and a pose; gives the frame a perfect camera would see: sharp, evenly lit, without noise. */
export function poseCode(matrix: boolean[][], pose: Pose): GreyImage {
  const card = paint(matrix, pose);
  const n = pose.samples ?? 2;
  const fine = blankImage(pose.width * n, pose.height * n);
  const { u, v, w } = unprojection(pose, n);
  const middle = card.side / 2;

  for (let y = 0, i = 0; y < fine.height; y++) {
    for (let x = 0; x < fine.width; x++, i++) {
      const nearness = matrix.length / (w[0] * x + w[1] * y + w[2]);
      const column = Math.floor((u[0] * x + u[1] * y + u[2]) * nearness + middle);
      const row = Math.floor((v[0] * x + v[1] * y + v[2]) * nearness + middle);
      const outside = column < 0 || row < 0 || column >= card.side || row >= card.side;
      fine.data[i] = outside ? card.behind : (card.shades[row * card.side + column] as number);
    }
  }
  return n === 1 ? fine : halve(fine);
}

/** The code on its paper, one number a module. */
function paint(matrix: boolean[][], { shades: [paper, ink, behind] = [255, 0, 200], quiet: border = 4 }: Pose) {
  const side = matrix.length + 2 * border;
  const shades = new Uint8Array(side * side).fill(paper);
  matrix.forEach((row, y) => {
    row.forEach((dark, x) => {
      if (dark) shades[(y + border) * side + x + border] = ink;
    });
  });
  return { shades, side, border, behind };
}

type Plane = readonly [perX: number, perY: number, constant: number];

/**
 * From a point of the frame back onto the code, which lies between -0.5 and 0.5: (u / w, v / w).
 * The code's own axes are turned, then nodded, then shaken; the eye is three code sides away.
 */
function unprojection(pose: Pose, samples: number): { u: Plane; v: Plane; w: Plane } {
  const [centreX, centreY] = pose.centre ?? [pose.width / 2, pose.height / 2];
  const [sinT, cosT] = sinCos(pose.turn ?? 0);
  const [sinN, cosN] = sinCos(pose.tilt?.[0] ?? 0);
  const [sinS, cosS] = sinCos(pose.tilt?.[1] ?? 0);
  const eye = 3;
  const [ax, ay, az] = [cosT * cosS + sinT * sinN * sinS, sinT * cosN, -cosT * sinS + sinT * sinN * cosS];
  const [bx, by, bz] = [-sinT * cosS + cosT * sinN * sinS, cosT * cosN, sinT * sinS + cosT * sinN * cosS];

  const unit = 1 / (pose.side * samples);
  const inPixels = (perX: number, perY: number, constant: number): Plane => [
    perX * unit,
    perY * unit,
    constant + perX * (unit / 2 - centreX / pose.side) + perY * (unit / 2 - centreY / pose.side),
  ];
  return {
    u: inPixels(eye * by, -eye * bx, 0),
    v: inPixels(-eye * ay, eye * ax, 0),
    w: inPixels(ay * bz - az * by, az * bx - ax * bz, eye * (ax * by - ay * bx)),
  };
}

function sinCos(degrees: number): [sin: number, cos: number] {
  const angle = (degrees * Math.PI) / 180;
  return [Math.sin(angle), Math.cos(angle)];
}
