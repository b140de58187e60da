import { pause } from "../time.ts";
import type { ApiNode } from "../world/api-node.ts";

/** Shares the load out among the processes that say they are ready, as whatever stands before a deployment does. */
export interface Balancer {
  /** @returns One that was ready when it was last asked. @throws Error When none is. */
  pick(): ApiNode;
  stop(): Promise<void>;
}

/** How often `/readyz` is asked. */
const LOOK_MS = 100;

/** @param looks False: it believes that all are ready, always. For controls. */
export function startBalancer(nodes: readonly ApiNode[], looks = true): Balancer {
  let ready = [...nodes];
  let turn = 0;
  let isOn = looks;

  const isReady = ({ url }: ApiNode) =>
    fetch(`${url}/readyz`, { signal: AbortSignal.timeout(1_000) }).then(
      ({ status }) => status === 200,
      () => false,
    );
  const looking = (async () => {
    while (isOn) {
      const answers = await Promise.all(nodes.map(isReady));
      ready = nodes.filter((_, index) => answers[index]);
      await pause(LOOK_MS);
    }
  })();

  return {
    pick() {
      const node = ready[turn++ % ready.length];
      if (!node) throw new Error("no process is ready");
      return node;
    },
    async stop() {
      isOn = false;
      await looking;
    },
  };
}
