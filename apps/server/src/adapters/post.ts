import { randomUUID } from "node:crypto";
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import type { Mail, Post } from "@tessera/domain/people/mails";
import { createTransport } from "nodemailer";
import type { Logger } from "pino";
import type { MailRoute } from "../config.ts";

/** After these the letter is tried again; then it is given up. */
const WAITS_MS = [2_000, 15_000];
/** A mail server that says nothing for so long is not there. */
const PATIENCE = { connectionTimeout: 10_000, greetingTimeout: 10_000, socketTimeout: 20_000 };
/** A letter loads nothing from this machine or from elsewhere, whatever is in it. */
const AS_IT_IS = { disableFileAccess: true, disableUrlAccess: true };

export interface OpenPost extends Post {
  /** Waits for what is on its way; what would have to be tried again later is given up. */
  close(): Promise<void>;
}

/**
 * @param route How letters leave.
 * @param log Never told who gets a letter, nor what is in it: links in letters are as good as passwords.
 * @param waits Between one try and the next, milliseconds.
 */
export function openPost(route: MailRoute, log: Logger, waits: readonly number[] = WAITS_MS): OpenPost {
  const carry = route.kind === "smtp" ? overSmtp(route) : intoFolder(route, log);
  const closing = new AbortController();
  const onTheWay = new Set<Promise<void>>();

  async function deliver(mail: Mail): Promise<void> {
    for (const wait of [...waits, null]) {
      try {
        return await carry(mail);
      } catch (cause) {
        log.error(
          whyOf(cause),
          wait === null ? "a letter could not be sent and is lost" : "a letter could not be sent yet",
        );
      }
      if (wait === null || closing.signal.aborted) return;
      await sleep(wait, null, { signal: closing.signal }).catch(() => {});
    }
  }

  return {
    send(mail) {
      const delivery = deliver(mail).finally(() => onTheWay.delete(delivery));
      onTheWay.add(delivery);
    },
    async close() {
      closing.abort();
      await Promise.all(onTheWay);
    },
  };
}

type Carry = (mail: Mail) => Promise<void>;

function overSmtp({ url, from }: Extract<MailRoute, { kind: "smtp" }>): Carry {
  const transport = createTransport({ url, ...PATIENCE });
  return async (mail) => {
    await transport.sendMail({ from, ...mail, ...AS_IT_IS });
  };
}

/** Without a mail server: one file for each letter, for who runs the deployment and nobody else. */
function intoFolder({ folder, from }: Extract<MailRoute, { kind: "folder" }>, log: Logger): Carry {
  const transport = createTransport({ streamTransport: true, buffer: true });
  return async (mail) => {
    const { message } = await transport.sendMail({ from, ...mail, ...AS_IT_IS });
    const file = `${Date.now()}-${randomUUID()}.eml`;
    await mkdir(folder, { recursive: true, mode: 0o700 });
    await writeFile(join(folder, file), message, { mode: 0o600 });
    log.warn({ file }, "a letter is in the mail folder: no SMTP_URL is set");
  };
}

/** What may be written down of a failure: a server's own words repeat the address. */
function whyOf(cause: unknown): { code: unknown; answer: unknown } {
  const { code, responseCode } = Object(cause) as { code?: unknown; responseCode?: unknown };
  return { code, answer: responseCode };
}
