import { redemptionPoints, relayPoints } from "../failpoints/messages.ts";
import { pause } from "../time.ts";
import { stateOf } from "../world/process-state.ts";
import { brokenFor, type Fault } from "./fault.ts";

export const apiKilled: Fault = {
  id: "F1",
  breaks: "an API process is killed and comes back",
  async inject({ nodes }, chance, tell) {
    const node = chance.pick(nodes);
    tell(`kills api ${node.index}`);
    await node.kill();
    await brokenFor(200, pause, node.start);
  },
};

/** How long a process that was told to stop may take to come to the point. */
const COMES_BY_MS = 3_000;

export const apiPausedAtPoint: Fault = {
  id: "F2",
  breaks: "an API process stands still at the worst moment, longer than its lock lives",
  async inject({ nodes }, chance, tell) {
    const node = chance.pick(nodes);
    const point = chance.pick(redemptionPoints);
    node.arm(point, "SIGSTOP");
    const reached = await comesToStop(node.pid(), "T");
    tell(`${reached ? "stops" : "would have stopped"} api ${node.index} at ${point}`);
    const heal = () => {
      node.disarm();
      node.signal("SIGCONT");
    };
    await brokenFor(reached ? chance.between(1_600, 3_000) : 0, pause, heal);
  },
};

export const apiPausedAnywhere: Fault = {
  id: "F3",
  breaks: "an API process stands still",
  async inject({ nodes }, chance, tell) {
    const node = chance.pick(nodes);
    tell(`stops api ${node.index}`);
    node.signal("SIGSTOP");
    await brokenFor(chance.between(500, 3_000), pause, () => node.signal("SIGCONT"));
  },
};

export const relayKilled: Fault = {
  id: "F21",
  breaks: "an API process dies between numbering events and telling of them",
  async inject({ nodes }, chance, tell) {
    const node = chance.pick(nodes);
    const point = chance.pick(relayPoints);
    node.arm(point, "SIGKILL");
    const reached = await comesToStop(node.pid(), null);
    tell(`${reached ? "kills" : "would have killed"} api ${node.index} at ${point}`);
    if (reached)
      await node.kill(); // gone already: waits until we have heard so, or the start would find it running
    else node.disarm();
    await node.start();
  },
};

export const apiClockJumps: Fault = {
  id: "F16",
  breaks: "the clock of an API process jumps, or runs backwards",
  async inject({ nodes }, chance, tell) {
    const node = chance.pick(nodes);
    const shiftMs = chance.pick([-3_600_000, -2_000, 2_000, 3_600_000]);
    const rate = chance.pick([1, 1, -1]);
    tell(`sets the clock of api ${node.index} off by ${shiftMs} ms${rate < 0 ? ", running backwards" : ""}`);
    node.shiftClock(shiftMs, rate);
    await brokenFor(chance.between(1_000, 2_500), pause, () => node.shiftClock(0));
  },
};

/** As a load balancer and a deployment do it: told first, then ended in order, then the next one. */
export const rollingDeploy: Fault = {
  id: "F24",
  breaks: "every API process is replaced, one after the other",
  async inject({ nodes }, _chance, tell) {
    for (const node of nodes) {
      tell(`replaces api ${node.index}`);
      node.isInRotation = false;
      await node.stop();
      await brokenFor(0, pause, node.start);
      node.isInRotation = true;
    }
  },
};

/** @param state `T`: stopped; null: gone. @returns Whether it came to that in time. */
async function comesToStop(pid: number, state: "T" | null): Promise<boolean> {
  for (const giveUpAt = performance.now() + COMES_BY_MS; performance.now() < giveUpAt; await pause(5)) {
    if (stateOf(pid) === state) return true;
  }
  return false;
}
