import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { vi } from "vitest";

/** A letter as the mail folder has it. */
export interface Letter {
  to: string;
  subject: string;
  /** The page its link opens, and the token behind the #. */
  page: string;
  token: string;
}

/** @returns The newest letter to an address, as soon as there are so many for it. */
export function letterTo(dataFolder: string, address: string, count = 1): Promise<Letter> {
  return vi.waitFor(
    async () => {
      const mine = (await lettersIn(dataFolder)).filter(({ to }) => to === address);
      const letter = mine[count - 1];
      if (!letter) throw new Error(`${mine.length} letters to ${address}`);
      return letter;
    },
    { timeout: 10_000 },
  );
}

/** @returns Every letter so far, the oldest first. */
export async function lettersIn(dataFolder: string): Promise<Letter[]> {
  const folder = join(dataFolder, "mail");
  const files = await readdir(folder).catch(() => []);
  const texts = await Promise.all(files.toSorted().map((file) => readFile(join(folder, file), "utf8")));
  return texts.map(letterOf);
}

function letterOf(eml: string): Letter {
  const header = (name: string) => eml.match(new RegExp(`^${name}: (.*)\r?$`, "m"))?.[1]?.trim() ?? "";
  const plain = eml
    .replace(/=\r?\n/g, "")
    .replace(/=([0-9A-F]{2})/g, (_all, hex) => String.fromCharCode(parseInt(hex, 16)));
  const [, page = "", token = ""] = plain.match(/https?:\/\/[^/\s]+\/(\w+)#([\w.-]+)/) ?? [];
  return { to: header("To"), subject: header("Subject"), page, token };
}
