// A crowd in a process of its own: what clients cost must not be counted with the server, nor wait for the bench.
import { Crowd } from "./crowd.ts";
import type { Asked, Told } from "./messages.ts";

let crowd: Crowd | null = null;

async function done(asked: Asked): Promise<Told["result"]> {
  if (asked.kind === "open") {
    crowd = new Crowd(asked.ports, asked.dialect, asked.token, asked.comesBack);
    return null;
  }
  if (!crowd) throw new Error("there is no crowd yet");
  if (asked.kind === "enter") return crowd.enter(asked.count, asked.atOnce);
  if (asked.kind === "listen") return crowd.listen(asked.ms);
  if (asked.kind === "settle") return crowd.settle(asked.patienceMs);
  if (asked.kind === "until_all_in") await crowd.untilAllIn(asked.patienceMs);
  else if (asked.kind === "publish") await crowd.publish(asked.publishing);
  else if (asked.kind === "stop_publishing") await crowd.stopPublishing();
  else crowd.leave();
  return null;
}

process.on("message", (asked: Asked) => {
  done(asked).then(
    (result) => process.send?.({ result, error: null } satisfies Told),
    (cause) => process.send?.({ result: null, error: String(cause instanceof Error ? cause.stack : cause) }),
  );
});
process.on("disconnect", () => process.exit());
