/** A failure that the launcher foresaw: its message is for the person at the terminal, so no stack is printed. */
export class Refused extends Error {}

const READ_ONLY = new Set(["EROFS", "EACCES", "EPERM"]);

/** Turns "this folder cannot be written" into a sentence that says what to do; other errors pass through. */
export async function explainReadOnly(folder, work) {
  try {
    return await work();
  } catch (error) {
    if (!READ_ONLY.has(error.code)) throw error;
    throw new Refused(
      `Tessera cannot write to ${folder} (${error.code}): run it from a copy of the folder that belongs to you.`,
      { cause: error },
    );
  }
}
