const TEXT = 0x81; // the last (and only) fragment of a text
const PING = 0x89;

/** A ping without a word. */
export const PING_FRAME = Buffer.from([PING, 0]);

/**
 * A text as a server sends it: RFC 6455, section 5.2, unmasked, in one fragment. Made once, it may be written to any number
 * of sockets.
 */
export function textFrame(text: string): Buffer {
  const length = Buffer.byteLength(text);
  const head = length < 126 ? 2 : length < 65_536 ? 4 : 10;
  const frame = Buffer.allocUnsafeSlow(head + length); // it may wait for slow readers, and must not keep a pool's page
  frame[0] = TEXT;
  if (head === 2) frame[1] = length;
  else if (head === 4) {
    frame[1] = 126;
    frame.writeUInt16BE(length, 2);
  } else {
    frame[1] = 127;
    frame.writeBigUInt64BE(BigInt(length), 2);
  }
  frame.write(text, head);
  return frame;
}
