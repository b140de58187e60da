import { randomBytes } from "node:crypto";
import { readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { sealSigner } from "@tessera/db";

/** A secret that the deployment had before. */
export interface OlderSecret {
  secret: string;
  /** Until then what was made under it is still accepted. */
  until: Date;
}

/** What everything secret of a deployment is made from: sign-in, codes, their signing keys, the seals of journals. */
export interface Secrets {
  current: string;
  /** The newest first. */
  older: readonly OlderSecret[];
  /** Public keys of seals whose secrets have ended: journals that were sealed with them still verify. Hexadecimal. */
  sealKeys: readonly string[];
}

/** Longer than a session lasts, so nobody is signed out by a rotation, and long enough to let every code key be rotated. */
const GRACE_DAYS = 30;
const DAY_MS = 86_400_000;
const OWNER_ONLY = 0o600;

/** @returns 64 hexadecimal characters by chance. */
export const newSecret = (): string => randomBytes(32).toString("hex");

/**
 * The secrets of an embedded deployment: made once, kept beside the data, readable by this user only. With them lost, codes
 * that are out and sessions are void, and second factors have to be set up anew; nothing else.
 *
 * @param folder The data folder, which this process holds.
 */
export function secretsIn(folder: string): Secrets {
  const file = fileIn(folder);
  try {
    return read(readFileSync(file, "utf8"));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ENOENT") throw error;
    const secrets: Secrets = { current: newSecret(), older: [], sealKeys: [] };
    writeFileSync(file, written(secrets), { mode: OWNER_ONLY, flag: "wx" });
    return secrets;
  }
}

/**
 * Gives an embedded deployment another secret. The one before is accepted for another thirty days.
 *
 * @param folder The data folder, which nobody else may hold meanwhile.
 * @param now When.
 * @returns Both.
 */
export function rotateSecretIn(folder: string, now: Date): Secrets {
  const secrets = rotated(secretsIn(folder), newSecret(), now);
  const file = fileIn(folder);
  writeFileSync(`${file}.new`, written(secrets), { mode: OWNER_ONLY }); // whole or not at all
  renameSync(`${file}.new`, file);
  return secrets;
}

/** @returns The secrets after a rotation: of those that have ended, only the public key of their seals stays. */
export function rotated({ current, older, sealKeys }: Secrets, next: string, now: Date): Secrets {
  const hasEnded = ({ until }: OlderSecret) => until <= now;
  const ended = older.filter(hasEnded).map(({ secret }) => sealSigner(secret).publicKey);
  const before = { secret: current, until: new Date(now.getTime() + GRACE_DAYS * DAY_MS) };
  return {
    current: next,
    older: [before, ...older.filter((one) => !hasEnded(one))],
    sealKeys: [...sealKeys, ...ended],
  };
}

/** @returns Those of the older ones that have not ended. */
export const acceptedOf = ({ older }: Pick<Secrets, "older">, now: Date): string[] =>
  older.filter(({ until }) => until > now).map(({ secret }) => secret);

/**
 * @param text As it stands in `TESSERA_SECRET_PREVIOUS`: `secret@2026-12-31T00:00:00Z`, several with commas between.
 * @returns Null: it cannot be read.
 */
export function olderSecretsFrom(text: string): OlderSecret[] | null {
  const found = [...text.trim().matchAll(ONE)];
  const all = found.map(([, secret = "", until = ""]) => ({ secret, until: new Date(until) }));
  const isWhole = found.map(([one]) => one).join("") === text.trim();
  const areGood = all.every(({ secret, until }) => secret.length >= 32 && !Number.isNaN(until.getTime()));
  return isWhole && areGood && all.length > 0 ? all : null;
}

/** @returns The same, the other way. */
export const olderSecretsText = (older: readonly OlderSecret[]): string =>
  older.map(({ secret, until }) => `${secret}@${until.toISOString()}`).join(",");

/** A secret may have commas and an @ in it, so what ends one is a date. */
const ONE = /\s*(.+?)@(\d{4}-\d\d-\d\d[\dTZ:.+-]*)(?:,|$)/g;

const fileIn = (folder: string): string => join(folder, "secret");

/** The first line is the secret itself, as it was before there were others. */
function written({ current, older, sealKeys }: Secrets): string {
  const lines = [
    current,
    ...older.map((one) => `previous ${olderSecretsText([one])}`),
    ...sealKeys.map((key) => `seal ${key}`),
  ];
  return `${lines.join("\n")}\n`;
}

function read(text: string): Secrets {
  const [current = "", ...lines] = text.trim().split("\n");
  const after = (word: string) =>
    lines.filter((line) => line.startsWith(`${word} `)).map((line) => line.slice(word.length + 1));
  return {
    current,
    older: after("previous").flatMap((one) => olderSecretsFrom(one) ?? []),
    sealKeys: after("seal"),
  };
}
