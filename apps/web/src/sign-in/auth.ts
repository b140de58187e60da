import { passkeyClient } from "@better-auth/passkey/client";
import { twoFactorClient } from "better-auth/client/plugins";
import { createAuthClient } from "better-auth/react";
import { problemOf, type SignInProblem } from "./sign-in-problem.ts";

const client = createAuthClient({ basePath: "/api/auth", plugins: [twoFactorClient(), passkeyClient()] });

export interface Credentials {
  email: string;
  password: string;
}

interface Answer<T> {
  data: T | null;
  error: { status?: number; code?: string | undefined } | null;
}

/** What the server said, or what went wrong. */
type Heard<T> = { data: T; problem: null } | { data: null; problem: SignInProblem };

/** Never throws: whoever cannot be reached is a problem like any other. */
async function heard<T>(asking: Promise<Answer<T>>): Promise<Heard<T>> {
  const answer = await asking.catch(() => null);
  if (!answer) return { data: null, problem: "unreachable" };
  const { data, error } = answer;
  if (error || data === null) return { data: null, problem: problemOf(error?.status, error?.code) };
  return { data, problem: null };
}

const problemIn = async (asking: Promise<Answer<unknown>>) => (await heard(asking)).problem;

/**
 * Signs in with the server's cookie. null is success; the page is loaded anew then, so that the socket has it too.
 * "second_factor": half of it is done, and a code completes it.
 */
export async function signIn(credentials: Credentials): Promise<SignInProblem | "second_factor" | null> {
  const { data, problem } = await heard(client.signIn.email(credentials));
  if (problem) return problem;
  return "twoFactorRedirect" in data && data.twoFactorRedirect ? "second_factor" : null;
}

/** Completes a sign-in, or a second factor's set-up: six digits of the app. */
export const giveCode = (code: string) => problemIn(client.twoFactor.verifyTotp({ code }));

/** Completes a sign-in without the app: one of the codes that were written down, each of which works once. */
export const giveBackupCode = (code: string) => problemIn(client.twoFactor.verifyBackupCode({ code }));

export const signInByPasskey = () => problemIn(client.signIn.passkey());

/** Whether this browser knows passkeys at all. */
export const knowsPasskeys = (): boolean => "PublicKeyCredential" in globalThis;

/** Says nothing of whether the address is known. */
export const askForReset = (email: string) => problemIn(client.requestPasswordReset({ email }));

export const resetPassword = (token: string, newPassword: string) =>
  problemIn(client.resetPassword({ token, newPassword }));

/** Signs out everywhere else. */
export const changePassword = (passwords: { currentPassword: string; newPassword: string }) =>
  problemIn(client.changePassword({ ...passwords, revokeOtherSessions: true }));

export const changeEmail = (newEmail: string) => problemIn(client.changeEmail({ newEmail }));

/** What an app is shown, and what is to be written down. */
export interface BegunFactor {
  uri: string;
  backupCodes: string[];
}

/** Begins a second factor: what the app is shown, and the codes to write down. It counts from the first right code on. */
export async function beginFactor(password: string): Promise<Heard<BegunFactor>> {
  const { data, problem } = await heard(client.twoFactor.enable({ password }));
  if (problem) return { data: null, problem };
  if (data.method !== "totp") return { data: null, problem: "broken" };
  return { data: { uri: data.totpURI, backupCodes: data.backupCodes }, problem: null };
}

export const endFactor = (password: string) => problemIn(client.twoFactor.disable({ password }));

export interface KeptPasskey {
  id: string;
  name: string;
  since: Date;
}

export async function passkeys(): Promise<KeptPasskey[] | null> {
  const { data } = await heard(client.passkey.listUserPasskeys());
  return data?.map(({ id, name, createdAt }) => ({ id, name: name ?? "", since: new Date(createdAt) })) ?? null;
}

export const addPasskey = (name: string) => problemIn(client.passkey.addPasskey({ name }));

export const removePasskey = (id: string) => problemIn(client.passkey.deletePasskey({ id }));

/** Ends the session. False: it goes on, because the server was not there to end it. Never throws. */
export async function signOut(): Promise<boolean> {
  const answer = await client.signOut().catch(() => null);
  return answer !== null && (!answer.error || answer.error.status === NOBODY);
}

/** The session had ended already. */
const NOBODY = 401;
