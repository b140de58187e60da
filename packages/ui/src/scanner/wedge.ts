/** What to do with a text a hand scanner typed. */
export interface WedgeWish {
  readonly onRead: (text: string) => void;
  /** Tells whether a text is one of ours. Default: every text is. */
  readonly accepts?: (text: string) => boolean;
}

interface Stroke {
  readonly key: string;
  readonly at: number;
}

const FASTER_THAN_FINGERS_MS = 60; // median gap: scanners were measured at 5 to 60 ms, and a slow key may slip in
const SILENCE_MS = 120;
const SHORTEST = 8;
const endings = new Set(["Enter", "Tab", "\n"]);

/**
 * Takes a window; reports what a keyboard-wedge scanner types into it, until the function it gives is called.
 * There is no limit on the whole: a long code at 20 ms a key takes seconds. While somebody writes in a field all keys
 * are theirs.
 */
export function listenForWedge(target: Window, { onRead, accepts = () => true }: WedgeWish): () => void {
  let strokes: Stroke[] = [];
  let silence: ReturnType<typeof setTimeout> | undefined;

  const finish = (): boolean => {
    clearTimeout(silence);
    const text = strokes.map((stroke) => stroke.key).join("");
    const typedByScanner = text.length >= SHORTEST && medianGap(strokes) <= FASTER_THAN_FINGERS_MS;
    strokes = [];
    if (!typedByScanner || !accepts(text)) return false;
    onRead(text);
    return true;
  };

  /** A page that was held up runs its timers before the keys that wait: then the silence was not the scanner's. */
  const listenForSilence = () => {
    clearTimeout(silence);
    const due = performance.now() + SILENCE_MS;
    silence = setTimeout(() => {
      if (performance.now() - due > SILENCE_MS) listenForSilence();
      else finish();
    }, SILENCE_MS);
  };

  const onKey = (event: KeyboardEvent) => {
    if (isWriting(target.document)) {
      strokes = [];
      return;
    }
    const late = event.timeStamp - (strokes.at(-1)?.at ?? event.timeStamp) > SILENCE_MS;
    if (late) finish();
    if (endings.has(event.key)) {
      if (finish()) swallow(event); // or the Enter would press the button that has the focus
      return;
    }
    if (!isCharacter(event)) return;
    strokes.push({ key: event.key, at: event.timeStamp });
    listenForSilence();
  };

  target.addEventListener("keydown", onKey, { capture: true });
  return () => {
    clearTimeout(silence);
    target.removeEventListener("keydown", onKey, { capture: true });
  };
}

/** Shift arrives as a key of its own and is in the character already; shortcuts and held keys are fingers. */
const isCharacter = (event: KeyboardEvent) =>
  event.key.length === 1 && !event.ctrlKey && !event.metaKey && !event.altKey && !event.repeat && !event.isComposing;

function isWriting(document: Document): boolean {
  const focused = document.activeElement;
  return focused instanceof HTMLElement && (focused.isContentEditable || focused.matches("input, textarea, select"));
}

function medianGap(strokes: readonly Stroke[]): number {
  const gaps = strokes.slice(1).map((stroke, i) => stroke.at - (strokes[i]?.at ?? 0));
  return gaps.sort((a, b) => a - b)[gaps.length >> 1] ?? Number.POSITIVE_INFINITY;
}

function swallow(event: KeyboardEvent) {
  event.preventDefault();
  event.stopImmediatePropagation();
}
