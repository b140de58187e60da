import { qrMatrix } from "@tessera/domain/qr/matrix";
import {
  addNoise,
  anyText,
  blur,
  chooseMask,
  type GreyImage,
  motion,
  type Pose,
  poseCode,
  type Random,
  seededRandom,
} from "@tessera/ui/scanner/decoding";

const FRAME = { width: 1280, height: 720 };

/** One person holding one code before the camera: the text, and the frames the camera takes of it. */
export interface Scene {
  readonly text: string;
  readonly frames: readonly GreyImage[];
}

/** Takes a number of scenes and a seed; gives scenes as they come at a kiosk: near and far, tilted, dim, blurred, dark mode. */
export function* kioskMix(count: number, seed: number, framesEach = 3): Generator<Scene> {
  for (let i = 0; i < count; i++) yield scene(seededRandom(seed * 10_007 + i), framesEach);
}

function scene(random: Random, frameCount: number): Scene {
  const text = anyText(random, random.uniform() < 0.7 ? 28 : 148); // mostly opaque codes, some that carry a signature
  const mask = chooseMask(text);
  const matrix = qrMatrix(text, mask === null ? {} : { mask });
  const hold = holdOf(random);
  return { text, frames: Array.from({ length: frameCount }, () => frameOf(matrix, hold, random)) };
}

/** What stays the same while one person holds one code. */
function holdOf(random: Random) {
  const between = (low: number, high: number) => low + random.uniform() * (high - low);
  const contrast = between(0.3, 1);
  const ink = between(10, 245 - 230 * contrast);
  const dark = random.uniform() < 0.2;
  const shades: [number, number] = [ink + 230 * contrast, ink];
  return {
    side: FRAME.height * between(0.15, 0.6),
    turn: 12 * random.gaussian() + (random.uniform() < 0.1 ? 90 : 0),
    tilt: [18 * random.gaussian(), 18 * random.gaussian()].map((angle) => Math.max(-55, Math.min(55, angle))),
    shades: dark ? shades.reverse() : shades,
    behind: between(20, 235),
    quiet: Math.floor(between(1, 5)),
    blur: Math.abs(1.3 * random.gaussian()),
    noise: between(2, 14),
    glare: random.uniform() < 0.25,
    gradient: random.uniform() < 0.4 ? between(0.3, 0.7) : 0,
    motion: random.uniform() < 0.2 ? Math.floor(between(2, 8)) : 0,
  };
}

function frameOf(matrix: boolean[][], hold: ReturnType<typeof holdOf>, random: Random): GreyImage {
  const jitter = (size: number) => size * random.gaussian();
  const pose: Pose = {
    ...FRAME,
    centre: [FRAME.width / 2 + jitter(40), FRAME.height / 2 + jitter(25)],
    side: hold.side * (1 + jitter(0.03)),
    turn: hold.turn + jitter(2),
    tilt: [(hold.tilt[0] ?? 0) + jitter(2), (hold.tilt[1] ?? 0) + jitter(2)],
    quiet: hold.quiet,
    shades: [hold.shades[0] ?? 255, hold.shades[1] ?? 0, hold.behind],
  };
  let image = light(poseCode(matrix, pose), hold, pose, random);
  image = blur(image, hold.blur);
  if (hold.motion) image = motion(image, hold.motion);
  return addNoise(image, hold.noise, random);
}

/** Lamps: a fall of light across the frame, and a bright spot on the glass. */
function light(image: GreyImage, hold: ReturnType<typeof holdOf>, pose: Pose, random: Random): GreyImage {
  if (!hold.glare && !hold.gradient) return image;
  const [x0, y0] = [
    FRAME.width / 2 + pose.side * 0.5 * random.gaussian(),
    FRAME.height / 2 + pose.side * 0.5 * random.gaussian(),
  ];
  const radius = pose.side * 0.25;
  for (let y = 0, i = 0; y < image.height; y++) {
    for (let x = 0; x < image.width; x++, i++) {
      const fall = 1 - hold.gradient * (x / image.width);
      const spot = hold.glare ? 160 * Math.exp(-((x - x0) ** 2 + (y - y0) ** 2) / (2 * radius ** 2)) : 0;
      image.data[i] = (image.data[i] as number) * fall + spot;
    }
  }
  return image;
}
