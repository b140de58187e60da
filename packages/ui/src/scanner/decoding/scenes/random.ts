/** Chance that can be repeated: every draw follows from the seed. */
export interface Random {
  /** At least 0, less than 1. */
  uniform(): number;
  /** Bell curve around 0 with sigma 1. */
  gaussian(): number;
}

/** Takes a seed; gives the same run of draws each time. Not for secrets. */
export function seededRandom(seed: number): Random {
  let state = seed >>> 0;

  const uniform = () => {
    state = (state + 0x9e3779b9) >>> 0; // a Weyl sequence, stirred: short, fast, and good enough for pictures
    let mixed = Math.imul(state ^ (state >>> 16), 0x21f0aaad);
    mixed = Math.imul(mixed ^ (mixed >>> 15), 0x735a2d97);
    return ((mixed ^ (mixed >>> 15)) >>> 0) / 2 ** 32;
  };
  const gaussian = () => Math.sqrt(-2 * Math.log(1 - uniform())) * Math.cos(2 * Math.PI * uniform());

  return { uniform, gaussian };
}
