import { isMainThread } from "node:worker_threads";

// Loaded before the server (`node --import`). The channel closes when the launcher dies, however it dies; without this a
// killed launcher would leave a server behind that holds the port and the data folder.
if (isMainThread && process.channel) {
  process.channel.unref();
  process.once("disconnect", () => process.kill(process.pid, "SIGTERM"));
}
