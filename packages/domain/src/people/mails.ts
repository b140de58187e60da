/** A letter to one person. Plain text: every reader shows it, and nothing is loaded from anywhere. */
export interface Mail {
  to: string;
  subject: string;
  text: string;
}

/**
 * Takes letters away to be sent. Nobody waits for it, and it never fails for who asks: how long it takes, or whether a server
 * took the letter, would tell whether an address is known.
 */
export interface Post {
  send(mail: Mail): void;
}

const SIGNED = "\n\nIf you did not expect this letter, do nothing: without its link nothing happens.\n";

/** What an invitation says. The token stands behind the #, which browsers send to no server. */
export function invitationMail(given: { to: string; tenant: string; by: string; link: string }): Mail {
  const { to, tenant, by, link } = given;
  const text = `Hello,\n\n${by} invites you to ${tenant}. Open this link to join; it works once, for seven days:\n\n${link}${SIGNED}`;
  return { to, subject: `Your invitation to ${oneLine(tenant)}`, text };
}

/** What somebody gets who has forgotten their password. */
export function resetMail(given: { to: string; name: string; link: string }): Mail {
  const { to, name, link } = given;
  const text = `Hello ${name},\n\nopen this link to choose a new password; it works once, for one hour:\n\n${link}${SIGNED}`;
  return { to, subject: "Choose a new password", text };
}

/** What an address gets that is to be confirmed as somebody's own. */
export function confirmationMail(given: { to: string; name: string; link: string }): Mail {
  const { to, name, link } = given;
  const text = `Hello ${name},\n\nopen this link to confirm that this is your e-mail address; it works for one hour:\n\n${link}${SIGNED}`;
  return { to, subject: "Confirm your e-mail address", text };
}

/** What the address gets that somebody wants to give up for another. */
export function addressChangeMail(given: { to: string; name: string; newEmail: string; link: string }): Mail {
  const { to, name, newEmail, link } = given;
  const text = `Hello ${name},\n\nyour account is to have the e-mail address ${newEmail} from now on. Open this link to agree, within an hour; a letter to the new address follows:\n\n${link}${SIGNED}`;
  return { to, subject: "Change of your e-mail address", text };
}

/** A subject is one line, whatever a tenant is called. */
const oneLine = (text: string): string => text.replace(/\s+/g, " ");
