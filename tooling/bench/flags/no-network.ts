import { Socket } from "node:net";

/**
 * Nothing in this process opens a connection from now on: a client that asks its service would be measured with the wait.
 *
 * @returns Tells how many tries there were.
 */
export function forbidNetwork(): () => number {
  let tries = 0;
  Socket.prototype.connect = () => {
    tries += 1;
    throw new Error("nobody may use the network here");
  };
  return () => tries;
}
