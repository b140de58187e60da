// The least of RFC 6455 that a client needs, so that what is measured is the server and not a library of ours.

const TEXT = 0x81;
const MASKED = 0x80;
const [PING, PONG, CLOSE] = [9, 10, 8];

/** @param path With what stands behind a question mark. */
export const upgradeRequest = ({ host }: URL, path: string): string =>
  `GET ${path} HTTP/1.1\r\nhost: ${host}\r\nconnection: upgrade\r\nupgrade: websocket\r\nsec-websocket-version: 13\r\nsec-websocket-key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n`;

/** A text as a client sends it. It is masked with nothing but zeros: legal, and costs nothing. */
export function clientFrame(text: string): Buffer {
  const length = Buffer.byteLength(text);
  if (length > 65_535) throw new RangeError("no client of the bench says so much");
  const head = length < 126 ? 6 : 8;
  const frame = Buffer.alloc(head + length);
  frame[0] = TEXT;
  frame[1] = MASKED | Math.min(length, 126); // 126: the length follows
  if (length >= 126) frame.writeUInt16BE(length, 2);
  frame.write(text, head);
  return frame;
}

export const PONG_FRAME: Buffer = Buffer.from([0x80 | PONG, MASKED, 0, 0, 0, 0]);

/** Told of what a server sends. `bytes` is good for the time of the call only. */
export interface Hearing {
  text(bytes: Buffer, from: number, to: number): void;
  ping(): void;
  close(code: number): void;
}

/**
 * Cuts what comes from a server into frames.
 *
 * @returns What is left at the end: the beginning of a frame, as bytes of its own; null when nothing is.
 */
export function readFrames(bytes: Buffer, start: number, end: number, hearing: Hearing): Buffer | null {
  let at = start;
  while (end - at >= 2) {
    const short = (bytes[at + 1] as number) & 0x7f;
    const head = short < 126 ? 2 : short === 126 ? 4 : 10;
    if (end - at < head) break;
    const length =
      short < 126 ? short : short === 126 ? bytes.readUInt16BE(at + 2) : Number(bytes.readBigUInt64BE(at + 2));
    const from = at + head;
    if (end < from + length) break;
    const kind = (bytes[at] as number) & 0x0f;
    if (kind === PING) hearing.ping();
    else if (kind === CLOSE) hearing.close(length >= 2 ? bytes.readUInt16BE(from) : 1005);
    else if (kind !== PONG) hearing.text(bytes, from, from + length);
    at = from + length;
  }
  return at < end ? Buffer.from(bytes.subarray(at, end)) : null;
}
