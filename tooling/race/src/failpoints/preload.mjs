// Runs in an API process before the server (node --import). Plain JavaScript: nothing of the product is in it, and nothing
// of it is in the product. The runner says over IPC what shall happen; see messages.ts.
import { isMainThread } from "node:worker_threads";

const RealDate = Date;
const clock = { shiftMs: 0, rate: 1, since: RealDate.now() };
const shiftedNow = () => {
  const real = RealDate.now();
  return Math.round(real + clock.shiftMs + (real - clock.since) * (clock.rate - 1));
};
globalThis.Date = new Proxy(RealDate, {
  construct: (target, args, made) => Reflect.construct(target, args.length > 0 ? args : [shiftedNow()], made),
  apply: (target) => new target(shiftedNow()).toString(),
  get: (target, name) => (name === "now" ? shiftedNow : Reflect.get(target, name)),
});

/** What is armed, by point; each goes off once, on the next passage. */
const armed = new Map();
globalThis.__failpoint = (point) => {
  const signal = armed.get(point);
  if (!signal) return;
  armed.delete(point);
  process.kill(process.pid, signal); // we are stopped, or gone, before this returns
};

if (isMainThread && process.channel) {
  process.on("message", (message) => {
    if (message.kind === "clock") Object.assign(clock, message, { since: RealDate.now() });
    if (message.kind === "arm") armed.set(message.point, message.signal);
    if (message.kind === "disarm") armed.clear();
  });
  process.channel.unref(); // listening for faults is no reason to stay
}
