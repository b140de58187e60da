// Runs before the server, with --expose-gc: tells whoever started it how much memory is in use once all garbage is gone.
process.on("message", (asked) => {
  if (asked !== "memory") return;
  globalThis.gc();
  const { rss, heapUsed, external } = process.memoryUsage();
  process.send({ rss, heapUsed, external });
});
process.channel?.unref(); // it must not keep a server that stops
