/**
 * Lets what is asked for in one turn of the event loop be answered together. Nobody waits for a timer: who comes alone goes
 * alone, in the same turn.
 *
 * @param most So many go together at most; the rest goes beside them.
 * @param together Answers several, all different. It must not throw.
 * @returns Asks for one. The same one asked for twice in a turn goes twice, each time beside the other.
 */
export function gathered<Asked, Answer>(
  most: number,
  together: (all: readonly Asked[]) => Promise<ReadonlyMap<Asked, Answer>>,
): (asked: Asked) => Promise<Answer> {
  type Waiting = Map<Asked, (answer: Answer) => void>;
  let rounds: Waiting[] = [];

  async function go(round: Waiting): Promise<void> {
    const answers = await together([...round.keys()]);
    for (const [asked, answer] of round) answer(answers.get(asked) as Answer);
  }

  function leave(): void {
    for (const round of rounds.splice(0)) void go(round);
  }

  return (asked) =>
    new Promise((resolve) => {
      if (rounds.length === 0) setImmediate(leave);
      const open = rounds.find((round) => round.size < most && !round.has(asked));
      if (open) open.set(asked, resolve);
      else rounds = [...rounds, new Map([[asked, resolve]])];
    });
}
